"""A therapist at their own page: what is saved is seen, what is wrong is said, and nothing typed is lost."""

from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from threading import enumerate as enumerate_threads
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, update
from sqlalchemy.orm import Session

from referral.editing import reading, saving
from referral.editing.sections import SECTIONS, section
from referral.listings import forgetting, published, revisions
from referral.listings.published import Published
from referral.model import Account, Listing
from tests.accounts.people import sign_in
from tests.client import CheckingClient
from tests.editing.sent import sent
from tests.editing.test_sections import FULL
from tests.make import NOW, TODAY, make_account, make_listing


@dataclass
class Therapist:
    """Somebody signed in, with a listing."""

    client: CheckingClient
    engine: Engine
    listing_id: int

    @property
    def listing(self) -> Published:
        """As it stands in the database."""
        with Session(self.engine) as session:
            return saving.seen(session, self.listing_id)

    def fields(self, id: str, base: int | None = None, **changed: Any) -> dict[str, Any]:
        """What a browser sends of a section with these fields changed."""
        one = section(id)
        assert one is not None
        listing = self.listing
        typed: dict[str, Any] = {
            "csrf_token": self.client.csrf_token(),
            "base": listing.version if base is None else base,
        }
        for name, value in sent(reading.filled(one, listing.content), **changed):
            typed.setdefault(name, []).append(value)
        return typed

    def save(self, id: str, base: int | None = None, **changed: Any) -> Any:
        """Save a section, as its form does."""
        return self.client.post(f"/listing/{id}", data=self.fields(id, base, **changed))


@pytest.fixture
def ann(app: Flask, engine: Engine, client: CheckingClient) -> Therapist:
    with Session(engine) as session:
        listing = make_listing(session, name="Ann Example", languages=["en", "he"])
        session.add(
            Account(email="ann@example.org", role="therapist", practitioner_id=listing.practitioner_id, created_at=NOW)
        )
        session.commit()
        id = listing.id
    return Therapist(sign_in(client, engine), engine, id)


def test_the_page_shows_every_section(ann: Therapist) -> None:
    page = ann.client.get("/listing")

    assert page.status_code == 200
    assert [f'id="{one.id}"' in page.text for one in SECTIONS] == [True] * len(SECTIONS)
    assert page.headers["Cache-Control"] == "private, no-store"


def test_low_risk_words_are_seen_at_once(ann: Therapist) -> None:
    answer = ann.save("words", bio="I listen first.")

    assert (answer.status_code, answer.location) == (303, "/listing?at=words&saved=published#words")
    assert "Visitors see it now" in ann.client.get("/listing?at=words&saved=published").text
    assert "I listen first." in ann.client.get(f"/therapists/{ann.listing.slug}").text
    assert ann.client.get("/search?text=listen").text.count("Ann Example") > 0


def test_a_name_waits_and_the_therapist_sees_what_waits_and_why(ann: Therapist) -> None:
    answer = ann.save("name", name="Ann Other")

    assert answer.location == "/listing?at=name&saved=waiting#name"
    page = ann.client.get("/listing").text
    assert "Waiting for a moderator" in page and "Ann Other" in page
    assert ann.listing.content.name == "Ann Example"


def test_what_waits_already_is_not_said_of_another_section(ann: Therapist) -> None:
    ann.save("name", name="Ann Other")

    assert ann.save("words", bio="I listen.").location == "/listing?at=words&saved=published#words"
    assert ann.save("words").location == "/listing?at=words&saved=same#words"
    assert ann.save("name", name="Ann Other").location == "/listing?at=name&saved=same#name"


def test_of_a_section_that_waits_in_part_both_are_said(ann: Therapist) -> None:
    answer = ann.save("contact", phone="+1 312 555 0199", website="ann.example.org")

    assert answer.location == "/listing?at=contact&saved=published-waiting#contact"
    assert "Visitors see a part of it now." in ann.client.get(answer.location.split("#")[0]).text


def test_what_waits_is_gone_on_with_and_can_be_taken_back(ann: Therapist) -> None:
    ann.save("name", name="Ann Other")
    assert 'value="Ann Other"' in ann.client.get("/listing").text
    with Session(ann.engine) as session:
        waiting = revisions.waiting(session, ann.listing_id)
    assert waiting is not None

    ann.client.post_form(f"/listing/waiting/{waiting.revision_id}/take-back")

    assert "Waiting for a moderator" not in ann.client.get("/listing").text


def test_who_types_again_what_visitors_see_has_taken_back_what_waited(ann: Therapist) -> None:
    ann.save("name", name="Ann Other")

    answer = ann.save("name", name="Ann Example")

    assert answer.location == "/listing?at=name&saved=taken-back#name"
    assert "Waiting for a moderator" not in ann.client.get("/listing").text


