"""People listed here answer under their own names: read first, attributed as verified, gone with their listing."""

import pytest
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from referral.guidance import answers
from referral.listings import erasing
from referral.listings.content import Credential
from referral.model import Account, Letter, Listing, OwnAnswer, Question, QuestionText
from tests.accounts.people import sign_in
from tests.client import CheckingClient
from tests.make import NOW, TODAY, make_account, make_listing
from tests.moderation.people import signed_in
from tests.people import Write

ALONE = "can-i-come-alone"
PAGE = f"/questions/{ALONE}"
HELD = [
    Credential("certified_imago_therapist", verified_by="IRNA", verified_on=TODAY),
    Credential("workshop_presenter"),
]


@pytest.fixture
def ann(write: Write) -> Listing:
    """Somebody listed, with an account."""

    def deed(session: Session) -> Listing:
        listing = make_listing(session, name="Ann Example", credentials=HELD)
        make_account(session, email="therapist@example.org", practitioner_id=listing.practitioner_id)
        return listing

    return write(deed)


def proposed(write: Write, listing: Listing, body: str = "Yes, *come*. <b>x</b>") -> int:
    def deed(session: Session) -> int:
        account = session.scalars(select(Account).where(Account.practitioner_id == listing.practitioner_id)).one()
        return answers.propose(session, ALONE, listing.id, body, "en", account.id, NOW).id

    return int(write(deed))


@pytest.fixture
def mod(client: CheckingClient, engine: Engine, write: Write) -> CheckingClient:
    return signed_in(client, engine, write(lambda s: make_account(s, "moderator", email="mod@example.org")).id)


def test_it_is_written_in_ones_own_room_and_taken_back(client: CheckingClient, engine: Engine, ann: Listing) -> None:
    sign_in(client, engine, "therapist@example.org")
    assert f"/listing/answers/{ALONE}" in client.get("/listing/answers").text

    empty = client.post_form(f"/listing/answers/{ALONE}", body=" ", language="en")
    long = client.post_form(f"/listing/answers/{ALONE}", body="x" * 1501, language="en")
    seen = client.post_form(f"/listing/answers/{ALONE}/preview", body="*Come*.", language="en")
    done = client.post_form(f"/listing/answers/{ALONE}", body="*Come*.", language="en")

    assert (empty.status_code, long.status_code, seen.status_code, done.status_code) == (400, 400, 200, 303)
    assert done.headers["Location"].endswith("#said")  # else the form's own #mend stays, and nobody hears what was said
    assert '<a href="#body">' in empty.text and 'aria-invalid="true"' in empty.text
    assert "<em>Come</em>" in seen.text and "x" * 1501 in long.text
    assert "waits for a moderator" in client.get(done.location).text and "Come" not in client.get(PAGE).text
    with Session(engine) as session:
        number = session.scalars(select(OwnAnswer.id)).one()
    assert client.post_form(f"/listing/answers/{number}/take-back").status_code == 303
    assert client.post_form(f"/listing/answers/{number}/take-back").status_code == 409
    assert client.post_form("/listing/answers/99/take-back").status_code == 404


def test_a_question_that_is_answered_is_changed_where_the_answer_stands_and_offered_no_more(
    client: CheckingClient, engine: Engine, write: Write, ann: Listing
) -> None:
    sign_in(client, engine, "therapist@example.org")
    number, link = proposed(write, ann), f'href="/listing/answers/{ALONE}"'

    own, _heading, offered = client.get("/listing/answers").text.partition('id="questions"')
    client.post_form(f"/listing/answers/{number}/take-back")
    again = client.get("/listing/answers").text.partition('id="questions"')[2]

    assert (link in own, link in offered, link in again) == (True, False, True)


