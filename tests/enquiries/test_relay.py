"""A message is kept in its letter alone, and there until it was sent; nobody is told where anybody is reached."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from referral import db, mail
from referral.enquiries import relay
from referral.enquiries.relay import House, Message
from referral.errors import UsageError
from referral.listings import published, revisions
from referral.listings.published import Published
from referral.mail.transport import Later, Refused
from referral.model import Enquiry, Letter, Listing
from tests.make import NOW, make_account, make_listing

HOUSE = House("https://directory.example", "office@directory.example", "s" * 40)
WORDS = "We are two, and would like to come."
MESSAGE = Message(WORDS, "vic@example.org", "Vic")


class Post:
    """A mail server as one wishes it."""

    sender = "Directory <letters@directory.example>"

    def __init__(self, failing: type[Exception] | None = None) -> None:
        self.failing = failing
        self.taken: list[EmailMessage] = []

    def resting(self) -> bool:
        return False

    def deliver(self, message: EmailMessage, to: str) -> None:
        if self.failing and to == "ada@example.org":
            raise self.failing(f"550 <{to}> is not known here")
        self.taken.append(message)

    def close(self) -> None:
        pass


@contextmanager
def written(engine: Engine) -> Iterator[Session]:
    with db.writing(engine) as session:
        yield session
        session.commit()


def ada(session: Session, **more: object) -> Published:
    listing = make_listing(session, **{"name": "Ada Example", "email": "ada@example.org", **more})
    return published.load_any(session, [listing.id])[0]


def kept(engine: Engine) -> str:
    """All that any row of letters and enquiries says."""
    with db.reading(engine) as session:
        rows = [*session.execute(select(Letter.__table__)), *session.execute(select(Enquiry.__table__))]
    return str(rows)


def states(engine: Engine) -> list[str]:
    with db.reading(engine) as session:
        return list(session.scalars(select(Enquiry.state)))


def test_the_answer_goes_to_the_visitor_and_nothing_of_both_is_kept_once_the_letter_has_left(engine: Engine) -> None:
    with written(engine) as session:
        assert relay.accept(session, ada(session), MESSAGE, NOW, HOUSE)
    assert WORDS in kept(engine) and states(engine) == ["waiting"]
    post = Post()

    mail.send_due(engine, post, NOW)

    [letter] = post.taken
    assert (letter["To"], letter["Reply-To"]) == ("ada@example.org", "vic@example.org")
    assert letter["From"] == post.sender and letter["Auto-Submitted"] == "auto-generated"
    assert "vic@example.org" not in kept(engine) and WORDS not in kept(engine)
    with written(engine) as session:
        assert relay.deliver(session, NOW) == {"delivered": 1, "failed": 0}
    assert states(engine) == ["delivered"]


@pytest.mark.parametrize("failing", [Refused, Later])
def test_a_visitor_is_told_once_that_it_never_arrived_and_not_where_it_went(
    engine: Engine, failing: type[Exception]
) -> None:
    with written(engine) as session:
        relay.accept(session, ada(session), MESSAGE, NOW, HOUSE)
    post = Post(failing)
    now = NOW

    while now < NOW + timedelta(days=5):
        mail.send_due(engine, post, now)
        now += timedelta(hours=1)

    [told] = post.taken
    assert told["To"] == "vic@example.org" and told["Subject"] == "Your message could not be delivered"
    assert b"ada@example" not in told.as_bytes() and b"would like" not in told.as_bytes()
    assert "https://directory.example/therapists/ada-example" in told.as_string()
    assert "vic@" not in kept(engine) and WORDS not in kept(engine) and "<ada@" not in kept(engine)
    with written(engine) as session:
        assert relay.deliver(session, now)["failed"] == 1


def test_what_nobody_sends_for_seven_days_is_emptied_and_told(engine: Engine) -> None:
    with written(engine) as session:
        relay.accept(session, ada(session), MESSAGE, NOW, HOUSE)

    with written(engine) as session:
        assert relay.deliver(session, NOW + relay.UNDELIVERED)["failed"] == 0
        assert relay.deliver(session, NOW + relay.UNDELIVERED + timedelta(seconds=1))["failed"] == 1

    assert WORDS not in kept(engine)
    with db.reading(engine) as session:
        waits = session.scalars(select(Letter.kind).where(Letter.failed == "")).all()
    assert waits == ["undelivered"]


def test_after_thirty_days_it_is_forgotten_that_somebody_wrote(session: Session) -> None:
    relay.accept(session, ada(session), MESSAGE, NOW, HOUSE)

    assert relay.forget(session, NOW + relay.KEPT) == 0
    assert relay.forget(session, NOW + relay.KEPT + timedelta(seconds=1)) == 1


def test_the_same_words_are_passed_on_once_a_day(session: Session) -> None:
    there = ada(session)
    others = [
        replace(MESSAGE, words="Other words."),
        replace(MESSAGE, reply_to="wim@example.org"),
    ]

    told = [relay.accept(session, there, one, NOW, HOUSE) for one in (MESSAGE, MESSAGE, *others)]

    assert told == [True, False, True, True]
    assert relay.accept(session, there, MESSAGE, NOW + timedelta(days=1), HOUSE)


def test_a_letter_and_its_enquiry_are_written_together_or_not_at_all(engine: Engine) -> None:
    with db.writing(engine) as session:
        relay.accept(session, ada(session), MESSAGE, NOW, HOUSE)

    with db.reading(engine) as session:
        assert [session.scalar(select(func.count()).select_from(t)) for t in (Letter, Enquiry)] == [0, 0]


@pytest.mark.parametrize("more", [{"no_enquiries": True}, {"status": "paused"}, {"email": ""}, {"status": "hidden"}])
def test_who_cannot_be_written_to_gets_nothing(session: Session, more: dict[str, object]) -> None:
    there = ada(session, **more)

    assert not relay.is_open(session, there)
    with pytest.raises(UsageError) as refused:
        relay.accept(session, there, MESSAGE, NOW, HOUSE)
    assert refused.value.status == 409


def test_the_address_for_enquiries_comes_before_that_of_the_account_and_a_suspended_one_gets_none(
    session: Session,
) -> None:
    both, own = ada(session), ada(session, email="")
    for there, active in ((both, True), (own, False)):
        person = session.get_one(Listing, there.id).practitioner_id
        make_account(session, email=f"a{there.id}@example.org", practitioner_id=person, active=active)

    relay.accept(session, both, MESSAGE, NOW, HOUSE)

    assert session.scalars(select(Letter.to)).all() == ["ada@example.org"]
    assert not relay.is_open(session, own)


def test_erasing_takes_the_message_along(session: Session) -> None:
    there = ada(session)
    relay.accept(session, there, MESSAGE, NOW, HOUSE)

    revisions.erase(session, [there.id], NOW)

    assert [session.scalar(select(func.count()).select_from(t)) for t in (Letter, Enquiry)] == [0, 0]


@given(st.text(max_size=80))
@example("a@b.cd\nBcc: all@example.org")
@example("\u202eevil@example.org")
def test_whatever_is_typed_as_an_address_is_refused_or_stands_in_a_header_as_it_is(typed: str) -> None:
    try:
        address = relay.address(typed)
    except UsageError:
        return

    message = EmailMessage()
    message["Reply-To"] = address
    assert message["Reply-To"] == address and address.isascii() and len(address.split()) == 1


@given(st.text(max_size=200))
def test_a_message_is_passed_on_as_typed_but_for_what_nobody_sees(typed: str) -> None:
    try:
        words = relay.words(typed)
    except UsageError:
        return

    assert not set(words) & set("\0\x1b\u202e\u2066\u200b\r")
    assert relay.words(words) == words


def test_three_links_are_too_many_and_two_are_not() -> None:
    relay.words("We met at https://a.example and www.b.example")
    with pytest.raises(UsageError, match="more links"):
        relay.words("Look: https://a.example www.b.example HTTP://c.example")
