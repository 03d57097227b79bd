"""A roster that was sent, compared with the one that is kept: new, changed, gone. Writes nothing.

Whoever looks after a listing keeps it: of theirs a roster changes the papers alone. Who is no longer in the file is
only proposed to end, and who was a member once only proposed to be one again. What another network verified stays.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256

from sqlalchemy.orm import Session

from referral import changes, terms
from referral.coordinating import doubles, papers, standings
from referral.coordinating.columns import LABELS, ROSTER
from referral.coordinating.known import Members, bound
from referral.coordinating.scope import boxes_to_claim_by
from referral.coordinating.standings import OTHERS, Basis
from referral.coordinating.wording import in_words, uninvited
from referral.listings import imports, spared
from referral.listings.content import Answer, Content
from referral.listings.differences import Difference
from referral.listings.filing import under
from referral.listings.labels import PlaceNames, label, no_names
from referral.listings.mapping import OWN_ID
from referral.listings.placing import nobody
from referral.listings.published import Published
from referral.listings.report import Fault
from referral.listings.report import Row as Read
from referral.listings.tables import table_in
from referral.mail import Letterhead
from referral.mail.addressing import compared
from referral.model import Network, RosterFile
from referral.places.gazetteer import Gazetteer
from referral.text import _

STANDING = "standing"
"""A column of the files we write ourselves (`exports`): who is a member, and who has only applied."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the file that brings something."""

    line: int
    before: Published | None
    """None for somebody new."""
    after: Content
    joins: bool
    """Whether they become a member by it."""
    told: tuple[Difference, ...]
    """What it changes, field by field."""
    confirms: bool = False
    """Whether it is the word they asked or waited for: they get the letter of who is confirmed by hand."""
    appears: bool = False
    """Whether visitors see them by it: they agreed, and waited for their network."""
    waits: bool = False
    """Whether they are there, and not seen even then: they have not agreed so far."""

    @property
    def writes(self) -> bool:
        """Whether anything of the listing changes."""
        return self.before is None or self.before.content != self.after


@dataclass(frozen=True, slots=True)
class Gone:
    """A member who is not in the file."""

    public_id: str
    name: str


