"""Whatever the mail server does, a letter is neither lost nor written twice, and nobody waits for it."""

import threading
import time
from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from referral import mail
from referral.config import from_environment
from referral.errors import UsageError
from referral.mail import outbox, smtp
from referral.mail.transport import Folder, Unreachable, open_transport
from referral.model import Letter
from tests.mail.servers import Postbox, dripping, hanging, nobody, server
from tests.make import NOW

LATER = NOW + timedelta(minutes=2)


def post(engine: Engine, count: int = 1) -> set[str]:
    """The Message-IDs of so many new letters."""
    with Session(engine) as session:
        for number in range(count):
            mail.post(session, f"ada{number}@example.org", "sign_in", {"link": "https://d.example/s3cret"}, NOW)
        session.commit()
        return {f"<{id}@directory.example>" for id in session.scalars(select(Letter.message_id))}


def letter(engine: Engine) -> Letter:
    with Session(engine) as session:
        return session.scalars(select(Letter)).one()


def test_letters_arrive_each_once(engine: Engine) -> None:
    ids, box = post(engine, 5), Postbox()

    with server(box) as transport:
        report = mail.send_due(engine, transport, NOW)
        again = mail.send_due(engine, transport, LATER)

    assert (report.sent, report.waiting, again.sent) == (5, 0, 0)
    assert sorted(box.arrivals) == sorted(ids)


def test_a_connection_lost_after_the_letter_was_handed_over_loses_nothing(engine: Engine) -> None:
    ids, box = post(engine), Postbox("drop")

    with server(box) as transport:
        first = mail.send_due(engine, transport, NOW)
        second = mail.send_due(engine, transport, LATER)

    assert (first.sent, first.later, second.sent) == (0, 1, 1)
    assert len(box.arrivals) == 2 and box.delivered == ids


@pytest.mark.parametrize("said", ["451 try later", "RCPT 450 mailbox busy", "421 closing", "RCPT 452 full"])
def test_a_letter_refused_for_now_arrives_later(engine: Engine, said: str) -> None:
    ids, box = post(engine), Postbox(said)

    with server(box) as transport:
        first = mail.send_due(engine, transport, NOW)
        waiting = letter(engine)
        second = mail.send_due(engine, transport, LATER)

    assert (first.later, first.failed, second.sent) == (1, 0, 1)
    assert waiting.body and not waiting.failed
    assert box.arrivals == list(ids)


@pytest.mark.parametrize("said", ["554 not here", "RCPT 550 no such mailbox"])
def test_a_letter_refused_for_good_fails_at_once_and_visibly(engine: Engine, said: str) -> None:
    post(engine)

    with server(Postbox(said)) as transport:
        report = mail.send_due(engine, transport, NOW)
        again = mail.send_due(engine, transport, LATER)

    failed = letter(engine)
    assert (report.failed, again.failed, again.waiting) == (1, 0, 0)
    assert failed.failed == said.removeprefix("RCPT ") and failed.body == {}


def test_one_refused_letter_does_not_stop_the_others(engine: Engine) -> None:
    post(engine, 4)

    with server(Postbox("250 OK", "RCPT 550 no such mailbox", "drop")) as transport:
        report = mail.send_due(engine, transport, NOW)

    assert (report.sent, report.failed, report.later) == (2, 1, 1)


def test_nobody_there_and_after_three_calls_nobody_is_called_any_more(engine: Engine) -> None:
    post(engine, 10)
    transport = nobody()

    report = mail.send_due(engine, transport, NOW)
    again = mail.send_due(engine, transport, NOW)

    assert (report.later, report.sent, report.waiting) == (smtp.CALLS, 0, 10)
    assert report.unreachable == "no connection: ConnectionRefusedError"
    assert transport.resting() and again.later == 0


def test_after_the_rest_there_is_another_try(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "FIRST_REST", 0.05)
    ids = post(engine, 4)
    transport, box = nobody(), Postbox()
    mail.send_due(engine, transport, NOW)

    with server(box) as there:
        transport.server = there.server
        time.sleep(0.1)
        report = mail.send_due(engine, transport, LATER)

    assert report.sent == 4 and box.delivered == ids


def test_a_server_that_hangs_is_left_after_two_seconds(engine: Engine) -> None:
    post(engine)

    with hanging() as transport:
        begun = time.monotonic()
        report = mail.send_due(engine, transport, NOW)
        took = time.monotonic() - begun
        transport.close()

    assert report.sent == 0 and report.unreachable
    assert took < smtp.CALLS * smtp.CONNECT + 1


def test_a_server_that_reads_a_letter_before_it_says_so_gets_it_once(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp, "TOTAL", 0.5)
    ids, box = post(engine, 2), Postbox()
    box.pause = 1.0

    with server(box) as transport:
        report = mail.send_due(engine, transport, NOW)

    assert (report.sent, report.later) == (2, 0)
    assert (box.delivered, len(box.arrivals)) == (ids, 2)