def test_it_waits_in_the_queue_and_stands_under_the_verified_name(
    mod: CheckingClient, write: Write, ann: Listing
) -> None:
    number = proposed(write, ann)
    assert f"/moderation/answers/{number}" in mod.get("/moderation").text
    assert "<em>come</em>" in mod.get(f"/moderation/answers/{number}").text

    done = mod.post_form(f"/moderation/answers/{number}/approve")

    page = mod.get(PAGE).text
    assert done.status_code == 303 and "<em>come</em>" in page and "<b>" not in page
    assert f'href="/therapists/{ann.slug}" rel="author"' in page and "Certified Imago" in page
    assert "presenter" not in page.partition("Ann Example")[2].partition("</p>")[0]
    assert write(lambda s: s.scalars(select(Letter.kind)).all()) == ["answer_approved"]
    assert mod.post_form(f"/moderation/answers/{number}/approve").status_code == 409


def test_it_is_returned_only_with_a_reason_and_even_when_published(
    mod: CheckingClient, write: Write, ann: Listing
) -> None:
    number = proposed(write, ann)
    mod.post_form(f"/moderation/answers/{number}/approve")

    again = mod.post_form(f"/moderation/answers/{number}/return", reason="")
    done = mod.post_form(f"/moderation/answers/{number}/return", reason="Too long.")

    assert (again.status_code, done.status_code) == (400, 303)
    assert "come" not in mod.get(PAGE).text.partition("Answers of people listed here")[2]
    assert "Too long." in mod.get(f"/moderation/answers/{number}").text
    assert write(lambda s: s.scalars(select(Letter.kind)).all())[-1] == "answer_returned"


def test_it_is_seen_only_while_its_listing_is_and_erased_with_it(
    client: CheckingClient, write: Write, ann: Listing
) -> None:
    number = proposed(write, ann)
    write(lambda s: answers.approve(s, number, make_account(s, "moderator").id, NOW))
    assert "Ann Example" in client.get(PAGE).text

    write(lambda s: s.execute(update(Listing).where(Listing.id == ann.id).values(status="paused")))
    assert "Ann Example" not in client.get(PAGE).text

    write(lambda s: erasing.erase(s, [ann.id], NOW))
    assert write(lambda s: s.scalars(select(OwnAnswer)).all()) == []


def test_a_facilitator_is_not_called_a_therapist(client: CheckingClient, write: Write) -> None:
    def deed(session: Session) -> int:
        held = ["certified_imago_facilitator"]
        listing = make_listing(session, name="Fay Example", tracks=["facilitator"], credentials=held)
        row = answers.propose(session, ALONE, listing.id, "Do.", "en", make_account(session).id, NOW)
        return answers.approve(session, row.id, make_account(session, "moderator").id, NOW).id

    write(deed)

    byline = client.get(PAGE).text.partition("Fay Example")[2].partition("</p>")[0]
    assert "facilitator" in byline.lower() and "therapist" not in byline.lower()


def test_who_wrote_it_does_not_decide(client: CheckingClient, engine: Engine, write: Write) -> None:
    def deed(session: Session) -> tuple[int, int]:
        listing = make_listing(session, name="Mo Example")
        me = make_account(session, "moderator", practitioner_id=listing.practitioner_id).id
        return me, answers.propose(session, ALONE, listing.id, "Do.", "en", me, NOW).id

    me, number = write(deed)
    mine = signed_in(client, engine, me)

    assert "your own answer" in mine.get(f"/moderation/answers/{number}").text
    assert mine.post_form(f"/moderation/answers/{number}/approve").status_code == 403
    assert mine.post_form(f"/moderation/answers/{number}/return", reason="x").status_code == 403


def test_the_letter_about_an_answer_names_the_question_in_its_readers_language(
    mod: CheckingClient, write: Write, ann: Listing
) -> None:
    number = proposed(write, ann)
    write(lambda s: s.execute(update(Account).where(Account.role == "therapist").values(language="de")))

    mod.post_form(f"/moderation/answers/{number}/approve")

    [letter] = write(lambda s: s.scalars(select(Letter)).all())
    german = select(QuestionText.title).join(Question).where(Question.slug == ALONE, QuestionText.language == "de")
    assert write(lambda s: s.scalars(german).one()) in " ".join(letter.body["text"].split())