@dataclass(slots=True)
class Comparison:
    """What taking the file over would do."""

    file: str
    guess: str
    """Encoding and separator, as guessed."""
    columns: tuple[str, ...]
    fields: Mapping[str, str]
    new: list[Row] = field(default_factory=list)
    changed: list[Row] = field(default_factory=list)
    back: list[Row] = field(default_factory=list)
    """Of former members: done only for those who are ticked."""
    same: int = 0
    gone: list[Gone] = field(default_factory=list)
    bad: list[Fault] = field(default_factory=list)
    """With one of these, nothing is taken over."""
    remarks: list[Fault] = field(default_factory=list)
    digest: str = ""
    """Of the file and everything above."""
    basis: Basis | None = None
    """What it was made from; None where the names were not found."""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to take over."""
        return not (self.new or self.changed or self.back or self.gone)


def compare(
    session: Session,
    network: Network,
    file: RosterFile,
    own: int | None,
    gazetteer: Gazetteer | None,
    today: date,
    names: PlaceNames = no_names,
    head: Letterhead | None = None,
) -> Comparison:
    """What the file would change; `own` is the number of the coordinator's own listing. Writes nothing.

    With a `head` it is remarked who is new and not written to, because they said so.
    Raises UsageError when the file as a whole cannot be read.
    """
    table = table_in(file.content, file.name)
    lines = list(table.lines)
    fields = {name: file.fields[name] for name in LABELS if name in file.fields}
    found = Comparison(file.name, table.guess, tuple(c for c in table.columns if c), fields)
    if "name" not in fields:
        found.bad.append(Fault(1, "", _("Say which column holds the names.")))
        return found
    members = Members(session, network, today, numbered=OWN_ID in fields)
    members.sender = boxes_to_claim_by(session, file.account_id)
    members.asking = frozenset(line.number for line in lines if line.cells.get(STANDING) == "applied")
    members.hear(
        line.cells.get(fields[name], "") for name in ("name", "email", "public_id") if name in fields for line in lines
    )
    nearest, locate = (gazetteer.nearest if gazetteer else nobody), imports.locator(gazetteer)
    read = imports.read_table(
        replace(table, lines=iter(lines)),
        file.name,
        fields,
        members.key,
        members,
        nearest,
        locate=locate,
        readers=ROSTER,
    )
    found.bad, found.remarks = read.bad, read.remarks
    if not lines:
        found.bad.append(Fault(1, "", _("There is nobody in this file, only the line that names the columns.")))
    strange = members.elsewhere(row.content.email for row in read.rows if not row.content.public_id)
    for row in read.rows:
        _sort(found, row, members, network, own, strange, today, names)
    found.remarks += doubles.in_the_file(read.rows, {row.line for row in found.new})
    if head is not None:
        found.remarks += uninvited(session, [(row.line, row.after) for row in found.new], head)
    found.gone = _gone(members, read.rows, own)
    found.digest = _digest(file, found)
    found.basis = _basis(session, network, file, members, read.rows, strange)
    return found


def _basis(
    session: Session,
    network: Network,
    file: RosterFile,
    members: Members,
    rows: Iterable[Read],
    strange: frozenset[str],
) -> Basis:
    return Basis(
        seq=changes.latest(session),
        file=standings.file_mark(file, network),
        people=frozenset(members.people),
        claimed=members.claimed,
        addresses=frozenset(row.content.email for row in rows if not row.content.public_id),
        strange=strange,
        sender=members.sender,
    )


def _sort(
    found: Comparison,
    row: Read,
    members: Members,
    network: Network,
    own: int | None,
    strange: Collection[str],
    today: date,
    names: PlaceNames,
) -> None:
    """Say of one row whether it is new, changed, the same, bad, or left out."""
    before = members.of(row.content)
    if before is None and row.content.public_id:
        found.bad.append(Fault(row.line, found.fields["public_id"], _("There is nobody with this number among yours.")))
    elif before is None and compared(row.content.email) in strange:
        said = _("Somebody with this address is listed already, but not on your roster. The line is left out.")
        found.remarks.append(Fault(row.line, found.fields["email"], said))
    elif (before is not None and before.id == own) or members.is_sender(row.content, before):
        found.same += 1
        found.remarks.append(Fault(row.line, "", _("This is yourself: another coordinator of your network does that.")))
    elif before is not None and (why := _barred(members, before)):
        found.remarks.append(Fault(row.line, "", why))
    else:
        _told(found, _row(found, row, before, members, network, today, names), members)


def _barred(members: Members, there: Published) -> str:
    """Why a row changes nothing of somebody who is no member now; empty when it may."""
    standing, name = members.standing[there.id], there.content.name
    if standing == "former" and there.id in members.bound:
        return bound(name)
    if standing == OTHERS:
        return _("{name} is listed already, but not on your roster. The line is left out.").format(name=name)
    return ""


def _told(found: Comparison, row: Row, members: Members) -> None:
    if row.before is None:
        found.new.append(row)
    elif members.standing[row.before.id] == "former":
        found.back.append(row)
    elif row.joins or row.writes or row.appears:
        found.changed.append(row)
    else:
        found.same += 1


def _row(
    found: Comparison,
    row: Read,
    before: Published | None,
    members: Members,
    network: Network,
    today: date,
    names: PlaceNames,
) -> Row:
    old = before.content if before is not None else None
    asked = _settled(found, row, old, network.name, today)
    after = asked
    if before is not None and old is not None:
        after = replace(asked, source=old.source)
        if before.id in members.claimed:
            after = spared.kept(old, asked)
            found.remarks += spared.remarked(row.line, asked, after)
    told = tuple(in_words(old, after, names))
    if before is None:
        return Row(row.line, before, after, True, told)
    standing, joins = members.standing[before.id], _joins(found, row, before, members)
    pending = before.content.status == "pending" and (joins or standing == "member")
    appears = pending and before.content.consented_on is not None
    confirms = appears or (joins and standing == "applied")
    return Row(row.line, before, after, joins, told, confirms, appears, pending and not appears)


def _joins(found: Comparison, row: Read, before: Published, members: Members) -> bool:
    """Whether somebody who is there becomes a member by the row: not while it says itself that they only asked to."""
    standing = members.standing[before.id]
    if standing != "applied" or row.line not in members.asking:
        return standing != "member"
    said = _("{name} has applied, and so says the line. Confirm them on the roster.")
    found.remarks.append(Fault(row.line, STANDING, said.format(name=before.content.name)))
    return False


def _settled(found: Comparison, row: Read, before: Content | None, verifier: str, today: date) -> Content:
    """The content of the row with its papers settled; says which papers another network's word keeps."""
    told = papers.settled(row.content.credentials, before.credentials if before else (), verifier, today)
    for one in told.kept:
        said = _("{name}: “{paper}”, verified by {network}, is left as it is.")
        said = said.format(name=row.content.name, paper=label("credential", one.level), network=one.verified_by)
        found.remarks.append(Fault(row.line, "", said))
    content = replace(row.content, credentials=told.held, sort_name=under(row.content, before))
    return content if content.chosen("track") else replace(content, terms=(*content.terms, _track(content)))


def _track(content: Content) -> Answer:
    """A facilitator is never called a therapist: which of both they are follows from their training."""
    levels = (terms.term("credential", one.level) for one in content.credentials)
    return Answer("track", next((level.track for level in levels if level is not None and level.track), "clinical"))


def _gone(members: Members, rows: Sequence[Read], own: int | None) -> list[Gone]:
    seen = {there.id for row in rows if (there := members.of(row.content)) is not None}
    others = (one for one in members.there.values() if one.id != own and not members.is_sender(one.content, one))
    left = (one for one in others if one.id not in seen)
    lost = [Gone(one.public_id, one.content.name) for one in left if members.standing[one.id] == "member"]
    return sorted(lost, key=lambda one: (one.name.lower(), one.public_id))


def _digest(file: RosterFile, found: Comparison) -> str:
    made = sha256(file.content)
    for part in _parts(found):
        made.update(b"\x00" + part.encode())
    return made.hexdigest()


def _parts(found: Comparison) -> Iterator[str]:
    yield repr(sorted(found.fields.items()))
    for row in (*found.new, *found.changed, *found.back):
        version = row.before.version if row.before is not None else 0
        yield f"{row.line} {version} {row.joins} {row.appears} {row.after!r}"
    yield from (f"gone {one.public_id}" for one in found.gone)
    yield from (f"bad {one}" for one in found.bad)
