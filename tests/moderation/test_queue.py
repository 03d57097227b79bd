"""What waits for a moderator, and for how long."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from referral import model
from referral.errors import UsageError
from referral.guidance import answers
from referral.listings import published, revisions
from referral.moderation import decisions, log, reports
from referral.moderation.queue import SHOWN, due, may_be_more, queue
from referral.networks import facts, keeping, rosters
from referral.text import speaking
from tests.coordinating.people import make_network
from tests.make import HEAD, NOW, TODAY, make_account, make_listing

BASE = HEAD.base_url


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("since", "until"),
    [
        ("2026-11-23 12:00", "2026-11-25 12:00"),  # Monday
        ("2026-11-26 23:59", "2026-11-30 23:59"),  # Thursday
        ("2026-11-27 09:00", "2026-12-01 09:00"),  # Friday
        ("2026-11-28 09:00", "2026-12-02 00:00"),  # Saturday counts as Monday, 0:00
        ("2026-11-29 23:59", "2026-12-02 00:00"),  # Sunday
        ("2026-12-31 10:00", "2027-01-04 10:00"),
    ],
)
def test_two_business_days_leave_out_the_weekend(since: str, until: str) -> None:
    assert due(at(since)) == at(until)


def propose(session: Session, id: int, now: datetime, author: int | None = None, **fields: object) -> int:
    there = published.load_any(session, [id])[0]
    done = revisions.submit(session, id, replace(there.content, **fields), there.version, author, now)
    assert done.revision_id is not None
    return done.revision_id


def test_everything_that_waits_stands_there_oldest_first_and_says_when_it_is_late(session: Session) -> None:
    ada, ben, cid = (make_listing(session, name=name) for name in ("Ada", "Ben", "Cid"))
    make_listing(session, name="Dan", status="pending", consented_on=TODAY - timedelta(1), now=NOW - timedelta(9))
    make_listing(session, name="Eve", status="pending")  # imported; nobody asked for it yet
    reports.report(session, ben.id, "The telephone is dead.", "", NOW - timedelta(5))
    propose(session, ada.id, NOW - timedelta(hours=3), name="Ada Neu", website="https://example.org/a")
    propose(session, cid.id, NOW - timedelta(hours=1), suffix="PhD")

    found = queue(session, NOW, own_listing=cid.id)

    assert [(i.kind, i.name, i.overdue, i.own) for i in found] == [
        ("report", "Ben", True, False),
        ("listing", "Dan", False, False),
        ("revision", "Ada", False, False),
        ("revision", "Cid", False, True),
    ]
    assert set(found[2].told) == {"Name", "Listed under", "Website"}


def test_who_is_not_seen_is_told_so_and_led_to_their_own_page(session: Session) -> None:
    for status, end in (("active", "/therapists/"), ("pending", "/listing\n")):
        listing = make_listing(session, name=f"Ada {status}", status=status)
        make_account(session, practitioner_id=listing.practitioner_id)
        number = propose(session, listing.id, NOW, website="https://example.org/a")
        decisions.approve(session, number, make_account(session, "moderator").id, HEAD, NOW)

        letter = letters(session)[-1]

        assert end in letter.body["text"]
        assert ("Nobody sees your listing" in letter.body["text"]) == (status == "pending")


def test_a_change_that_is_asked_for_anew_keeps_its_place_and_is_another_to_decide_on(session: Session) -> None:
    ada, ben = (make_listing(session, name=name).id for name in ("Ada", "Ben"))
    old = propose(session, ada, NOW - timedelta(5), suffix="PhD")
    propose(session, ben, NOW - timedelta(3), suffix="MA")

    anew = propose(session, ada, NOW - timedelta(2), website="https://example.org/a")
    again = propose(session, ada, NOW - timedelta(1), suffix="Dr.")

    first = queue(session, NOW)[0]
    assert (first.id, first.since, first.overdue) == (str(again), NOW - timedelta(5), True)
    assert set(first.told) == {"After the name", "Website"}
    for number in (old, anew):
        with pytest.raises(UsageError, match="in the meantime"):
            decisions.approve(session, number, make_account(session, "moderator").id, HEAD, NOW)


def test_what_a_network_asks_to_say_anew_keeps_its_place(session: Session) -> None:
    net, me, mod = make_network(session), make_account(session, "coordinator").id, make_account(session, "moderator").id

    def ask(days: int, **fields: str) -> None:
        wanted = {**facts.facts(net), **fields}
        keeping.submit(session, net.id, wanted, net.version, me, NOW - timedelta(days))

    ask(9, offers="A")
    ask(8, offers="B")
    ask(7, offers="B", training="C", phone="+1 312 555 0123")

    [first] = queue(session, NOW)
    assert (first.since, first.overdue) == (NOW - timedelta(9), True)
    assert first.told == ("What it offers", "Training for professionals")
    keeping.send_back(session, int(first.id), mod, "No.", NOW)
    ask(1, offers="D")
    assert [one.since for one in queue(session, NOW)] == [NOW - timedelta(1)]


def test_an_answer_that_is_written_anew_keeps_its_place(session: Session) -> None:
    session.add(model.Question(slug="q", title="Q", short="", topic="start"))
    ann, ben = (make_listing(session, name=name) for name in ("Ann", "Ben"))
    account = make_account(session).id

    def write(listing: model.Listing, days: int, body: str) -> int:
        return answers.propose(session, "q", listing.id, body, "en", account, NOW - timedelta(days)).id

    old = write(ann, 9, "One.")
    write(ben, 7, "Other.")
    write(ann, 6, "Two.")
    anew = write(ann, 1, "Three.")

    assert next((i.id, i.since, i.overdue) for i in queue(session, NOW)) == (str(anew), NOW - timedelta(9), True)
    with pytest.raises(UsageError, match="in the meantime"):
        answers.approve(session, old, make_account(session, "moderator").id, NOW)
    answers.withdraw(session, anew, account, NOW)
    write(ann, 0, "Four.")
    assert [one.since for one in queue(session, NOW)] == [NOW - timedelta(7), NOW]


def test_what_was_decided_or_taken_back_leaves_its_place(session: Session) -> None:
    listing, me = make_listing(session).id, make_account(session, "moderator").id
    author = make_account(session).id
    revisions.take_back(session, propose(session, listing, NOW - timedelta(9), author, suffix="A"), author, NOW)
    returned = propose(session, listing, NOW - timedelta(8), suffix="B")
    decisions.send_back(session, returned, me, "No.", BASE, NOW)

    propose(session, listing, NOW - timedelta(1), suffix="C")

    assert [one.since for one in queue(session, NOW)] == [NOW - timedelta(1)]


def test_a_report_about_ones_own_listing_is_not_shown(session: Session) -> None:
    listing = make_listing(session)
    reports.report(session, listing.id, "Wrong.", "", NOW)

    assert queue(session, NOW, own_listing=listing.id) == [] and len(queue(session, NOW)) == 1


def letters(session: Session) -> list[model.Letter]:
    return list(session.scalars(select(model.Letter).order_by(model.Letter.id)))


def test_an_approval_writes_to_the_author_in_the_same_transaction(session: Session) -> None:
    listing = make_listing(session, name="Ada Example")
    author = make_account(session, practitioner_id=listing.practitioner_id, email="ada@example.org")
    waits = propose(session, listing.id, NOW, author.id, suffix="PhD")

    decisions.approve(session, waits, make_account(session, "moderator").id, HEAD, NOW)

    (letter,) = letters(session)
    assert (letter.to, letter.kind, letter.listing_id) == ("ada@example.org", "approved", listing.id)
    assert f"{BASE}/therapists/ada-example" in str(letter.body) and "After the name" in str(letter.body)


def leaving(session: Session) -> str:
    """The public id of who is in the directory now, and is erased by `erased`."""
    return make_listing(session, name="Ben Example", public_id="benexample").public_id


def erased(session: Session) -> None:
    revisions.erase(
        session, session.scalars(select(model.Listing.id).where(model.Listing.slug == "ben-example")).all(), NOW
    )


def test_who_has_left_is_named_by_nothing_that_is_approved(session: Session) -> None:
    listing = make_listing(session, name="Ada Example")
    author = make_account(session, practitioner_id=listing.practitioner_id, email="ada@example.org")
    waits = propose(session, listing.id, NOW, author.id, suffix="PhD", partner=leaving(session))
    erased(session)

    decisions.approve(session, waits, make_account(session, "moderator").id, HEAD, NOW)

    told = published.load_any(session, [listing.id])[0].content
    revision = session.get_one(model.Revision, waits)
    assert (told.suffix, told.partner, revision.fields, "partner" in revision.content) == ("PhD", "", ["suffix"], False)
    (letter,) = letters(session)
    assert "has left the directory meanwhile" in letter.body["text"] and "Works together" not in letter.body["text"]


def test_who_asks_for_nothing_but_a_person_who_left_is_to_be_told_so(session: Session) -> None:
    listing = make_listing(session, name="Ada Example")
    waits = propose(session, listing.id, NOW, partner=leaving(session))
    erased(session)
    moderator = make_account(session, "moderator").id

    with pytest.raises(UsageError, match="has left the directory") as refused, session.begin_nested():
        decisions.approve(session, waits, moderator, HEAD, NOW)

    assert refused.value.status == 409 and session.get_one(model.Revision, waits).state == "proposed"
    decisions.send_back(session, waits, moderator, "Ben has left.", BASE, NOW)


def test_what_is_sent_back_tells_why_and_to_the_owner_when_the_author_is_gone(session: Session) -> None:
    listing = make_listing(session)
    make_account(session, practitioner_id=listing.practitioner_id, email="ada@example.org")
    waits = propose(session, listing.id, NOW, None, suffix="PhD")

    decisions.send_back(session, waits, make_account(session, "moderator").id, "Which university?", BASE, NOW)

    (letter,) = letters(session)
    assert (letter.to, letter.kind) == ("ada@example.org", "returned") and "Which university?" in str(letter.body)


def test_nobody_to_write_to_is_no_reason_not_to_decide(session: Session) -> None:
    waits = propose(session, make_listing(session).id, NOW, None, suffix="PhD")

    decisions.approve(session, waits, make_account(session, "moderator").id, HEAD, NOW)

    assert letters(session) == []


@pytest.mark.parametrize(
    ("message", "reply_to"),
    [("", ""), (" \n ", ""), ("x" * 1001, ""), ("Wrong.", "nobody"), ("Wrong.", "(a)@example.org"), ("a\x00b", "")],
)
def test_a_report_that_says_nothing_or_too_much_is_refused(session: Session, message: str, reply_to: str) -> None:
    with pytest.raises(UsageError):
        reports.report(session, make_listing(session).id, message, reply_to, NOW)


def test_the_reporter_is_told_once_and_then_forgotten(session: Session) -> None:
    listing = make_listing(session, name="Ada Example")
    moderator = make_account(session, "moderator").id
    public_id = reports.report(session, listing.id, "She moved.", "visitor@example.org", NOW)

    with pytest.raises(UsageError, match="one sentence"):
        reports.decide(session, public_id, moderator, True, " ", NOW)
    reports.decide(session, public_id, moderator, True, "You were right; thank you.", NOW)

    one = reports.by_public_id(session, public_id)
    assert (one.state, one.reply_to, one.decided_by_id) == ("upheld", "", moderator)
    (letter,) = letters(session)
    assert (letter.to, letter.kind) == ("visitor@example.org", "report_outcome")
    assert "You were right" in str(letter.body) and "Ada Example" in str(letter.body)
    with pytest.raises(UsageError, match="in the meantime"):
        reports.decide(session, public_id, moderator, False, "No.", NOW)
    assert len(letters(session)) == 1
    latest = log.entries(session)[0]
    assert (latest.action, latest.object) == ("upheld", f"report:{public_id}")


def test_a_report_whose_address_takes_no_letter_can_be_closed(session: Session) -> None:
    listing, moderator = make_listing(session), make_account(session, "moderator").id
    public_id = reports.report(session, listing.id, "She moved.", "", NOW)
    reports.by_public_id(session, public_id).reply_to = "(a)@example.org"

    reports.decide(session, public_id, moderator, True, "Thank you.", NOW)

    assert letters(session) == [] and reports.by_public_id(session, public_id).reply_to == ""


def test_what_came_of_a_report_is_told_in_the_language_it_was_written_in(session: Session) -> None:
    listing, moderator = make_listing(session), make_account(session, role="moderator", email="mo@example.org").id
    with speaking("de"):
        public_id = reports.report(session, listing.id, "Sie ist umgezogen.", "besucherin@example.org", NOW)

    reports.decide(session, public_id, moderator, True, "Danke, das stimmt.", NOW)

    [letter] = session.scalars(select(model.Letter))
    assert "Guten Tag" in str(letter.body) and "Hello" not in str(letter.body)


def test_nobody_decides_on_a_report_about_themselves(session: Session) -> None:
    listing = make_listing(session)
    me = make_account(session, "moderator", practitioner_id=listing.practitioner_id).id
    public_id = reports.report(session, listing.id, "Wrong.", "", NOW)

    with pytest.raises(UsageError, match="another moderator"):
        reports.decide(session, public_id, me, False, "Not so.", NOW)


def test_many_reports_about_one_listing_are_enough(session: Session) -> None:
    id = make_listing(session).id
    for _number in range(reports.OPEN):
        reports.report(session, id, "Wrong.", "", NOW)

    with pytest.raises(UsageError, match="already"):
        reports.report(session, id, "Wrong.", "", NOW)


def test_the_log_is_read_page_by_page(session: Session) -> None:
    listing = make_listing(session)
    for _number in range(log.PAGE + 3):
        revisions.pause(session, listing.id, None, NOW)

    first = log.entries(session)
    rest = log.entries(session, before=first[-1].id)

    assert (len(first), len(rest)) == (log.PAGE, 4) and rest[-1].action == "publish"
    assert log.entries(session, about="listing:nobody") == []


def test_what_is_said_about_a_network_waits_with_the_others_and_is_answered(session: Session) -> None:
    rosters.load(session)
    network = session.scalars(select(model.Network).where(model.Network.slug == "imago-suisse")).one()
    moderator = make_account(session, "moderator").id
    public_id = reports.report_network(session, network.id, "It has moved.", "visitor@example.org", NOW)

    waiting = queue(session, NOW)
    reports.decide(session, public_id, moderator, True, "You were right.", NOW)

    assert [(i.kind, i.id, i.name, i.public_id) for i in waiting] == [
        ("report", public_id, "Imago Suisse", "imago-suisse")
    ]
    assert queue(session, NOW) == []
    letter = session.scalars(select(model.Letter)).one()
    assert "Imago Suisse" in letter.body["text"] and letter.listing_id is None


def test_of_more_than_are_shown_it_is_said_that_there_may_be_more(session: Session) -> None:
    listing = make_listing(session)
    for n in range(SHOWN):
        reports.report(session, listing.id, f"Wrong {n}.", "", NOW)
        assert may_be_more(queue(session, NOW)) == (n + 1 == SHOWN)
