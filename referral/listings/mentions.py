"""Where others name people who are erased: rosters nobody took over yet, and workshops. Never commits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from index.folding import fold, fold_each
from referral import changes
from referral.errors import UsageError
from referral.listings.mapping import OWN_ID
from referral.listings.tables import Line, table_in
from referral.model import AuditEntry, Listing, Network, Practitioner, RosterFile, Workshop


@dataclass(slots=True)
class Named:
    """What people are named by."""

    names: set[frozenset[str]] = field(default_factory=set)
    """The words of each name, folded."""
    called: set[str] = field(default_factory=set)
    """Whole names, folded, with a space at either end."""
    marks: set[str] = field(default_factory=set)
    """Slugs, public ids and addresses, in lower case."""
    sources: set[str] = field(default_factory=set)
    """Network and the number it has for them: "imago-example:17"."""


def named(session: Session, listing_ids: Sequence[int], addresses: Iterable[str]) -> Named:
    """What these listings and their people are named by."""
    columns = select(Practitioner.name, Listing.slug, Listing.public_id, Listing.source).join(Practitioner)
    found = Named(marks={one.lower() for one in addresses})
    for name, slug, public_id, source in session.execute(columns.where(Listing.id.in_(listing_ids))):
        if folded := fold(name):
            found.names.add(frozenset(folded.split()))
            found.called.add(f" {folded} ")
        found.marks |= {slug.lower(), public_id.lower()}
        found.sources.add(source)
    return found


def forget(session: Session, people: Named, now: datetime) -> None:
    """Take away what names them, whoever wrote it; of a workshop only that they lead it. The caller commits."""
    files = session.execute(select(RosterFile, Network.slug).join(Network)).all()
    named_in = [file.id for file, slug in files if _in_file(file, slug, people)]
    session.execute(delete(RosterFile).where(RosterFile.id.in_(named_in)))
    _leave_out(session, people, now)


def _in_file(file: RosterFile, network: str, people: Named) -> bool:
    """Whether a line of a roster may be about one of them; of a file that cannot be read nobody knows."""
    try:
        lines = list(table_in(file.content, file.name).lines)
    except UsageError:
        return True
    cells = (" ".join(cell for cell in line.cells.values() if "@" not in cell) for line in lines)
    folded = fold_each([one.replace("\n", " ") for one in cells])
    words = [frozenset(one.split()) for one in folded]
    there = frozenset[str]().union(*words)
    names = [name for name in people.names if name <= there]
    return any(name <= one for name in names for one in words) or any(
        _in_line(line, f"{network}:", file.fields.get(OWN_ID, ""), people) for line in lines
    )


def _in_line(line: Line, key: str, numbers: str, people: Named) -> bool:
    """Whether one of its cells is their address or number."""
    if line.fault or key + line.cells.get(numbers, "") in people.sources:
        return True
    return not people.marks.isdisjoint(cell.lower() for cell in line.cells.values())


def _leave_out(session: Session, people: Named, now: datetime) -> None:
    """Take them off every workshop they lead, also of those that are over."""
    touched = [w for w in session.scalars(select(Workshop)) if any(_leads(one, people) for one in w.presenters)]
    for one in touched:
        one.presenters = [name for name in one.presenters if not _leads(name, people)]
        one.changed_at = now
        one.version += 1
        session.add(AuditEntry(at=now, action="workshop_changed", object=f"workshop:{one.public_id}"))
    if touched:
        session.flush()
        changes.record_content(session)


def _leads(presenter: str, people: Named) -> bool:
    """Whether the line that says who leads a workshop is one of them: by number, page or name."""
    last = presenter.lower().rstrip("/").rpartition("/")[2]
    return last in people.marks or any(name in f" {fold(presenter)} " for name in people.called)
