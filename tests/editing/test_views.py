"""A therapist at their own page: what is saved is seen, what is wrong is said, and nothing typed is lost."""

import re
from dataclasses import replace
from typing import Any

from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from referral.editing.sections import SECTIONS
from referral.listings import revisions
from referral.model import Account
from tests.accounts.people import sign_in
from tests.client import CheckingClient
from tests.editing.test_sections import FULL
from tests.editing.therapist import Therapist
from tests.make import NOW, make_listing


def test_the_page_shows_every_section(ann: Therapist) -> None:
    page = ann.client.get("/listing")

    assert page.status_code == 200
    assert [f'id="{one.id}"' in page.text for one in SECTIONS] == [True] * len(SECTIONS)
    assert page.headers["Cache-Control"] == "private, no-store"


def test_low_risk_words_are_seen_at_once(ann: Therapist) -> None:
    answer = ann.save("words", bio="I listen first.")

    assert (answer.status_code, answer.location) == (303, "/listing?at=words&saved=published#saved")
    assert "Visitors see it now" in ann.client.get("/listing?at=words&saved=published").text
    assert "I listen first." in ann.client.get(f"/therapists/{ann.listing.slug}").text
    assert ann.client.get("/search?text=listen").text.count("Ann Example") > 0


def test_what_is_wrong_is_said_and_what_was_typed_stays(ann: Therapist) -> None:
    answer = ann.save("contact", phone="call me")

    assert answer.status_code == 400
    assert "“call me” is not a telephone number" in answer.text and 'value="call me"' in answer.text


def test_who_saves_on_an_old_version_sees_both(ann: Therapist) -> None:
    old = ann.listing.version
    ann.save("words", bio="First.")

    answer = ann.save("words", old, bio="Second.")

    assert answer.status_code == 409
    assert "First." in answer.text and "Second." in answer.text
    assert ann.listing.content.bio == "First."
    assert ann.save("words", bio="Second.").status_code == 303


def test_a_conflict_is_about_what_was_typed_and_not_about_what_waits(ann: Therapist) -> None:
    ann.save("name", name="Ann Other")
    old = ann.listing.version
    ann.save("words", bio="First.")

    answer = ann.save("words", old, bio="Second.")

    assert answer.status_code == 409
    table = answer.text.split('<table class="versions"')[1].split("</table>")[0]
    assert "Second." in table and "First." in table and "Ann Other" not in table


def test_who_types_what_stands_there_already_is_told_so(ann: Therapist) -> None:
    old = ann.listing.version
    ann.save("words", bio="First.")

    answer = ann.save("words", old, bio="First.")

    assert answer.location == "/listing?at=words&saved=same#saved"


def test_a_draft_comes_back_and_is_over_when_it_is_saved(ann: Therapist) -> None:
    kept = ann.client.post("/listing/words/draft", data=ann.fields("words", bio="Half a sen"))
    assert kept.status_code == 204

    page = ann.client.get("/listing").text
    assert "Half a sen" in page and "did not save" in page
    assert ann.listing.content.bio == ""

    ann.save("words", bio="Half a sentence.")
    assert "did not save" not in ann.client.get("/listing").text


def test_below_what_was_saved_a_draft_of_another_section_is_not_told_as_if_it_were_lost(ann: Therapist) -> None:
    ann.client.post("/listing/words/draft", data=ann.fields("words", bio="Half a sen"))

    page = ann.client.get(ann.save("contact", phone="+1 312 555 0142").location).text

    assert "Saved." in page and "did not save" not in page
    assert (
        "This was typed before and is not saved yet." in re.sub(r'data-again="[^"]*"', "", page)
        and "Half a sen" in page
    )


def test_what_was_typed_and_taken_out_again_is_no_draft(ann: Therapist) -> None:
    ann.save("words", bio="As it is.")
    ann.client.post("/listing/words/draft", data=ann.fields("words", bio="As it is."))

    page = ann.client.get("/listing").text

    assert "did not save" not in page and f'name="follows" value="{ann.drafted("words")}"' in page
    assert ann.client.post("/listing/words/draft", data=ann.fields("words", bio="As it was.")).status_code == 204


