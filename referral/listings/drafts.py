"""What somebody typed into a section and has not saved: kept so that neither a lost line nor a lost session loses it.

The only writer of Draft. Never commits.
"""

import json
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from referral.errors import UsageError
from referral.listings.portraits import parts
from referral.model import Draft, Listing
from referral.text import _

MOST_BYTES = 64 * 1024
"""The size of one draft, with the names of its fields."""

MOST_SECTIONS = 20
"""Drafts of one account on one listing."""

PARTNER = "partner-partner"
"""The field that asks for the page of the person one works together with."""

SECTION = 40
"""The longest name of a section, in characters."""

Fields = Sequence[tuple[str, str]]
"""(name, value) of every field of the form, in its order."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What was typed, as it was sent."""

    section: str
    base: int
    """The listing's version the typing began from."""
    fields: tuple[tuple[str, str], ...]
    saved_at: datetime


def keep(
    session: Session, listing_id: int, account_id: int, section: str, base: int, fields: Fields, now: datetime
) -> None:
    """Remember what was typed in the place of what was before. The caller commits.

    Raises UsageError (413) for more than anybody types, and (404) where there is no listing any more.
    """
    typed = [[str(name), str(value)] for name, value in fields]
    if len(section) > SECTION or len(json.dumps(typed, ensure_ascii=False).encode(errors="replace")) > MOST_BYTES:
        raise UsageError(_("This is too long to be kept."), 413)
    if session.scalar(select(Listing.id).where(Listing.id == listing_id)) is None:  # left for good meanwhile
        raise UsageError(_("There is no such listing."), 404)
    drop(session, listing_id, account_id, section)
    if _count(session, listing_id, account_id) >= MOST_SECTIONS:
        raise UsageError(_("There are too many unsaved sections."), 413)
    row = {"section": section, "base": base, "fields": typed, "saved_at": now}
    session.execute(insert(Draft).values(listing_id=listing_id, account_id=account_id, **row))


def read(session: Session, listing_id: int, account_id: int) -> dict[str, Kept]:
    """Section -> what was typed into it and not saved."""
    mine = select(Draft).where(Draft.listing_id == listing_id, Draft.account_id == account_id).order_by(Draft.section)
    rows = session.scalars(mine.execution_options(populate_existing=True))
    return {r.section: Kept(r.section, r.base, tuple((n, v) for n, v in r.fields), r.saved_at) for r in rows}


def photos(session: Session) -> set[str]:
    """The names of the photos that somebody chose and has not saved."""
    return {value for fields in session.scalars(select(Draft.fields)) for _name, value in fields if parts(value)}


def drop(session: Session, listing_id: int, account_id: int, section: str) -> None:
    """Forget what was typed into this section: it was saved, or given up. The caller commits."""
    mine = (Draft.listing_id == listing_id, Draft.account_id == account_id, Draft.section == section)
    session.execute(delete(Draft).where(*mine).execution_options(synchronize_session=False))


def forget(session: Session, public_ids: Collection[str], slugs: Collection[str]) -> None:
    """Leave out what names the people with these public ids and pages: they are being erased. The caller commits.

    All else that was typed stays. A slug alone names nobody but where a page is asked for: "couples" may be one.
    """
    if not public_ids:
        return
    any_id, any_slug = ("|".join(map(re.escape, some)) for some in (public_ids, slugs))
    address = rf"\S*/therapists/(?:{any_slug})(?![\w-])\S*"
    named = re.compile(rf"{address}|(?<![\w-])(?:{any_id})(?![\w-])", re.IGNORECASE)
    partner = re.compile(rf"{named.pattern}|^\s*(?:{any_slug})\s*$", re.IGNORECASE)
    for id, fields in session.execute(select(Draft.id, Draft.fields)).all():
        left = [[name, (partner if name == PARTNER else named).sub("", value)] for name, value in fields]
        if left == [list(one) for one in fields]:
            continue
        if not any(value.strip() for _name, value in left):
            session.execute(delete(Draft).where(Draft.id == id))
        else:
            session.execute(update(Draft).where(Draft.id == id).values(fields=left))


def _count(session: Session, listing_id: int, account_id: int) -> int:
    mine = select(func.count()).where(Draft.listing_id == listing_id, Draft.account_id == account_id)
    return session.scalar(mine) or 0
