"""The outbox: letters that wait, are being sent, were sent or could not be.

With `forgetting`, the only writer of Letter.

A letter is one row in the transaction of what it tells of. Whoever sends it holds it for a while first (a lease), by
one UPDATE: so nobody else sends it at the same time, and a sender that was killed only delays it.
"""

import hashlib
import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Unpack

from sqlalchemy import ColumnElement, case, delete, func, insert, or_, select, update
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from referral.errors import UsageError
from referral.mail import stopping
from referral.mail.addressing import is_address, is_answerable, on_the_wire
from referral.mail.rendering import VISITORS, render
from referral.mail.retrying import ends_at, next_try
from referral.mail.wishes import More, Wish
from referral.model import Letter
from referral.text import _
from referral.text import language as spoken_here

LEASE = timedelta(seconds=90)
"""How long a letter is held: longer than one may take, with a server that reads it before it says so."""

ENDED = "its link ended before it could be sent"

ASKED = 500
"""So many keys are looked for by one question."""

_INSERT = {"sqlite": sqlite_insert, "postgresql": postgres_insert}

_HELD = (Letter.id, Letter.message_id, Letter.to, Letter.subject, Letter.body, Letter.made_at, Letter.tries)
"""The columns of Held."""


@dataclass(frozen=True, slots=True)
class Held:
    """A letter somebody is about to send."""

    id: int
    message_id: str
    """What stands before the @."""
    to: str
    subject: str
    body: Mapping[str, Any]
    made_at: datetime
    tries: int
    """Which attempt this is, from 1."""


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a letter; neither while it waits."""

    sent_at: datetime | None
    failed: str


def post(
    session: Session, to: str, kind: str, values: Mapping[str, object], now: datetime, **more: Unpack[More]
) -> bool:
    """Write a letter into the outbox; it leaves when the caller commits. Whether it was written. As `post_all`."""
    return post_all(session, [Wish(to, kind, values, **more)], now) == 1


def post_all(session: Session, wishes: Iterable[Wish], now: datetime) -> int:
    """Write letters into the outbox, all at once; they leave when the caller commits. How many were written.

    Nobody is written to who said that they want no more of it. Raises UsageError for a `to` that is no e-mail address,
    ValueError for a kind or a value no letter is made from; nothing is written then.
    """
    wished = [_addressed(one) for one in wishes]
    unwanted = stopping.stopped(session, [said for one in wished if one.stop for said in one.stop.said])
    wished = [one for one in wished if one.stop is None or unwanted.isdisjoint(one.stop.said)]
    there = known(session, [_number(one.key) for one in wished if one.key])
    rows: dict[str, dict[str, object]] = {}
    for one in wished:
        number = _number(one.key) if one.key else secrets.token_hex(20)
        if number not in there and number not in rows:
            rows[number] = _row(one, number, now)
    session.flush()
    return _inserted(session, list(rows.values())) if rows else 0


def _inserted(session: Session, rows: Sequence[Mapping[str, object]]) -> int:
    """How many were written: what has the key of a letter that somebody else writes at this moment is not."""
    insert: Any = _INSERT[session.connection().dialect.name](Letter)  # both have it, under no common type
    new = insert.on_conflict_do_nothing(index_elements=["message_id"]).returning(Letter.id)
    return len(session.execute(new, rows).all())


def _addressed(wish: Wish) -> Wish:
    if not is_address(wish.to) or not (wish.reply_to == "" or is_answerable(wish.reply_to)):
        raise UsageError(_("This is not an e-mail address."))
    if stopping.comes_by_itself(wish.kind) and wish.stop is None:
        raise ValueError(f"a letter {wish.kind!r} that nobody asked for, and no way to say no to it")
    return wish


def known(session: Session, numbers: Iterable[str]) -> set[str]:
    """Those of these numbers, of Message-IDs, that a letter has."""
    found, numbers = set[str](), list(numbers)
    for start in range(0, len(numbers), ASKED):
        some = Letter.message_id.in_(numbers[start : start + ASKED])
        found |= set(session.scalars(select(Letter.message_id).where(some)))
    return found


def _row(wish: Wish, number: str, now: datetime) -> dict[str, object]:
    written = _written(wish, number)
    return {**written, "body": written["body"] | ends_at(wish.values, now), "made_at": now, "due_at": now}


def _written(wish: Wish, number: str) -> dict[str, Any]:
    """The columns of a letter that say what it is: all that JSON can hold."""
    written = render(wish.kind, wish.values, wish.language or spoken_here(), wish.stop)
    body: dict[str, Any] = {"text": written.text, "html": written.html, "language": written.language}
    if wish.stop:
        body["unsubscribe"] = wish.stop.link
    if wish.reply_to:
        body["reply_to"] = wish.reply_to
    if wish.otherwise:
        body["otherwise"] = _written(_addressed(wish.otherwise), secrets.token_hex(20))
    return {
        "message_id": number,
        "kind": wish.kind,
        "account_id": wish.account_id,
        "listing_id": wish.listing_id,
        "to": "" if wish.void else wish.to,
        "subject": written.subject,
        "body": body,
    }


def posted(session: Session, key: str) -> bool:
    """Whether a letter with this key was written, as far as it is remembered (KEPT)."""
    return bool(known(session, [_number(key)]))


def belong(session: Session, kinds: Iterable[str], to: str, account_id: int, listing_id: int) -> None:
    """Let letters of these kinds that went to an address be of those who have come to be known: they go with them,
    whatever their address is by then. The caller commits.
    """
    free = (Letter.account_id.is_(None), Letter.listing_id.is_(None), Letter.to == to, Letter.kind.in_(list(kinds)))
    ids = session.scalars(select(Letter.id).where(*free).order_by(Letter.id).with_for_update()).all()
    set_ = update(Letter).where(Letter.id.in_(ids)).values(account_id=account_id, listing_id=listing_id)
    session.execute(set_.execution_options(synchronize_session=False))


def fates(session: Session, keys: Iterable[str]) -> dict[str, Fate]:
    """Key -> what became of its letter; without those that are not remembered."""
    by_number = {_number(key): key for key in keys}
    numbers = list(by_number)
    found: dict[str, Fate] = {}
    for start in range(0, len(numbers), ASKED):
        asked = select(Letter.message_id, Letter.sent_at, Letter.failed)
        rows = session.execute(asked.where(Letter.message_id.in_(numbers[start : start + ASKED])))
        found |= {by_number[number]: Fate(sent_at, failed) for number, sent_at, failed in rows}
    return found


def _number(key: str) -> str:
    """What stands before the @ of the Message-ID: nobody reads the key in it."""
    return hashlib.sha256(key.encode()).hexdigest()[:40]


def hold(session: Session, now: datetime) -> Held | None:
    """The letter that is due longest, held for LEASE; None when none is. The caller commits, then sends.

    What nobody waits for goes last: thousands of reminders or invitations keep nobody from signing in.
    One to nobody, or that its reader has said no to since it was written, is forgotten instead, and the next is held.
    """
    while (letter := _held(session, now)) is not None and (not letter.to or _unwanted(session, letter)):
        session.execute(delete(Letter).where(Letter.id == letter.id))
    return letter


def _held(session: Session, now: datetime) -> Held | None:
    due = (
        select(Letter.id)
        .where(*_waiting(), Letter.due_at <= now, or_(Letter.leased_until.is_(None), Letter.leased_until <= now))
        .order_by(Letter.kind.in_(stopping.OF_THEMSELVES), Letter.due_at)
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    held = update(Letter).where(Letter.id == due).values(leased_until=now + LEASE, tries=Letter.tries + 1)
    row = session.execute(held.returning(*_HELD).execution_options(synchronize_session=False)).one_or_none()
    return None if row is None else Held(*row)


def _unwanted(session: Session, letter: Held) -> bool:
    link = letter.body.get("unsubscribe", "")
    return bool(link and stopping.stopped(session, [stopping.mark_in(link)]))


def sent(session: Session, letter: Held, now: datetime) -> None:
    """Note that it left, and forget its words: its links are secrets."""
    _set(session, letter, sent_at=now, **_FORGOTTEN)


def later(session: Session, letter: Held, now: datetime, why: str) -> bool:
    """Try again after a while, or give it up; whether there will be another try."""
    due = next_try(letter.body, letter.made_at, letter.tries, now)
    if due is None:
        over = "its link ended" if "ends_at" in letter.body else "given up"
        refused(session, letter, f"{over} after {letter.tries} tries: {why}", now)
        return False
    _set(session, letter, due_at=due, leased_until=None)
    return True


def refused(session: Session, letter: Held, why: str, now: datetime) -> None:
    """Note that it will never arrive, and write what was to be written then; the nightly report counts it."""
    failed = _nameless(why, letter)[:300] or "refused"
    if _set(session, letter, failed=failed, **_FORGOTTEN) and (instead := letter.body.get("otherwise")):
        session.execute(insert(Letter).values(**instead, made_at=now, due_at=now))


def _nameless(why: str, letter: Held) -> str:
    """What a server said, without the address; of a visitor's letter, whose words it may repeat, the number alone."""
    if letter.body.get("reply_to"):
        return why[:3] if why[:3].isdigit() else "refused"
    if not letter.to:
        return why
    either = "|".join(map(re.escape, (letter.to, on_the_wire(letter.to))))
    return re.sub(either, "", why, flags=re.IGNORECASE)


