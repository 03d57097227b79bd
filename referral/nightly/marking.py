"""What the calendar ended and the index was told of, once for each: marks in the audit log, known by a hash.

A mark of a day that has not come was made by a clock that ran ahead. It counts for nothing, and is taken back: what it
ended holds again, and is marked when its day truly passes.
"""

import hashlib
from collections.abc import Sequence

from sqlalchemy import select

from referral import db
from referral.listings.noting import note
from referral.listings.righting import tomorrow
from referral.model import AuditEntry, Listing
from referral.nightly.night import Night

NOT_YET = "not_yet"
"""In the audit log: that a mark was taken back, and the index was told."""

AT_ONCE = 500
"""Listings asked for in one statement."""

_WHAT = AuditEntry.detail["what"].as_string()


def key(*parts: object) -> str:
    """What something that ends is known by in the log, where nobody reads it."""
    return hashlib.sha256("-".join(map(str, parts)).encode()).hexdigest()[:16]


def known(night: Night, action: str) -> set[str]:
    """The keys of what is marked, after marks of days to come were taken back."""
    with db.reading(night.engine) as session:
        asked = select(_WHAT, AuditEntry.action, AuditEntry.at, AuditEntry.object).order_by(AuditEntry.id)
        rows = session.execute(asked.where(AuditEntry.action.in_((action, NOT_YET)))).all()
    last = {what: (made_by == action, at, thing) for what, made_by, at, thing in rows}
    marked = {what: (at, thing) for what, (is_mark, at, thing) in last.items() if is_mark}
    ahead = [(what, thing) for what, (at, thing) in marked.items() if at >= tomorrow(night.today)]
    for start in range(0, len(ahead), AT_ONCE):
        _take_back(night, ahead[start : start + AT_ONCE])
    return marked.keys() - {what for what, _thing in ahead}


def _take_back(night: Night, ahead: Sequence[tuple[str, str]]) -> None:
    """Say so of each whose listing is still there, and let every index make its document anew."""
    with db.writing(night.engine) as session:
        there = {thing.removeprefix("listing:") for _what, thing in ahead}
        found = session.execute(select(Listing.public_id, Listing.id).where(Listing.public_id.in_(there)))
        ids = {row.public_id: row.id for row in found}
        for what, thing in ahead:
            public_id = thing.removeprefix("listing:")
            if public_id in ids:
                note(session, NOT_YET, {ids[public_id]: public_id}, night.now, detail={"what": what})
        session.commit()
