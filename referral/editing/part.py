"""One section as the page shows it: untouched, with a draft, or with what was just sent and not saved. Pure."""

from dataclasses import dataclass
from datetime import datetime

from referral.editing import reading, saving
from referral.editing.fields import SectionForm
from referral.editing.sections import Section
from referral.listings import drafts
from referral.listings.content import Content
from referral.listings.published import Published


@dataclass(frozen=True, slots=True)
class Part:
    """One section as the page shows it."""

    section: Section
    form: SectionForm
    base: int
    """The version its typing began from."""
    begun: str
    """The mark of what the section said then."""
    open: bool
    drafted: datetime | None = None
    typed: bool = False
    """Whether it shows what was just sent, and not saved."""
    follows: str = ""
    """The mark of the draft it shows, or showed; empty for none."""
    page: str = ""
    """The sign of the page that the draft was typed into."""
    at: str = ""
    """When that was, by the clock of its browser: what its tab holds may be older, or newer."""


def untouched(section: Section, form: SectionForm, listing: Published, wanted: Content, is_open: bool) -> Part:
    """What the listing says."""
    return Part(section, form, listing.version, reading.said(section, wanted), is_open)


def drafted(section: Section, wanted: Content, kept: drafts.Kept, is_other: bool, is_open: bool) -> Part:
    """What was typed before, and not saved; nothing is said of it unless it `is_other` than what the listing says."""
    begun, at, page = (dict(kept.fields).get(name, "") for name in (saving.BEGUN, drafts.AT, drafts.PAGE))
    form = reading.filled(section, wanted, kept.fields)
    told = kept.saved_at if is_other else None
    return Part(section, form, kept.base, begun, is_other or is_open, told, follows=kept.mark, page=page, at=at)


def typed(
    section: Section,
    form: SectionForm,
    listing: Published,
    wanted: Content,
    kept: drafts.Kept | None,
    sent: drafts.Fields,
    base: int | None,
) -> Part:
    """What was just sent. It is still begun from what its page said with this `base`, else from what is there now."""
    told = dict(sent)
    begun = (listing.version, reading.said(section, wanted)) if base is None else (base, told.get(saving.BEGUN, ""))
    follows = kept.mark if kept is not None and kept.is_known_to(sent) else told.get(drafts.FOLLOWS, "")
    return Part(section, form, *begun, open=True, typed=True, follows=follows)
