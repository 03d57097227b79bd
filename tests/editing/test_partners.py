"""Pairs: each names the other by the address of a page, and both are shown together."""

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from referral.listings import published, revisions
from tests.editing.therapist import Therapist
from tests.make import NOW, make_listing


def test_a_pair_is_shown_when_each_has_named_the_other(ann: Therapist) -> None:
    with Session(ann.engine) as session:
        bob = make_listing(session, name="Bob Example")
        session.commit()
        address, slug, bob_id = f"https://directory.example/therapists/{bob.slug}?x=1", bob.slug, bob.public_id
    assert ann.save("partner", partner=address).location.endswith("saved=waiting#saved")
    mine = ann.listing
    with Session(ann.engine) as session:
        waiting = revisions.waiting(session, ann.listing_id)
        assert waiting is not None and waiting.content.partner == bob_id
        other = published.by_slug(session, slug)
        assert other is not None
        revisions.publish(session, [replace(other.content, partner=mine.content.public_id)], NOW, "test")
        session.commit()
    assert "Works together with" not in ann.client.get(f"/therapists/{mine.slug}").text
    assert "Works together with" not in ann.client.get(f"/therapists/{slug}").text

    with Session(ann.engine) as session:
        revisions.publish(session, [replace(mine.content, partner=bob_id)], NOW, "test")
        session.commit()

    assert "Works together with" in ann.client.get(f"/therapists/{mine.slug}").text
    assert "Works together with" in ann.client.get(f"/therapists/{slug}").text


@pytest.mark.parametrize("paused", [False, True])
def test_who_names_their_own_page_is_told_so(ann: Therapist, paused: bool) -> None:
    if paused:
        ann.client.post_form("/listing/pause")

    for typed in (f"https://directory.example/therapists/{ann.listing.slug}", ann.listing.public_id):
        answer = ann.save("partner", partner=typed)
        assert answer.status_code == 400 and "This is your own page." in answer.text


@pytest.mark.parametrize("status", ["pending", "paused", "hidden", "removed"])
def test_nobody_learns_who_is_on_file_unseen(ann: Therapist, status: str) -> None:
    with Session(ann.engine) as session:
        slug = make_listing(session, name="Bob Example", status=status).slug
        session.commit()

    answer = ann.save("partner", partner=f"https://directory.example/therapists/{slug}")

    assert answer.status_code == 400 and "We do not know that page" in answer.text


def test_whoever_names_me_can_be_named_while_they_are_away(ann: Therapist) -> None:
    with Session(ann.engine) as session:
        bob = make_listing(session, name="Bob Example", status="paused", partner=ann.listing.public_id)
        session.commit()
        slug = bob.slug

    assert ann.save("partner", partner=slug).location.endswith("saved=waiting#saved")


@pytest.mark.parametrize("typed", ["nobody", "https://directory.example/"])
def test_a_partner_nobody_knows_is_said(ann: Therapist, typed: str) -> None:
    answer = ann.save("partner", partner=typed)

    assert answer.status_code == 400 and "We do not know that page" in answer.text