def test_what_is_wrong_is_said_and_what_was_typed_stays(ann: Therapist) -> None:
    answer = ann.save("contact", phone="call me")

    assert answer.status_code == 400
    assert "Not a telephone number" in answer.text and 'value="call me"' in answer.text


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

    assert answer.location == "/listing?at=words&saved=same#words"


def test_a_draft_comes_back_and_is_over_when_it_is_saved(ann: Therapist) -> None:
    kept = ann.client.post("/listing/words/draft", data=ann.fields("words", bio="Half a sen"))
    assert kept.status_code == 204

    page = ann.client.get("/listing").text
    assert "Half a sen" in page and "did not save" in page
    assert ann.listing.content.bio == ""

    ann.save("words", bio="Half a sentence.")
    assert "did not save" not in ann.client.get("/listing").text


def test_a_draft_can_be_forgotten(ann: Therapist) -> None:
    ann.client.post("/listing/words/draft", data=ann.fields("words", bio="Half a sen"))

    ann.client.post("/listing/words", data=ann.fields("words") | {"forget": "1"})

    assert "Half a sen" not in ann.client.get("/listing").text


def test_one_more_row_saves_nothing(ann: Therapist) -> None:
    answer = ann.client.post("/listing/costs", data=ann.fields("costs", costs__0__note="typed") | {"more": "costs"})

    assert answer.status_code == 200
    assert "costs-costs-1-amount" in answer.text and 'value="typed"' in answer.text
    assert ann.listing.version == 1


def test_a_preview_shows_the_page_and_saves_nothing(ann: Therapist) -> None:
    typed = ann.fields("words", bio="Not yet.")

    page = ann.client.post("/listing/words/preview", data=typed)
    card = ann.client.post("/listing/words/preview", data=typed, headers={"Accept": "text/vnd.card+html"})

    assert "Not yet." in page.text and page.status_code == 200
    assert card.text.strip().startswith("<article") and "Not yet." in card.text
    assert ann.listing.content.bio == ""


def test_a_pause_takes_the_listing_out_of_sight_everywhere_at_once(ann: Therapist) -> None:
    slug = ann.listing.slug
    ann.client.get("/search?text=example")
    until = (TODAY + timedelta(days=9)).isoformat()

    assert ann.client.post_form("/listing/pause", until=until).status_code == 303

    assert ann.client.get(f"/therapists/{slug}").status_code == 404
    assert ann.client.get(f"/api/v1/therapists/{ann.listing.public_id}").status_code == 404
    assert "Ann Example" not in ann.client.get("/search?text=example").text
    assert "You come back by yourself on" in ann.client.get("/listing").text
    ann.client.post_form("/listing/resume")
    assert ann.client.get(f"/therapists/{slug}").status_code == 200


@pytest.mark.parametrize("until", ["yesterday", TODAY.isoformat(), "0001-01-01"])
def test_a_day_that_cannot_be_is_said(ann: Therapist, until: str) -> None:
    assert ann.client.post_form("/listing/pause", until=until).status_code == 400
    assert ann.listing.content.status == "active"


BERLIN = {"offices__0__country": "DE", "offices__0__locality": "Berlin", "offices__0__postcode": ""}


def test_who_moves_abroad_is_seen_where_they_are_until_a_moderator_has_looked(ann: Therapist) -> None:
    answer = ann.save("offices", **BERLIN, offices__0__street="")

    assert answer.location == "/listing?at=offices&saved=waiting#offices"
    assert [o.locality for o in ann.listing.content.offices] == ["Springfield"]
    page = ann.client.get("/listing").text
    waits = page.split('id="waits"')[1].split("</dl>")[0]
    assert waits.index("Berlin") < waits.index("Visitors see until then") < waits.index("Springfield")
    assert ann.save("words", bio="Soon in Berlin.").location.endswith("saved=published#words")
    assert [o.locality for o in ann.listing.content.offices] == ["Springfield"]
    with Session(ann.engine) as session:
        waiting = revisions.waiting(session, ann.listing_id)
        assert waiting is not None
        moderator = make_account(session, "moderator").id
        revisions.approve(session, waiting.revision_id, moderator, NOW)
        session.commit()
    assert [o.locality for o in ann.listing.content.offices] == ["Berlin"]


def test_who_removes_their_office_for_one_abroad_reads_that_none_is_seen(ann: Therapist) -> None:
    more = {"offices-offices-1-country": "DE", "offices-offices-1-locality": "Berlin",
            "offices-offices-1-address_visibility": "area"}  # fmt: skip
    typed = ann.fields("offices", offices__0__removed="y") | more

    answer = ann.client.post("/listing/offices", data=typed)

    assert answer.location == "/listing?at=offices&saved=published-waiting#offices"
    assert ann.listing.content.offices == ()
    page = ann.client.get("/listing").text
    assert "Nothing, until a moderator has looked at the office that waits." in page


