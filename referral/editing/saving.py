"""What saving a section does: the form is read and checked, then handed to `revisions`. The caller commits."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral.editing.fields import SectionForm
from referral.editing.reading import Wrong, filled, read, said
from referral.editing.sections import Section
from referral.errors import UsageError
from referral.listings import attestations, drafts, published, revisions
from referral.listings.checks import checked
from referral.listings.content import Content
from referral.listings.differences import Difference, Telling, unpinned
from referral.listings.published import Published
from referral.model import Listing, Revision
from referral.model.practitioner import PUBLIC_STATUSES
from referral.places.gazetteer import Gazetteer
from referral.text import _

BEGUN = "begun"
"""The field of a form with the mark of what its section said when the page was made."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a section that was saved, or why it was not."""

    form: SectionForm
    done: revisions.Submitted | None = None
    wrong: Wrong = ()
    conflict: tuple[Difference, ...] = ()
    """Somebody saved meanwhile: what stands there now, and what was typed."""


@dataclass(frozen=True, slots=True)
class Waits:
    """What waits for a moderator, in words."""

    revision_id: int
    since: datetime
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Clock:
    """Until when a listing stands as it is."""

    held: bool
    """Taken down by a moderator."""
    paused_until: date | None
    attested_on: date | None
    due_on: date | None
    """When it is marked as not confirmed."""


def save(
    session: Session,
    listing_id: int,
    section: Section,
    typed: Sequence[tuple[str, str]],
    base: int,
    account_id: int,
    places: Gazetteer,
    told: Telling,
    now: datetime,
) -> Saved:
    """Save what was typed, on the version it was begun from; the draft of the section that it shows is over then.

    Where the section says what it said then, whatever changed beside it is no conflict; nor is what nobody could read
    a difference in.
    """
    listing = seen(session, listing_id)
    begun = wanted(session, listing)
    if dict(typed).get(BEGUN) == said(section, begun):
        base = listing.version
    form = filled(section, begun, typed)
    content, wrong = read(form, begun, places, now.date())
    if content is None:
        return Saved(form, wrong=wrong)
    try:
        content = replace(content, partner=_partner(session, content.partner, listing))
    except UsageError as error:
        form["partner"].errors = [error.text]
        return Saved(form, wrong=((form["partner"].id, error.text),))
    try:
        done = revisions.submit(session, listing.id, content, base, account_id, now, whole=True)
    except revisions.Outdated as late:
        there = wanted(session, late.current)
        mine = checked(replace(form.applied(there, places, now.date()), partner=content.partner))
        if conflict := tuple(told(there, mine)):
            return Saved(form, conflict=conflict)
        done = revisions.submit(session, listing.id, mine, late.current.version, account_id, now, whole=True)
    drafts.drop(session, listing.id, account_id, section.id, typed)
    return Saved(form, done)


def _partner(session: Session, typed: str, listing: Published) -> str:
    """The public id of a listing, by that or by the address of its page; empty for none.

    Raises UsageError when visitors see no such listing and none names this one, or it is their own.
    """
    if typed in ("", listing.content.partner):
        return typed
    slug = urlsplit(typed).path.rstrip("/").rpartition("/")[2]
    if slug in (listing.slug, listing.public_id):
        raise UsageError(_("This is your own page. Name that of the person you work together with."))
    called = (Listing.slug == slug) | (Listing.public_id == slug)
    known = Listing.status.in_(PUBLIC_STATUSES) | (Listing.partner_listing_id == listing.id)
    public_id = session.scalar(select(Listing.public_id).where(called, known))
    if public_id is None:
        raise UsageError(_("We do not know that page. Copy its address from your browser."))
    return str(public_id)


def slug_of(session: Session, public_id: str) -> str:
    """The name in the address of this listing's page; empty when there is no such listing."""
    slug = session.scalar(select(Listing.slug).where(Listing.public_id == public_id)) if public_id else None
    return str(slug or "")


def seen(session: Session, listing_id: int) -> Published:
    """The listing, public or not, as it stands now. Raises UsageError, 404, when it was left for good meanwhile."""
    for one in published.load_any(session, [listing_id]):
        return one
    raise UsageError(_("There is no such listing."), 404)


def wanted(session: Session, listing: Published) -> Content:
    """The listing with what waits: what its therapist last asked for, and goes on from."""
    waiting = revisions.waiting(session, listing.id)
    return waiting.content if waiting else listing.content


def waits(session: Session, listing_id: int, told: Telling) -> Waits | None:
    """What waits for a moderator; None when nothing does."""
    found = revisions.waiting(session, listing_id)
    if found is None:
        return None
    sides = (unpinned(found.current), unpinned(found.content))
    return Waits(found.revision_id, found.since, tuple(told(*sides)))


def returned(session: Session, listing_id: int, now: datetime) -> str:
    """Why a moderator sent back what was asked for last, in the last month; empty when it was not.

    Why a whole new listing was sent back is said as long as it stands as it was, by `listings.returning`.
    """
    asked = Revision.state.in_(("proposed", "returned", "withdrawn")) | Revision.decided_by_id.is_not(None)
    whole = (Revision.state == "returned") & Revision.version.is_not(None)
    mine = select(Revision).where(Revision.listing_id == listing_id, asked, ~whole).order_by(Revision.id.desc())
    last = session.scalar(mine.limit(1))
    if last is None or last.state != "returned" or last.decided_at is None or last.decided_at < now - timedelta(30):
        return ""
    return last.reason


def clock(session: Session, listing_id: int) -> Clock:
    """Until when the listing stands as it is."""
    row = session.get_one(Listing, listing_id)
    said = row.attested_on
    due = attestations.marked_on(attestations.counted_from(said, row.next_due)) if said else None
    return Clock(row.held, row.paused_until, row.attested_on, due)


def listing_of(session: Session, revision_id: int) -> int | None:
    """The listing a revision is of; None when there is no such revision."""
    found: int | None = session.scalar(select(Revision.listing_id).where(Revision.id == revision_id))
    return found
