"""A letter is one row in the transaction of what it tells of, and arrives as a message anybody can read."""

import email
import email.policy
import re
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, func, select, update
from sqlalchemy.orm import Session

from referral import mail
from referral.errors import UsageError
from referral.mail import forgetting, outbox, retrying
from referral.mail.addressing import DEMONSTRATION
from referral.mail.transport import Folder, Later
from referral.model import Letter
from tests.make import HEAD, NOW
from tests.postgres import ONLY_SQLITE

LINK = "https://directory.example/account/sign-in/s3cret"


def post(session: Session, to: str = "ada@example.org", **more: object) -> bool:
    return mail.post(session, to, "sign_in", {"link": LINK, "name": "Ada"}, NOW, **more)  # type: ignore[arg-type]


def letters(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Letter)) or 0


def test_a_posted_letter_becomes_a_file_that_can_be_read(engine: Engine, session: Session, tmp_path: Path) -> None:
    post(session)
    assert outbox.counts(session) == (1, 0)
    session.commit()

    report = mail.send_due(engine, Folder(tmp_path / "mail", "Directory <letters@directory.example>"), NOW)

    assert (report.sent, report.waiting) == (1, 0)
    [file] = (tmp_path / "mail").iterdir()
    message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    assert (message["To"], message["From"]) == ("ada@example.org", "Directory <letters@directory.example>")
    assert [part.get_content_type() for part in message.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    assert all(LINK in part.get_content() for part in message.iter_parts())
    assert (message["Auto-Submitted"], message["Date"]) == ("auto-generated", "Mon, 23 Nov 2026 12:00:00 +0000")


def test_a_letter_to_nobody_is_written_like_any_other_and_forgotten_unsent(
    engine: Engine, session: Session, tmp_path: Path
) -> None:
    post(session, "nobody@example.org", void=True)
    post(session, "ada@example.org")
    session.commit()
    written = session.scalars(select(Letter).order_by(Letter.id)).all()
    assert [(letter.to, len(letter.body["text"]) > 100) for letter in written] == [
        ("", True),
        ("ada@example.org", True),
    ]
    assert "nobody@example.org" not in str([vars(letter) for letter in written])
    assert outbox.counts(session) == (1, 0)
    session.commit()

    report = mail.send_due(engine, Folder(tmp_path / "mail", "Directory <letters@directory.example>"), NOW)

    assert (report.sent, report.waiting, report.failed) == (1, 0, 0)
    assert letters(session) == 1
    assert len(list((tmp_path / "mail").iterdir())) == 1


@ONLY_SQLITE
def test_a_sent_letter_keeps_no_secret(engine: Engine, session: Session, tmp_path: Path) -> None:
    post(session)
    session.commit()

    mail.send_due(engine, Folder(tmp_path / "mail", "letters@directory.example"), NOW)

    assert session.scalars(select(Letter.body)).all() == [{}]
    session.rollback()
    engine.dispose()
    assert b"s3cret" not in (tmp_path / "referral.sqlite").read_bytes()


def test_a_letter_is_undone_together_with_what_it_tells_of(session: Session) -> None:
    post(session)
    session.rollback()

    assert letters(session) == 0


def test_a_key_is_posted_once(session: Session) -> None:
    assert [post(session, key="reminder 1"), post(session, key="reminder 1"), post(session, key="2")] == [
        True,
        False,
        True,
    ]
    assert letters(session) == 2


def wish(to: str, key: str = "") -> mail.Wish:
    return mail.Wish(to, "sign_in", {"link": LINK, "name": "Ada"}, key=key)


def test_many_letters_are_written_at_once_and_as_one_by_one_would_be(engine: Engine, session: Session) -> None:
    said: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda _c, _k, statement, *_rest: said.append(statement.split()[0]))
    post(session, "z@example.org", key="z")

    said.clear()
    wishes = [wish(f"ada{n}@example.org", f"key {n}") for n in range(40)]
    assert mail.post_all(session, wishes, NOW) == 40

    assert said == ["SELECT", "INSERT"]
    alone, *many = session.scalars(select(Letter).order_by(Letter.id))
    assert {(one.kind, one.subject, one.body["text"], one.made_at, one.due_at, one.tries) for one in many} == {
        (alone.kind, alone.subject, alone.body["text"], alone.made_at, alone.due_at, 0)
    }
    assert [one.to for one in many] == [one.to for one in wishes]
    assert all(mail.posted(session, one.key) for one in wishes)