def test_history_shows_what_changed_and_leads_back(ann: Therapist) -> None:
    ann.save("words", bio="First.")
    ann.save("words", bio="Second.")
    with Session(ann.engine) as session:
        first = next(r for r in revisions.history(session, ann.listing_id) if r.content.bio == "First.")
    page = ann.client.get("/listing/history").text
    assert "First." in page and "Second." in page
    assert "In your own words" in page and "<strong>" not in page  # where all of it differs, nothing stands out

    ann.client.post_form(f"/listing/history/{first.revision_id}/revert", base=str(ann.listing.version))

    assert ann.listing.content.bio == "First."


def test_of_several_lines_the_new_one_stands_out(ann: Therapist) -> None:
    ann.save("words", bio="One.\ntwo.")
    ann.save("words", bio="One.\nthree.")

    page = ann.client.get("/listing/history").text

    assert page.count("<strong>") == 2 and "<strong>three.</strong>" in page and "<strong>One." not in page


def test_who_is_not_seen_is_shown_what_would_be(ann: Therapist) -> None:
    assert ">What visitors see</h2>" in ann.client.get("/listing").text
    ann.client.post_form("/listing/pause")

    assert ">What visitors would see</h2>" in ann.client.get("/listing").text


def test_nobody_reaches_the_revision_of_another(ann: Therapist) -> None:
    with Session(ann.engine) as session:
        other = make_listing(session, name="Bob Example")
        session.commit()
        number = revisions.history(session, other.id)[0].revision_id

    assert ann.client.post_form(f"/listing/history/{number}/revert", base="1").status_code == 404
    assert ann.client.post_form(f"/listing/waiting/{number}/take-back").status_code == 404


def test_leaving_needs_a_yes_and_leaves_nothing(ann: Therapist) -> None:
    slug = ann.listing.slug
    assert ann.client.get("/listing/leave").status_code == 200
    assert ann.client.post_form("/listing/leave").status_code == 400
    assert ann.client.get(f"/therapists/{slug}").status_code == 200

    ann.save("words", bio="Qzyrx words.")
    ann.client.get("/search?text=qzyrx")
    data = ann.client.application.extensions["referral"].config.data
    assert holding(data, b"zyrx") != []

    assert ann.client.post_form("/listing/leave", sure="y").status_code == 303
    for thread in [t for t in enumerate_threads() if t.name == "forget"]:
        thread.join(30)

    assert ann.client.get(f"/therapists/{slug}").status_code == 404
    with Session(ann.engine) as session:
        assert session.get(Listing, ann.listing_id) is None
    ann.engine.dispose()
    forgetting.sweep(ann.engine, ann.client.application.extensions["referral"].index, data, TODAY)
    assert holding(data, b"zyrx") == []


