"""What waits for a moderator: said, gone on with, taken back; and what visitors see until then."""

from sqlalchemy import update
from sqlalchemy.orm import Session

from referral.listings import revisions
from referral.model import Practitioner
from tests.editing.therapist import Therapist
from tests.make import NOW, make_account


def test_a_name_waits_and_the_therapist_sees_what_waits_and_why(ann: Therapist) -> None:
    answer = ann.save("name", name="Ann Other")

    assert answer.location == "/listing?at=name&saved=waiting#saved"
    page = ann.client.get("/listing").text
    assert "Waiting for a moderator" in page and "Ann Other" in page
    assert ann.listing.content.name == "Ann Example"


def test_what_waits_already_is_not_said_of_another_section(ann: Therapist) -> None:
    ann.save("name", name="Ann Other")

    assert ann.save("words", bio="I listen.").location == "/listing?at=words&saved=published#saved"
    assert ann.save("words").location == "/listing?at=words&saved=same#saved"
    assert ann.save("name", name="Ann Other").location == "/listing?at=name&saved=same#saved"


def test_of_a_section_that_waits_in_part_both_are_said(ann: Therapist) -> None:
    answer = ann.save("contact", phone="+1 312 555 0199", website="ann.example.org")

    assert answer.location == "/listing?at=contact&saved=published-waiting#saved"
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
    with Session(ann.engine) as session:
        session.execute(update(Practitioner).values(sort_name="Example, Ann"))
        session.commit()
    ann.save("name", name="Ann Other")

    answer = ann.save("name", name="Ann Example")

    assert answer.location == "/listing?at=name&saved=taken-back#saved"
    assert "Waiting for a moderator" not in ann.client.get("/listing").text


BERLIN = {"offices__0__country": "DE", "offices__0__locality": "Berlin", "offices__0__postcode": ""}


def test_who_moves_abroad_is_seen_where_they_are_until_a_moderator_has_looked(ann: Therapist) -> None:
    answer = ann.save("offices", **BERLIN, offices__0__street="")

    assert answer.location == "/listing?at=offices&saved=waiting#saved"
    assert [o.locality for o in ann.listing.content.offices] == ["Springfield"]
    page = ann.client.get("/listing").text
    waits = page.split('id="waits"')[1].split("</dl>")[0]
    assert waits.index("Berlin") < waits.index("Visitors see until then") < waits.index("Springfield")
    assert "39.7817" not in waits, "no visitor reads where exactly it is"
    assert ann.save("words", bio="Soon in Berlin.").location.endswith("saved=published#saved")
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

    assert answer.location == "/listing?at=offices&saved=published-waiting#saved"
    assert ann.listing.content.offices == ()
    page = ann.client.get("/listing").text
    assert "Nothing, until a moderator has looked at the office that waits." in page
