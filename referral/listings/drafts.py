"""What somebody typed into a section and has not saved: kept so that neither a lost line nor a lost session loses it.

One draft of a section is kept. Who typed without having seen it overwrites nothing and ends nothing: whoever has two
pages open is asked which words stay. The only writer of Draft. Never commits.
"""

import json
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

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

AT = "at"
"""The field with the moment something was typed, in milliseconds by the clock of its browser."""

PAGE = "page"
"""The field with the sign of the page it was typed into: one for each time a page was loaded."""

FOLLOWS = "follows"
"""The field with the mark of the draft that its page has shown; empty where there was none."""

_OF_FORM = ("csrf_token", "base", "begun", AT, PAGE, FOLLOWS)
"""Fields that nobody types."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What was typed, as it was sent."""

    section: str
    base: int
    """The listing's version the typing began from."""
    fields: tuple[tuple[str, str], ...]
    saved_at: datetime

    @property
    def mark(self) -> str:
        """Another one as soon as anything else is typed."""
        return sha256(json.dumps(_words(self.fields)).encode()).hexdigest()[:32]

    def is_known_to(self, fields: Fields) -> bool:
        """Whether the page that sends these has shown it, made it, or says the same."""
        told, mine = dict(fields), dict(self.fields)
        is_own = told.get(PAGE, "") != "" and told[PAGE] == mine.get(PAGE)
        return is_own or told.get(FOLLOWS) == self.mark or _words(fields) == _words(self.fields)


class Elsewhere(Exception):
    """Another page typed into the section, and the one that sends has not seen it."""

    def __init__(self, there: Kept) -> None:
        super().__init__(there.section)
        self.there = there


def _words(fields: Fields) -> list[list[str]]:
    """What was typed, without what the form says of itself."""
    return [[name, value] for name, value in fields if name not in _OF_FORM]


def keep(
    session: Session, listing_id: int, account_id: int, section: str, base: int, fields: Fields, now: datetime
) -> None:
    """Remember what was typed in the place of what was before. The caller commits.

    Raises Elsewhere where the page has not seen what was before, UsageError (413) for more than anybody types, and
    (404) where there is no listing any more.
    """
    typed = [[str(name), str(value)] for name, value in fields if name != FOLLOWS]
    if len(section) > SECTION or len(json.dumps(typed, ensure_ascii=False).encode(errors="replace")) > MOST_BYTES:
        raise UsageError(_("This is too long to be kept."), 413)
    there = select(Listing.id).where(Listing.id == listing_id).with_for_update()  # two pages come one after the other
    if session.scalar(there) is None:  # left for good meanwhile
        raise UsageError(_("There is no such listing."), 404)
    if not drop(session, listing_id, account_id, section, fields):
        raise Elsewhere(read(session, listing_id, account_id)[section])
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


def drop(session: Session, listing_id: int, account_id: int, section: str, fields: Fields) -> bool:
    """Forget what was typed into this section: it was saved, or given up, by the page that sends these fields.

    False where that page has not seen it: then it stays. The caller commits.
    """
    there = read(session, listing_id, account_id).get(section)
    if there is not None and not there.is_known_to(fields):
        return False
    mine = (Draft.listing_id == listing_id, Draft.account_id == account_id, Draft.section == section)
    session.execute(delete(Draft).where(*mine).execution_options(synchronize_session=False))
    return True


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
