"""The story of a change: published, submitted, approved, sent back, taken back, reverted. The only writer of listings.

Every change is one transaction of row, revision, audit entry and change; the caller commits it. How rows are written
is in `writing`, which version is whose in `versions`, what waits in `risk`, what becomes of it in `deciding`, who is
seen in `standing`, what a geocoder found in `pinpointing`, what a network says in `vouching`, what was in `past`, how
people are erased in `erasing`; callers find all of it here.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from referral import model
from referral.errors import UsageError
from referral.listings import abroad, attestations, risk, versions, writing
from referral.listings.attestations import admit, put_back, resume
from referral.listings.checks import checked
from referral.listings.content import Content, as_json, from_json
from referral.listings.deciding import approve, close, send_back, take_back
from referral.listings.erasing import erase
from referral.listings.noting import keep, note
from referral.listings.past import Past, Waiting, history, proposal, waiting, waiting_of
from referral.listings.pinpointing import pinpoint
from referral.listings.slugs import Slugs
from referral.listings.standing import pause, set_status, take_down
from referral.listings.versions import Outdated
from referral.listings.vouching import vouch
from referral.listings.writing import Kept, Pairs, table_of
from referral.text import _

__all__ = [
    "BATCH", "Outdated", "Past", "Submitted", "Waiting", "admit", "approve", "back_then", "erase", "history", "pause",
    "pinpoint", "proposal", "publish", "published_by", "put_back", "resume", "revert", "send_back",
    "set_status", "submit", "take_back", "take_down", "vouch", "waiting", "waiting_of",
]  # fmt: skip

BATCH = 1000
"""Listings written at a time: keeps a bulk load in little memory."""


@dataclass(frozen=True, slots=True)
class Submitted:
    """What became of an edit."""

    version: int
    """The listing's version now: the base of the next edit."""
    published: tuple[str, ...]
    """Fields that the public sees from now on."""
    waiting: tuple[str, ...]
    """Fields that wait for a moderator, also from before."""
    revision_id: int | None
    """What waits; None when nothing does."""
    asked: tuple[str, ...] = ()
    """Of the fields that wait, those that this edit asks for."""
    taken_back: tuple[str, ...] = ()
    """Fields that waited and are asked for no more."""


def publish(session: Session, contents: Iterable[Content], now: datetime, reason: str) -> list[int]:
    """Make each content what the public sees; the listings' numbers, in order. The caller commits.

    A content whose public id exists replaces that listing, and keeps its slug; any other becomes a new one.
    Raises UsageError for the first content that cannot be stored, with nothing to undo but the transaction.
    """
    slugs, pairs = Slugs(session), Pairs()
    ids: list[int] = []
    for batch in _batches(contents):
        kept = writing.write(session, batch, slugs, now)
        _note(session, batch, kept, now, reason)
        attestations.imported(session, _unseen(batch, kept), now)
        pairs.remember(batch, kept)
        ids.extend(k.id for k in kept)
    pairs.join(session)
    return ids


def _batches(contents: Iterable[Content]) -> Iterator[list[Content]]:
    """The contents, checked, BATCH at a time; one public id never twice in a batch."""
    stream = iter(contents)
    while batch := [checked(c) for c in islice(stream, BATCH)]:
        named = [c.public_id for c in batch if c.public_id]
        if len(named) != len(set(named)):
            raise UsageError(_("The same public id stands twice."))
        yield batch


def _unseen(batch: Sequence[Content], kept: Sequence[Kept]) -> dict[int, str]:
    """Number -> the status before, of those that are paused, or were, or waited to be seen."""
    changed = [(k, c.status) for k, c in zip(kept, batch, strict=True) if c.status != k.was]
    return {k.id: k.was for k, status in changed if status == "paused" or k.was in ("paused", "pending")}