def holding(folder: Path, words: bytes) -> list[str]:
    """The files that hold these bytes."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if words in path.read_bytes()]


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
        assert ann.save(one.id).location.endswith((f"saved=same#{one.id}", f"saved=published#{one.id}")), one.id
    before, after = make_full(ann.listing.public_id), ann.listing.content
    assert (after.offices[0].street, after.costs, after.bio) == (before.offices[0].street, before.costs, before.bio)


def make_full(public_id: str) -> Any:
    return replace(FULL, public_id=public_id)


def picture(colour: str = "teal") -> bytes:
    from io import BytesIO

    from PIL import Image

    kept = BytesIO()
    Image.new("RGB", (400, 500), colour).save(kept, "JPEG")
    return kept.getvalue()


def send_picture(ann: Therapist, content: bytes, **changed: Any) -> Any:
    from io import BytesIO

    fields = {name: value for name, value in ann.fields("photo", **changed).items() if name != "photo-picture"}
    answer = ann.client.post("/listing/photo", data={**fields, "photo-picture": (BytesIO(content), "me.jpg")})
    answer.request.environ["wsgi.input"].close()  # the test client leaves a large one open
    return answer


def test_a_picture_waits_for_a_moderator_and_is_seen_by_its_owner(ann: Therapist) -> None:
    answer = send_picture(ann, picture(), alt="Ann, smiling")

    assert answer.location == "/listing?at=photo&saved=waiting#photo"
    with Session(ann.engine) as session:
        waiting = revisions.waiting(session, ann.listing_id)
    assert waiting is not None and waiting.content.photo_alt == "Ann, smiling"
    assert ann.client.get(f"/photos/{waiting.content.photo}-160.jpg").status_code == 200
    assert ann.client.application.test_client().get(f"/photos/{waiting.content.photo}-160.jpg").status_code == 404


@pytest.mark.parametrize("content", [b"", b"<svg/>", b"\xff\xd8\xff" + b"x" * 99], ids=["empty", "svg", "broken"])
def test_what_is_no_picture_is_said(ann: Therapist, content: bytes) -> None:
    answer = send_picture(ann, content, alt="Ann")

    assert answer.status_code == 400
    assert "photo" in answer.text.lower() and ann.listing.version == 1


def test_a_picture_of_five_megabytes_is_read_and_one_of_seven_refused(ann: Therapist) -> None:
    assert send_picture(ann, b"x" * (5 * 1024 * 1024), alt="Ann").status_code == 400
    assert send_picture(ann, b"x" * (7 * 1024 * 1024), alt="Ann").status_code == 413


def test_a_picture_needs_words(ann: Therapist) -> None:
    answer = send_picture(ann, picture())

    assert answer.status_code == 400 and "Say what the picture shows" in answer.text


def test_the_picture_of_another_cannot_be_taken(ann: Therapist) -> None:
    with Session(ann.engine) as session:
        other = make_listing(session, name="Bob Example").public_id
        session.commit()

    ann.save("photo", kept=f"{other}-{'0' * 32}", alt="Bob")

    assert ann.listing.content.photo == ""
    with Session(ann.engine) as session:
        assert revisions.waiting(session, ann.listing_id) is None


def test_numbers_are_told_by_week(ann: Therapist) -> None:
    page = ann.client.get("/listing/numbers")

    assert page.status_code == 200 and "under 10" in page.text


def test_who_was_taken_down_can_mend_but_not_come_back(ann: Therapist) -> None:
    with Session(ann.engine) as session:
        moderator = Account(email="mo@example.org", role="moderator", created_at=NOW)
        session.add(moderator)
        session.flush()
        revisions.take_down(session, ann.listing_id, moderator.id, NOW)
        session.commit()

    assert "A moderator took your listing down" in ann.client.get("/listing").text
    assert ann.save("words", bio="Mended.").status_code == 303
    assert ann.client.post_form("/listing/confirm").status_code == 403
    assert ann.client.post_form("/listing/resume").status_code == 403
    assert ann.client.get(f"/therapists/{ann.listing.slug}").status_code == 404


def test_what_a_listing_in_its_state_does_not_allow_is_refused(ann: Therapist) -> None:
    assert ann.client.post_form("/listing/resume").status_code == 403
    with Session(ann.engine) as session:
        revisions.set_status(session, ann.listing_id, "hidden", NOW)
        session.commit()

    assert ann.client.post_form("/listing/pause").status_code == 403
    assert ann.client.post_form("/listing/resume").status_code == 403
    assert ann.listing.content.status == "hidden"


def test_who_is_paused_can_stay_away_longer_and_confirm_meanwhile(ann: Therapist) -> None:
    near, far = (TODAY + timedelta(days=9)).isoformat(), (TODAY + timedelta(days=90)).isoformat()
    ann.client.post_form("/listing/pause", until=near)
    page = ann.client.get("/listing").text
    assert f'value="{near}"' in page and 'action="/listing/resume"' in page

    assert ann.client.post_form("/listing/pause", until=far).status_code == 303
    assert f'value="{far}"' in ann.client.get("/listing").text
    assert ann.client.post_form("/listing/confirm").location == "/listing?at=standing&saved=thanked#standing"
    assert "You last said on" in ann.client.get("/listing").text

    assert (ann.listing.content.status, ann.listing.content.attested_on) == ("paused", TODAY)


def test_who_was_silent_for_too_long_is_not_told_that_visitors_see_them(ann: Therapist) -> None:
    with Session(ann.engine) as session:
        session.execute(update(Listing).values(attested_on=TODAY - timedelta(days=125), next_due=None))
        session.commit()
    ann.client.post_form("/listing/pause")

    answer = ann.client.post_form("/listing/resume")

    assert answer.location == "/listing?at=standing#standing"
    assert "Nobody sees you just now" in ann.client.get("/listing").text


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
    assert ann.save("online", served="Canada, Illinois").location == "/listing?at=online&saved=same#online"


def test_a_pair_is_shown_when_each_has_named_the_other(ann: Therapist) -> None:
    with Session(ann.engine) as session:
        bob = make_listing(session, name="Bob Example")
        session.commit()
        address, slug, bob_id = f"https://directory.example/therapists/{bob.slug}?x=1", bob.slug, bob.public_id
    assert ann.save("partner", partner=address).location.endswith("saved=waiting#partner")
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


@pytest.mark.parametrize("typed", ["nobody", "https://directory.example/", "self"])
def test_a_partner_nobody_knows_is_said(ann: Therapist, typed: str) -> None:
    answer = ann.save("partner", partner=ann.listing.slug if typed == "self" else typed)

    assert answer.status_code == 400 and "We do not know that page" in answer.text