def test_a_server_that_never_says_so_is_left_too(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "TAKEN", 0.5)
    post(engine)
    box = Postbox()
    box.pause = 30.0

    with server(box) as transport:
        begun = time.monotonic()
        report = mail.send_due(engine, transport, NOW)

    assert (report.sent, report.later) == (0, 1)
    assert time.monotonic() - begun < 10


def test_a_letter_is_held_for_longer_than_it_may_take() -> None:
    assert outbox.LEASE.total_seconds() > smtp.CONNECT + 2 * smtp.TOTAL + smtp.TOTAL + smtp.TAKEN


def test_a_server_that_drips_is_left_in_the_end(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "TOTAL", 1.0)
    post(engine)

    with dripping() as transport:
        begun = time.monotonic()
        report = mail.send_due(engine, transport, NOW)

    assert report.later == 1
    assert time.monotonic() - begun < 6


@pytest.mark.parametrize(
    ("first", "drop", "how"),
    [
        (b"220 ", b"x", {}),
        (b"220-hello\r\n", b"220-hello\r\n", {}),
        (b"\x16\x03\x03\x40\x00\x02\x00\x3f\xfc", b"x", {"tls": True}),  # the beginning of a long handshake
    ],
    ids=["greeting", "greetings", "handshake"],
)
def test_a_server_that_drips_its_greeting_is_left_too(
    monkeypatch: pytest.MonkeyPatch, first: bytes, drop: bytes, how: dict[str, bool]
) -> None:
    monkeypatch.setattr(smtp, "TOTAL", 0.5)

    with dripping(first, drop, **how) as transport:
        begun = time.monotonic()
        with pytest.raises(Unreachable):
            transport.deliver(EmailMessage(), "ada@example.org")

    assert time.monotonic() - begun < 3


def test_eight_senders_at_once_send_each_letter_once(engine: Engine) -> None:
    ids, box = post(engine, 60), Postbox()

    with server(box) as transport:
        senders = [smtp.Smtp(transport.server, transport.sender) for _ in range(8)]
        threads = [threading.Thread(target=mail.send_due, args=(engine, one, NOW)) for one in senders]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert len(box.arrivals) == 60 and box.delivered == ids


def test_posting_costs_the_same_whatever_the_server_does(engine: Engine) -> None:
    def took() -> float:
        begun = time.perf_counter()
        for _ in range(8):
            post(engine)
        return time.perf_counter() - begun

    took()
    alone = min(took() for _ in range(3))
    with hanging() as transport:
        sending = threading.Thread(target=mail.send_due, args=(engine, transport, NOW))
        sending.start()
        beside = min(took() for _ in range(3))
        sending.join()
        transport.close()

    assert beside < alone * 3 + 0.2  # a letter that waited for the server would have cost two seconds each


def test_a_letter_that_breaks_nothing_but_itself(engine: Engine, tmp_path: Path) -> None:
    """A row no message can be made of (another version's, say) fails alone."""
    post(engine, 2)
    with Session(engine) as session:
        session.scalars(select(Letter)).first().subject = "two\nlines"  # type: ignore[union-attr]
        session.commit()

    report = mail.send_due(engine, Folder(tmp_path / "mail", "a@b.example"), NOW)

    assert (report.sent, report.failed) == (1, 1)


def opened(tmp_path: Path, url: str) -> Callable[[], mail.Transport]:
    return lambda: open_transport(from_environment({"REFERRAL_DATA": str(tmp_path), "REFERRAL_MAIL_URL": url}))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://ada:p%40ss@mail.example:2525", smtp.Server("mail.example", 2525, "ada", "p@ss")),
        ("smtp://mail.example", smtp.Server("mail.example", 587)),
        ("smtps://mail.example", smtp.Server("mail.example", 465, tls=True)),
        ("smtp://127.0.0.1:25?plain", smtp.Server("127.0.0.1", 25, plain=True)),
    ],
)
def test_the_address_of_a_server_is_read(tmp_path: Path, url: str, expected: smtp.Server) -> None:
    transport = opened(tmp_path, url)()

    assert isinstance(transport, smtp.Smtp) and transport.server == expected


@pytest.mark.parametrize("url", ["http://mail.example", "smtp://", "smtp://mail.example?plain", "smtp://a:99999"])
def test_an_address_that_cannot_be_used_is_one_clear_line(tmp_path: Path, url: str) -> None:
    with pytest.raises(UsageError, match="REFERRAL_MAIL_URL"):
        opened(tmp_path, url)()


def test_without_encryption_no_letter_and_no_password_travels(engine: Engine) -> None:
    post(engine)
    box = Postbox()

    with server(box) as transport:
        careful = smtp.Smtp(smtp.Server("127.0.0.1", transport.server.port, "ada", "secret"), transport.sender)
        report = mail.send_due(engine, careful, NOW)

    assert report.sent == 0 and "no connection" in report.unreachable and box.arrivals == []
