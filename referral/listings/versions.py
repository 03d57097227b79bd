"""Which version of a listing an edit began from, and who gets the next one. Only `revisions` and `deciding` call it."""

from sqlalchemy import update
from sqlalchemy.orm import Session

from referral import model
from referral.errors import UsageError
from referral.listings import published
from referral.listings.published import Published
from referral.listings.writing import Kept, table_of
from referral.text import _


class Outdated(UsageError):
    """Somebody saved since this edit was begun; nothing was written."""

    def __init__(self, current: Published) -> None:
        super().__init__(_("This listing was changed since you began. Here are both versions."), 409)
        self.current = current
        """What is there now."""


def current(session: Session, listing_id: int, base: int) -> Published:
    """The listing as it is. Raises Outdated when `base` is not its version, UsageError when there is none."""
    there = [p for p in published.load_any(session, [listing_id]) if p.content.status != "removed"]
    if not there:
        raise UsageError(_("There is no such listing."), 404)
    if there[0].version != base:
        raise Outdated(there[0])
    return there[0]


def claim(session: Session, listing: Published) -> Kept:
    """Where the listing stands with the next version, which nobody else can take. Raises Outdated when somebody did."""
    table = table_of(model.Listing)
    ours = update(table).where(table.c.id == listing.id, table.c.version == listing.version)
    columns = (table.c.id, table.c.practitioner_id, table.c.public_id, table.c.version, table.c.held)
    row = session.execute(ours.values(version=listing.version + 1).returning(*columns)).one_or_none()
    if row is None:
        raise Outdated(published.load_any(session, [listing.id])[0])
    return Kept(*row)