def _note(session: Session, batch: Sequence[Content], kept: Sequence[Kept], now: datetime, reason: str) -> None:
    """Revision, audit entry and change of everything just written."""
    revisions = [
        {
            "listing_id": k.id,
            "base": k.version - 1,
            "version": k.version,
            "state": "approved",
            "content": as_json(c),
            "fields": [],
            "made_at": now,
            "decided_at": now,
            "reason": reason,
        }
        for k, c in zip(kept, batch, strict=True)
    ]
    session.connection().execute(insert(table_of(model.Revision)), revisions)
    alike: dict[tuple[bool, bool], dict[int, str]] = {}
    for k, c in zip(kept, batch, strict=True):
        alike.setdefault((not k.was, c.status == "active" and not k.held), {})[k.id] = k.public_id
    for (new, seen), some in alike.items():
        note(session, "publish", some, now, detail={"reason": reason, "new": new, "seen": seen})


def submit(
    session: Session,
    listing_id: int,
    content: Content,
    base: int,
    author_id: int | None,
    now: datetime,
    *,
    whole: bool = False,
) -> Submitted:
    """Publish what may be published of the wish that the listing be `content`; the rest waits. The caller commits.

    What waited already goes on waiting beside it, as one proposal; unless `content` was begun from what waits and is
    the `whole` wish: then what it asks for no more is taken back. A content that changes nothing writes nothing.
    Raises Outdated when `base` is not the listing's version, UsageError for what cannot be stored.
    """
    current = versions.current(session, listing_id, base)
    before = _proposed(session, listing_id)
    already = before.content if before else {}
    asked = risk.asked(current.content, checked(content), {} if whole else already)
    if not asked.published and asked.waiting == already:
        return Submitted(base, (), tuple(already), before.id if before else None)
    kept = versions.claim(session, current)
    if asked.published:
        writing.replace(session, kept, asked.content, now)
        keep(session, kept, asked.content, now, fields=list(asked.published), author_id=author_id)
    number = before.id if before else None
    if asked.waiting != already:
        number = _propose(session, kept, before, asked.waiting, author_id, now)
    new = tuple(field for field, value in asked.waiting.items() if already.get(field, kept) != value)
    done = {"published": list(asked.published), "waiting": list(asked.waiting), "asked": list(new)}
    note(session, "submit", {kept.id: kept.public_id}, now, account_id=author_id, detail=done)
    gone = tuple(field for field in already if field not in asked.waiting)
    return Submitted(kept.version, asked.published, tuple(asked.waiting), number, new, gone)


def revert(
    session: Session, listing_id: int, revision_id: int, base: int, author_id: int | None, now: datetime
) -> Submitted:
    """Submit what the listing was by that revision, but for its photo, which is not kept. The caller commits.

    Raises UsageError when nothing was published by that revision of this listing, and as `submit` does.
    """
    revision = published_by(session, listing_id, revision_id)
    wish = back_then(revision, versions.current(session, listing_id, base).content)
    return submit(session, listing_id, wish, base, author_id, now)


def published_by(session: Session, listing_id: int, revision_id: int) -> model.Revision:
    """The revision, which something of this listing was published by. Raises UsageError, 404, when nothing was."""
    revision = session.get(model.Revision, revision_id)
    if revision is None or revision.listing_id != listing_id or revision.state != "approved":
        raise UsageError(_("There is no such version to go back to."), 404)
    return revision


def back_then(revision: model.Revision, there: Content) -> Content:
    """What the listing would be if it went back to `revision` from how it is `there`."""
    before = replace(from_json(revision.content), photo=there.photo, photo_alt=there.photo_alt)
    return abroad.instead(before, there)


def _proposed(session: Session, listing_id: int) -> model.Revision | None:
    """What waits of this listing: one revision at most."""
    mine = select(model.Revision).where(model.Revision.listing_id == listing_id, model.Revision.state == "proposed")
    return session.scalars(mine.execution_options(populate_existing=True)).one_or_none()


def _propose(
    session: Session,
    kept: Kept,
    before: model.Revision | None,
    waits: Mapping[str, Any],
    author_id: int | None,
    now: datetime,
) -> int | None:
    """Let `waits` wait in the place of `before`, also in the queue; the number of the new revision, None when nothing
    waits.
    """
    if before is not None:
        close(session, before, "withdrawn", author_id, now)
    if not waits:
        return None
    asked = {"content": dict(waits), "fields": list(waits), "base": kept.version - 1}
    asked["waiting_since"] = before.since if before is not None else None
    revision = model.Revision(**asked, listing_id=kept.id, state="proposed", author_id=author_id, made_at=now)
    session.add(revision)
    session.flush()
    return revision.id
