"""Sending what waits: one letter after the other, each settled before the next is taken."""

import time
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.message import EmailMessage

import structlog
from sqlalchemy import Engine

from referral import db
from referral.mail import outbox
from referral.mail.addressing import on_the_wire
from referral.mail.message import message
from referral.mail.outbox import Held
from referral.mail.retrying import is_over
from referral.mail.transport import Later, Refused, Transport, Unreachable

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Report:
    """What became of the letters of one round."""

    sent: int = 0
    later: int = 0
    """Will be tried again."""
    failed: int = 0
    """Will never arrive."""
    waiting: int = 0
    """Left in the outbox."""
    unreachable: str = ""
    """Why nobody could be reached; empty when all is well."""


def send_due(engine: Engine, transport: Transport, now: datetime) -> Report:
    """Send every letter that is due; each in transactions of its own, none of them open while it travels.

    Stops when `transport` rests. A letter whose sender is killed at any point is sent by the next, with its Message-ID.
    """
    report, begun = Report(), time.monotonic()
    try:
        while not transport.resting():
            moment = now + timedelta(seconds=time.monotonic() - begun)
            with db.writing(engine) as session:
                letter = outbox.hold(session, moment)
                session.commit()
            if letter is None:
                break
            report = _send(engine, transport, letter, moment, report)
    finally:
        transport.close()
    with db.reading(engine) as session:
        return replace(report, waiting=outbox.counts(session)[0])


def _made(letter: Held, sender: str, now: datetime) -> EmailMessage:
    """The message. Raises Refused for a letter that can be none, or would bring a dead link; those behind it go on."""
    if is_over(letter.body, now):
        raise Refused(outbox.ENDED)
    try:
        return message(letter, sender)
    except Exception as error:  # the library raises what it likes, with the address in its words
        log.warning("letter", id=letter.id, kind=type(error).__name__)
        raise Refused("cannot be written as a message") from None


def _send(engine: Engine, transport: Transport, letter: Held, now: datetime, report: Report) -> Report:
    """Send it and settle it; the report with this one in it."""
    why, refused = "", False
    try:
        transport.deliver(_made(letter, transport.sender, now), on_the_wire(letter.to))
    except Unreachable as error:
        why, report = str(error), replace(report, unreachable=str(error))
    except Later as error:
        why = str(error)
    except (Refused, ValueError) as error:
        why, refused = str(error) or "refused", True
    with db.writing(engine) as session:
        if not why:
            outbox.sent(session, letter, now)
            report = replace(report, sent=report.sent + 1)
        elif not refused and outbox.later(session, letter, now, why):
            report = replace(report, later=report.later + 1)
        else:
            if refused:
                outbox.refused(session, letter, why, now)
            report = replace(report, failed=report.failed + 1)
        session.commit()
    return report