def test_what_somebody_waits_for_leaves_before_many_that_nobody_asked_for(session: Session) -> None:
    to = [f"ada{n}@example.org" for n in range(3)]
    values = {"link": LINK, "name": "Ada"}
    mail.post_all(session, [mail.Wish(one, "invited", values, stop=HEAD.stop("invited", one)) for one in to], NOW)
    mail.post(session, "ben@example.org", "sign_in", values, NOW + timedelta(minutes=3))

    held = [outbox.hold(session, NOW + timedelta(minutes=4)) for _ in range(5)]

    assert [one and one.to for one in held] == ["ben@example.org", *to, None]


def test_of_many_letters_each_key_is_written_once(session: Session) -> None:
    post(session, key="a")

    written = mail.post_all(session, [wish("a@b.cd", key) for key in ("a", "b", "b", "", "")], NOW)

    assert written == 3 and letters(session) == 4


def test_one_bad_address_among_many_writes_none(session: Session) -> None:
    with pytest.raises(UsageError):
        mail.post_all(session, [wish("a@b.cd"), wish("nobody")], NOW)

    assert letters(session) == 0 and mail.post_all(session, [], NOW) == 0


@pytest.mark.parametrize(
    "to",
    ["", "ada", "a@b@c", "ada@example.org\nBcc: all@example.org", "ada@example.org, b@example.org", "<a@b.c>",
     "Ada <a@b.c>", "a b@example.org", "a@example..org", "a@example.org.", f"{'a' * 260}@b.c", "a@b.c\x00",
     "a@b.c\u2028x", f"a@{'a' * 245}..com", "=?x?q?a?=@ex.org", "=??q??=@ex.org"],
)  # fmt: skip
def test_what_is_no_address_gets_no_letter(session: Session, to: str) -> None:
    with pytest.raises(UsageError):
        post(session, to)


@pytest.mark.parametrize(
    "address", ["ada+x@example.org", "ådåm@example.org", "a.b@sub.example.co.uk", "o'brien@ex.org"]
)
def test_an_address_gets_its_letter(session: Session, address: str) -> None:
    assert post(session, address)


def test_retries_grow_to_72_hours_and_then_the_letter_has_failed(session: Session) -> None:
    post(session)
    session.commit()
    now, tries = NOW, 0

    while (letter := outbox.hold(session, now)) is not None:
        tries += 1
        outbox.later(session, letter, now, "421 busy")
        row = session.scalars(select(Letter).execution_options(populate_existing=True)).one()
        if not row.failed:
            assert timedelta(seconds=11) <= row.due_at - now <= timedelta(hours=2.5)
            now = row.due_at

    assert row.failed.startswith("given up after") and "421 busy" in row.failed and row.body == {}
    assert timedelta(hours=69) < now - NOW <= timedelta(hours=72)
    assert 30 < tries < 60
    assert outbox.counts(session) == (0, 1)


def test_no_two_letters_wait_for_the_same_moment() -> None:
    assert len({retrying.wait(3) for _ in range(100)}) > 90


def test_a_letter_that_is_held_is_held_by_one_and_free_again_after_the_lease(session: Session) -> None:
    post(session)

    assert outbox.hold(session, NOW) is not None
    assert outbox.hold(session, NOW + timedelta(seconds=29)) is None
    assert outbox.hold(session, NOW + outbox.LEASE) is not None


def test_settled_letters_are_forgotten_after_a_month(session: Session) -> None:
    post(session, key="a")
    held = outbox.hold(session, NOW)
    assert held is not None
    outbox.sent(session, held, NOW)
    post(session, key="b")

    assert forgetting.forget(session, NOW + timedelta(days=29)) == 0
    assert forgetting.forget(session, NOW + timedelta(days=31)) == 1
    assert letters(session) == 1


def passed_on(session: Session, **more: object) -> None:
    instead = mail.Wish("vic@example.org", "undelivered", {"listing": "Ada Example", "link": LINK})
    post(session, reply_to="vic@example.org", otherwise=instead, **more)


