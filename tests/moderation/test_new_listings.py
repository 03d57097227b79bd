"""A new listing: let in, or returned with a reason."""

from dataclasses import replace
from datetime import timedelta

from flask import Flask
from sqlalchemy import Engine, select

from referral import model
from referral.listings import published, revisions
from referral.moderation.queue import queue
from tests.client import CheckingClient
from tests.make import NOW, TODAY, make_account, make_listing
from tests.moderation.people import signed_in
from tests.people import Write


def test_a_new_listing_is_let_in_and_whose_it_is_hears_of_it(
    moderator: CheckingClient, app: Flask, write: Write
) -> None:
    ben = write(lambda s: make_listing(s, name="Ben", email="b@c.org", status="pending", consented_on=TODAY).public_id)

    assert moderator.post_form(f"/moderation/listings/{ben}/admit", base="1").status_code == 303

    assert app.test_client().get("/therapists/ben").status_code == 200
    [letter] = write(lambda s: s.scalars(select(model.Letter)).all())
    assert (letter.to, letter.kind, letter.subject) == ("b@c.org", "admitted", "Your listing is published")


def test_a_new_listing_is_returned_with_a_reason_and_waits_again_when_it_is_saved(
    moderator: CheckingClient, app: Flask, engine: Engine, write: Write
) -> None:
    ben = write(lambda s: make_listing(s, name="Ben", status="pending", consented_on=TODAY))
    owner = write(lambda s: make_account(s, email="ben@example.org", practitioner_id=ben.practitioner_id))
    path, me = f"/moderation/listings/{ben.public_id}", signed_in(app.test_client(), engine, owner.id)
    assert "Or return it, and say what to change" in moderator.get(path).text

    empty = moderator.post_form(f"{path}/return", reason=" ")
    done = moderator.post_form(f"{path}/return", reason="Which town?\n\nAnd which licence?")
    late = moderator.post_form(f"{path}/return", reason="Once more.")

    assert [one.status_code for one in (empty, done, late)] == [400, 303, 409]
    assert "Please say why" in empty.text and "Once more." in late.text and "Which town?" in late.text
    assert "Nothing waits" in moderator.get("/moderation").text
    [letter] = write(lambda s: s.scalars(select(model.Letter)).all())
    assert (letter.to, letter.kind) == ("ben@example.org", "given_back") and "Which town?" in letter.body["text"]
    assert "A moderator sent your listing back" in (page := me.get("/listing").text) and "And which licence?" in page

    there = write(lambda s: published.load_any(s, [ben.id])[0])
    new = replace(there.content, bio="In Springfield.")
    later = NOW + timedelta(days=1)
    write(lambda s: revisions.submit(s, ben.id, new, there.version, owner.id, later))

    [again] = write(lambda s: queue(s, later))
    assert (again.id, again.since) == (ben.public_id, later)
    assert "sent your listing back" not in me.get("/listing").text
    unread = [moderator.post_form(f"{path}/admit", base=base) for base in (str(there.version), "", "x")]
    assert [one.status_code for one in unread] == [409] * 3 and "in the meantime" in unread[0].text
    assert app.test_client().get("/therapists/ben").status_code == 404 and "In Springfield." in unread[0].text
    shown = moderator.get(path).text.partition('name="base" value="')[2].partition('"')[0]
    moderator.post_form(f"{path}/admit", base=shown)
    assert app.test_client().get("/therapists/ben").status_code == 200


def test_what_is_listed_is_not_returned_as_new(moderator: CheckingClient, write: Write, ada: model.Listing) -> None:
    path = f"/moderation/listings/{ada.public_id}"

    late = moderator.post_form(f"{path}/return", reason="Too late.")

    assert late.status_code == 409 and "Too late." in late.text and "Or return it" not in moderator.get(path).text


def test_a_moderator_sees_that_another_listing_may_be_of_the_same_person(
    moderator: CheckingClient, write: Write
) -> None:
    old = write(lambda s: make_listing(s, name="Ben Example", email="ben@example.org").public_id)
    fields = {"name": "Ben Example", "email": "other@example.org", "status": "pending", "consented_on": TODAY}
    new = write(lambda s: make_listing(s, **fields).public_id)

    page = moderator.get(f"/moderation/listings/{new}").text

    assert "Another listing bears the same name or address." in page and f"/moderation/listings/{old}" in page
    assert "Another listing bears" not in moderator.get(f"/moderation/listings/{old}").text