_FORGOTTEN: Mapping[str, Any] = {
    "leased_until": None,
    "body": {},
    "to": case((Letter.kind.in_(VISITORS), ""), else_=Letter.to),
}
"""What a letter is once nobody tries to send it any more."""


def give_up(session: Session, kind: str, before: datetime, now: datetime) -> int:
    """Give up the letters of a kind that were written before then and nobody sent; how many. The caller commits."""
    return _give_up(session, now, "nobody sent it", Letter.kind == kind, Letter.made_at < before)


def end(session: Session, now: datetime) -> int:
    """Give up the letters whose link has ended before anybody sent them; how many. The caller commits."""
    over = Letter.body["ends_at"].as_string() <= now.isoformat()
    return _give_up(session, now, ENDED, over, Letter.to != "")  # nobody's are forgotten by the next look


def _give_up(session: Session, now: datetime, why: str, *which: ColumnElement[bool]) -> int:
    free = or_(Letter.leased_until.is_(None), Letter.leased_until <= now)
    found = [Held(*row) for row in session.execute(select(*_HELD).where(*_waiting(), *which, free))]
    for letter in found:
        refused(session, letter, why, now)
    return len(found)


def due(session: Session, now: datetime) -> bool:
    """Whether a letter could leave now."""
    free = or_(Letter.leased_until.is_(None), Letter.leased_until <= now)
    return session.scalar(select(Letter.id).where(*_waiting(), Letter.due_at <= now, free).limit(1)) is not None


def counts(session: Session) -> tuple[int, int]:
    """(letters that wait for somebody, letters that failed and are still remembered)."""
    somebody = Letter.to != ""  # nobody's are only there until the next look: they would tell who asked in vain
    waiting = session.scalar(select(func.count()).select_from(Letter).where(*_waiting(), somebody)) or 0
    failed = session.scalar(select(func.count()).select_from(Letter).where(Letter.failed != "")) or 0
    return waiting, failed


def _waiting() -> tuple[ColumnElement[bool], ...]:
    return Letter.sent_at.is_(None), Letter.failed == ""


def _set(session: Session, letter: Held, **values: object) -> bool:
    """Unless somebody else settled it meanwhile: what was sent stays sent. Whether it was set."""
    unsent = (Letter.id == letter.id, Letter.sent_at.is_(None), Letter.failed == "")
    set_ = update(Letter).where(*unsent).values(**values).returning(Letter.id)
    return session.execute(set_.execution_options(synchronize_session=False)).first() is not None