def test_of_a_letter_that_is_passed_on_the_terminal_tells_neither_to_whom_nor_what(
    engine: Engine, session: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    passed_on(session)
    session.commit()

    mail.send_due(engine, Folder(tmp_path / "mail", "letters@directory.example"), NOW)

    [file] = (tmp_path / "mail").iterdir()
    message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    said = capsys.readouterr().err
    assert message["Reply-To"] == "vic@example.org"
    assert str(message["Subject"]) in said and "@" not in said and "http" not in said


def test_the_terminal_says_no_address_but_those_of_the_demonstration_and_no_link_but_to_ones_own_room(
    engine: Engine, session: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = "https://directory.example/therapists/ada-example"
    mail.post(session, "vic@example.org", "undelivered", {"listing": "Ada Example", "link": page}, NOW)
    post(session, DEMONSTRATION["therapist"])
    post(session, "ben@example.org")
    session.commit()

    mail.send_due(engine, Folder(tmp_path / "mail", "letters@directory.example"), NOW)

    said = capsys.readouterr().err
    assert re.findall(r"\S+@\S+", said) == [f"{DEMONSTRATION['therapist']}:"]
    assert re.findall(r"https?://\S+", said) == [LINK, LINK]


@pytest.mark.parametrize(
    "reply_to",
    [
        "vic",
        "=?x?q?a?=@ex.org",
        "a@b.cd\nBcc: x@y.zz",
        "a..b@c.de",
        ".a@c.de",
        "ä@c.de",
        "a@b.cd, e@f.gh",
        "<a@b.cd>",
    ],
)
def test_what_no_header_can_hold_is_no_address_to_answer_to(session: Session, reply_to: str) -> None:
    with pytest.raises(UsageError):
        post(session, reply_to=reply_to)
    assert letters(session) == 0


def test_the_letter_instead_of_one_that_never_arrives_is_written_once(session: Session) -> None:
    passed_on(session)
    held = outbox.hold(session, NOW)
    assert held is not None

    for _again in range(2):
        outbox.refused(session, held, "550 <ada@example.org> is not known here", NOW)

    failed, instead = session.scalars(select(Letter).order_by(Letter.id).execution_options(populate_existing=True))
    assert (failed.failed, failed.body) == ("550", {})  # a server may repeat what the visitor wrote
    assert (instead.kind, instead.to, instead.sent_at) == ("undelivered", "vic@example.org", None)


def test_what_a_server_says_is_kept_without_the_address(session: Session) -> None:
    post(session)
    held = outbox.hold(session, NOW)
    assert held is not None

    outbox.refused(session, held, "550 <ADA@Example.org> is not known here", NOW)

    assert session.scalars(select(Letter.failed)).one() == "550 <> is not known here"


def test_a_letter_that_cannot_be_written_holds_up_none_behind_it(
    engine: Engine, session: Session, tmp_path: Path
) -> None:
    post(session)
    post(session, "ben@example.org")
    session.execute(update(Letter).where(Letter.to == "ada@example.org").values(to="=??q??=@ex.org"))
    session.commit()

    report = mail.send_due(engine, Folder(tmp_path / "mail", "letters@directory.example"), NOW)

    assert (report.sent, report.failed, report.waiting) == (1, 1, 0)


def test_a_letter_that_left_writes_nothing_instead(session: Session) -> None:
    passed_on(session)
    held = outbox.hold(session, NOW)
    assert held is not None
    outbox.sent(session, held, NOW)

    outbox.refused(session, held, "too late", NOW)

    assert letters(session) == 1


def test_the_address_of_somebody_we_know_nothing_else_of_goes_with_the_words(session: Session) -> None:
    mail.post(session, "vic@example.org", "undelivered", {"listing": "Ada", "link": LINK}, NOW)
    post(session)
    while (held := outbox.hold(session, NOW)) is not None:
        outbox.sent(session, held, NOW)

    assert session.scalars(select(Letter.to).order_by(Letter.id)).all() == ["", "ada@example.org"]


def test_what_nobody_sent_for_long_is_given_up_unless_somebody_is_sending_it(session: Session) -> None:
    post(session)
    passed_on(session)
    soon = NOW + timedelta(seconds=10)
    held = outbox.hold(session, soon)
    assert held is not None

    assert outbox.give_up(session, "sign_in", soon, soon) == 1
    assert outbox.give_up(session, "claim", soon, soon) == 0
    assert outbox.give_up(session, "sign_in", soon, soon + outbox.LEASE) == 1


class Away(Folder):
    """A mail server that answers nobody until `back`."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, "letters@directory.example")
        self.tried = 0

    def deliver(self, message: EmailMessage, to: str) -> None:
        self.tried += 1
        raise Later("451 not now")


def ending(session: Session, minutes: int = 10, **more: object) -> None:
    values = {"link": LINK, "minutes": minutes}
    mail.post(session, "ada@example.org", "sign_in", values, NOW, **more)  # type: ignore[arg-type]
    session.commit()


def failures(session: Session) -> list[str]:
    return list(session.scalars(select(Letter.failed).order_by(Letter.id).execution_options(populate_existing=True)))


@pytest.mark.parametrize(("after", "sent"), [(0, 1), (7, 1), (8, 0), (10, 0), (180, 0), (72 * 60, 0)])
def test_a_letter_whose_link_has_ended_is_not_sent_and_says_why(
    engine: Engine, session: Session, tmp_path: Path, after: int, sent: int
) -> None:
    """Two minutes are left to whoever reads it, or nobody can use it."""
    ending(session)

    report = mail.send_due(engine, Folder(tmp_path, "letters@directory.example"), NOW + timedelta(minutes=after))

    assert (report.sent, report.failed, report.waiting) == (sent, 1 - sent, 0)
    assert len(list(tmp_path.glob("*.eml"))) == sent
    assert failures(session) == (["" if sent else "its link ended before it could be sent"])
    assert outbox.counts(session) == (0, 1 - sent)
    assert session.scalars(select(Letter.body)).one() == {}


def test_a_letter_with_a_link_is_tried_for_as_long_as_the_link_holds(
    engine: Engine, session: Session, tmp_path: Path
) -> None:
    ending(session)
    away, moment, reports = Away(tmp_path), NOW, []

    while outbox.counts(session)[0]:
        moment = session.scalars(select(Letter.due_at)).one()
        session.rollback()
        reports.append(mail.send_due(engine, away, moment))

    assert NOW + timedelta(minutes=7) < moment < NOW + timedelta(minutes=8) and 5 < away.tried < 20
    assert [one.failed for one in reports] == [0] * (len(reports) - 1) + [1]
    assert failures(session) == [f"its link ended after {away.tried} tries: 451 not now"]


def test_a_letter_without_such_a_link_goes_on_being_tried(engine: Engine, session: Session, tmp_path: Path) -> None:
    post(session)
    session.commit()

    report = mail.send_due(engine, Folder(tmp_path, "letters@directory.example"), NOW + timedelta(hours=71))

    assert report.sent == 1


def test_a_sender_that_was_killed_leaves_no_dead_link_to_the_next(
    engine: Engine, session: Session, tmp_path: Path
) -> None:
    ending(session)
    killed = outbox.hold(session, NOW + timedelta(minutes=7, seconds=30))
    session.commit()

    held = mail.send_due(engine, Folder(tmp_path, "letters@directory.example"), NOW + timedelta(minutes=8))
    after = mail.send_due(engine, Folder(tmp_path, "letters@directory.example"), NOW + timedelta(minutes=10))

    assert killed is not None
    assert (held.failed, held.waiting, after.failed, after.waiting) == (0, 1, 1, 0)
    assert list(tmp_path.glob("*.eml")) == []


def test_what_ended_is_said_though_no_sender_came(session: Session) -> None:
    ending(session)
    post(session)
    ending(session, 30)
    ending(session, void=True)
    held = outbox.hold(session, NOW + timedelta(minutes=7))
    assert held is not None

    soon = [outbox.end(session, NOW + timedelta(minutes=m)) for m in (8, 10, 10)]

    assert soon == [0, 1, 0], "not while somebody is sending it"
    assert outbox.counts(session) == (2, 1)
    outbox.sent(session, held, NOW + timedelta(minutes=10))
    assert failures(session)[0], "what was given up stays so"
