"""Where others name people who are erased: drafts, rosters nobody took over yet, and workshops. Never commits.

A number, the address of a page and a letter box are one person's alone. A name is not: whoever calls themselves by a
word that others write could take those words away by leaving. So a name counts only whole, with two words at least, and
where the person was known by it: in a workshop of a network that had them on its roster, in a waiting roster once they
were listed. Who was listed and leads another network's workshop as a guest goes from there as well, unless somebody
else who is listed bears the name; its coordinators hear of it, and put a namesake back.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from index.folding import fold, fold_each
from referral import changes, mail
from referral.db import lowered
from referral.errors import UsageError
from referral.listings import drafts
from referral.listings.mapping import OWN_ID
from referral.listings.tables import Line, table_in
from referral.model import Account, AuditEntry, Listing, Membership, Network, Practitioner, RosterFile, Workshop
from referral.model.network import APPLIED

NEVER_SEEN = ("draft", "pending")
"""As one of these a listing stands that nobody but its therapist ever saw."""

_AFTER = re.compile("[,(]")
"""Begins what stands after a name: "Ada Example, LMFT"."""

ALONE = ("name", "")
"""Columns of a roster a name may stand in: beside the name's own those that are not used, such as a family name's."""


@dataclass(slots=True)
class Named:
    """What people are named by."""

    names: set[frozenset[str]] = field(default_factory=set)
    """The words of the names of who was listed or on a roster, folded; two at least."""
    known: defaultdict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Network -> the whole names of who stands or stood on its roster, folded, with a space at either end."""
    listed: set[str] = field(default_factory=set)
    """The whole names that visitors may have seen, folded; but of who is invented."""
    marks: set[str] = field(default_factory=set)
    """Public ids and addresses, in lower case."""
    slugs: set[str] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)
    """Network and the number it has for them: "imago-example:17"."""
    public_ids: set[str] = field(default_factory=set)


def named(session: Session, listing_ids: Sequence[int], addresses: Iterable[str]) -> Named:
    """What these listings and their people are named by."""
    seen = Listing.status.not_in(NEVER_SEEN)
    columns = select(
        Practitioner.name, Listing.slug, Listing.public_id, Listing.source, seen, Practitioner.demonstration
    )
    found = Named(marks={one.lower() for one in addresses})
    for name, slug, public_id, source, was_seen, invented in session.execute(
        columns.join(Practitioner, Practitioner.id == Listing.practitioner_id).where(Listing.id.in_(listing_ids))
    ):
        words = frozenset(fold(name).split())
        if len(words) > 1 and was_seen:
            found.names.add(words)
            found.listed |= set() if invented else {fold(name)}
        found.marks.add(public_id.lower())
        found.public_ids.add(public_id)
        found.slugs.add(slug)
        found.sources.add(source)
    _known(session, listing_ids, found)
    return found


def _known(session: Session, listing_ids: Sequence[int], people: Named) -> None:
    joined = select(Membership.network_id, Practitioner.name).join(
        Practitioner, Practitioner.id == Membership.practitioner_id
    )
    mine = joined.join(Listing, Listing.practitioner_id == Practitioner.id).where(Listing.id.in_(listing_ids))
    for network_id, name in session.execute(mine.where(Membership.kind != APPLIED)):
        if " " in (folded := fold(name)):
            people.known[network_id].add(f" {folded} ")
            people.names.add(frozenset(folded.split()))


def forget(session: Session, people: Named, now: datetime) -> None:
    """Take away what names them, whoever wrote it; of a workshop only that they lead it. The caller commits."""
    drafts.forget(session, people.public_ids, people.slugs)
    waiting = session.execute(select(RosterFile.id, Network.slug).join(Network)).all()
    for id, slug in waiting:
        if _in_file(session.get_one(RosterFile, id), slug, people):
            session.execute(delete(RosterFile).where(RosterFile.id == id))
    _leave_out(session, people, now)


def _in_file(file: RosterFile, network: str, people: Named) -> bool:
    """Whether a line of a roster may be about one of them; of a file that cannot be read nobody knows."""
    try:
        lines = list(table_in(file.content, file.name).lines)
    except UsageError:
        return True
    field_of = {column: name for name, column in file.fields.items()}
    cells = (
        " ".join(cell for column, cell in line.cells.items() if field_of.get(column, "") in ALONE) for line in lines
    )
    words = [frozenset(one.split()) for one in fold_each([one.replace("\n", " ") for one in cells])]
    there = frozenset[str]().union(*words)
    names = [name for name in people.names if name <= there]
    return any(name <= one for name in names for one in words) or any(
        _in_line(line, f"{network}:", file.fields.get(OWN_ID, ""), people) for line in lines
    )


def _in_line(line: Line, key: str, numbers: str, people: Named) -> bool:
    """Whether one of its cells is their address, number or page."""
    if line.fault or key + line.cells.get(numbers, "") in people.sources:
        return True
    return any(cell.lower() in people.marks or page_of(cell) in people.slugs for cell in line.cells.values())


def page_of(text: str) -> str:
    """The slug of the page that the text is the address of; empty when it is none."""
    found = re.search(r"/therapists/([a-z0-9-]+)/?$", text.strip().lower())
    return found[1] if found else ""


def _leave_out(session: Session, people: Named, now: datetime) -> None:
    """Take them off every workshop they lead, also of those that are over."""
    told: dict[str, Workshop] = {}
    for one in session.scalars(select(Workshop).order_by(Workshop.starts_at)).all():
        known = people.known.get(one.network_id or 0, set[str]())
        left = [name for name in one.presenters if not _leads(name, known, people)]
        guests = {name for name in left if _as_guest(session, name, people)}
        if left == one.presenters and not guests:
            continue
        if guests and one.withdrawn_at is None and one.ends_at > now:
            told.setdefault(one.series or one.public_id, one)
        one.presenters, one.changed_at = [name for name in left if name not in guests], now
        one.version += 1
        session.add(AuditEntry(at=now, action="workshop_changed", object=f"workshop:{one.public_id}"))
        session.flush()
        changes.record_content(session)
    mail.post_all(session, [wish for one in told.values() for wish in _letters(session, one)], now)


def _leads(presenter: str, known: Iterable[str], people: Named) -> bool:
    """Whether the line that says who leads a workshop is one of them: by number, page, or a name `known` there."""
    if presenter.strip().lower() in people.marks or page_of(presenter) in people.slugs:
        return True
    return any(name in f" {fold(presenter)} " for name in known)


def _as_guest(session: Session, presenter: str, people: Named) -> bool:
    """Whether the line, but for what stands after the name, is one of theirs and of nobody else who is listed."""
    typed = _AFTER.split(presenter)[0].strip()
    if " " not in typed or fold(typed) not in people.listed:
        return False
    others = select(Practitioner.id).join(Listing).where(Listing.public_id.not_in(people.public_ids))
    alike = (lowered(Practitioner.name) == typed.lower(), Listing.status.not_in(NEVER_SEEN))
    return session.scalar(others.where(*alike).limit(1)) is None


def _letters(session: Session, workshop: Workshop) -> Iterator[mail.Wish]:
    """To the coordinators of its network: the name itself is not said, it was erased."""
    slug = session.scalar(select(Network.slug).where(Network.id == workshop.network_id))
    for one in session.scalars(select(Account).where(Account.role == "coordinator", Account.active)):
        if slug in one.networks:
            day = workshop.starts_at.astimezone(ZoneInfo(workshop.time_zone)).date()
            values = {"workshop": workshop.title, "day": day}
            yield mail.Wish(one.email, "presenter_gone", values, one.language, account_id=one.id)