def test_a_draft_can_be_forgotten(ann: Therapist) -> None:
    ann.client.post("/listing/words/draft", data=ann.fields("words", bio="Half a sen"))

    ann.client.post("/listing/words", data=ann.fields("words") | {"forget": "1"})

    assert "Half a sen" not in ann.client.get("/listing").text


def test_one_more_row_saves_nothing(ann: Therapist) -> None:
    answer = ann.client.post("/listing/costs", data=ann.fields("costs", costs__0__note="typed") | {"more": "costs"})

    assert answer.status_code == 200
    assert "costs-costs-1-amount" in answer.text and 'value="typed"' in answer.text
    assert ann.listing.version == 1


def test_who_asks_for_one_more_row_is_put_there(ann: Therapist) -> None:
    page = ann.client.post("/listing/costs", data=ann.fields("costs", costs__0__amount="90") | {"more": "costs"})

    [there] = re.findall(r"<[^>]* autofocus[^>]*>", page.text)
    assert 'id="costs-costs-1-amount"' in there
    assert re.findall(r'aria-describedby="([^" ]*)', there) == ["added"] and '<legend id="added">Price 2<' in page.text


def test_enter_in_a_field_saves_its_section(ann: Therapist) -> None:
    ann.client.post("/listing/words/draft", data=ann.fields("words", bio="Half a sen"))

    forms = re.findall(r"<form[^>]*data-section.*?</form>", ann.client.get("/listing").text, re.S)

    pressed = [re.search(r"<button[^>]*>", form) for form in forms]
    assert forms and all(one and "name=" not in one[0] and "formaction" not in one[0] for one in pressed)


def test_a_preview_shows_the_page_and_saves_nothing(ann: Therapist) -> None:
    typed = ann.fields("words", bio="Not yet.")

    page = ann.client.post("/listing/words/preview", data=typed)
    card = ann.client.post("/listing/words/preview", data=typed, headers={"Accept": "text/vnd.card+html"})

    assert "Not yet." in page.text and page.status_code == 200
    assert card.text.strip().startswith("<article") and "Not yet." in card.text
    assert ann.listing.content.bio == ""


def test_who_is_not_signed_in_sees_nothing(client: CheckingClient) -> None:
    assert client.get("/listing").status_code in (302, 303)
    assert client.post("/listing/words", data={"words-bio": "x"}).status_code in (302, 303, 400, 401, 403)


def test_an_account_without_a_listing_is_led_on(client: CheckingClient, engine: Engine, app: Flask) -> None:
    with Session(engine) as session:
        session.add(Account(email="ann@example.org", role="coordinator", created_at=NOW))
        session.commit()
    sign_in(client, engine)

    assert client.get("/listing").status_code == 404


def test_every_section_of_a_full_listing_is_saved_untouched(ann: Therapist) -> None:
    with Session(ann.engine) as session:
        public_id = ann.listing.public_id
        revisions.publish(session, [make_full(public_id)], NOW, "test")
        session.commit()

    for one in SECTIONS:
        assert ann.save(one.id).location.endswith(
            (f"at={one.id}&saved=same#saved", f"at={one.id}&saved=published#saved")
        ), one.id
    before, after = make_full(ann.listing.public_id), ann.listing.content
    assert (after.offices[0].street, after.costs, after.bio) == (before.offices[0].street, before.costs, before.bio)


def make_full(public_id: str) -> Any:
    return replace(FULL, public_id=public_id)


def test_the_account_leads_to_the_listing(ann: Therapist) -> None:
    assert 'href="/listing"' in ann.client.get("/account").text


def test_what_is_kept_as_a_code_is_shown_as_people_write_it(ann: Therapist) -> None:
    with Session(ann.engine) as session:
        other = make_listing(session, name="Bob Example")
        session.commit()
        public_id, slug = other.public_id, other.slug

    assert ann.save("online", served="Illinois, Canada").status_code == 303
    assert ann.save("partner", partner=f"https://example.org/therapists/{slug}").status_code == 303
    page = ann.client.get("/listing").text

    field = page.split('name="online-served"')[1].split(">")[0]
    assert 'value="Canada, Illinois"' in field
    assert f"/therapists/{slug}" in page and f'value="{public_id}"' not in page
    assert ann.save("online", served="Canada, Illinois").location == "/listing?at=online&saved=same#saved"
