"""Listings from a table somebody else keeps: read row by row, compared with what is there, published all or not at all.

Repeating an import updates: a row is known again by its source (the network or file, and its own number there, else its
name and point), by its public id, or by name and e-mail address when no row names that place any more. What the file
has no column for stays as it is, and so does what their therapist keeps. Nobody is made public by an import unless the
caller or a column of the file says so.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from hashlib import blake2b
from itertools import islice
from pathlib import Path

from sqlalchemy.orm import Session

from index.folding import fold
from referral.errors import UsageError
from referral.listings import faults, partners, revisions
from referral.listings.checks import checked
from referral.listings.columns import COLUMNS, Read, Write
from referral.listings.consenting import agreed
from referral.listings.content import Content
from referral.listings.known import Known
from referral.listings.mapping import OWN_ID, columns
from referral.listings.moving import resettled, staying
from referral.listings.pinpointing import FARTHEST
from referral.listings.placing import Locate, Nearest, Remark, nobody, nowhere, placed, pointed
from referral.listings.report import Fault, Report, Row
from referral.listings.spared import spare
from referral.listings.tables import Line, Table, open_table
from referral.mail import Letterhead
from referral.places.distance import km
from referral.places.gazetteer import Gazetteer
from referral.places.types import Place
from referral.text import _

Step = Callable[[str, int, int], object]
"""Called with (what is being done, how much is done, how much there is; 0 when nobody knows)."""

_CHUNK = 500
_FEW, _MANY = 6, 40
"""Places of one name that are looked at; many when it has to be that of one region, or near a point."""
_FORGIVEN = ("phone",)
"""Fields that are left out, and said to be, when they cannot be read; any other fault makes the row a bad one."""


def run(
    session: Session,
    path: Path,
    mapping: str,
    network: str,
    gazetteer: Gazetteer | None,
    now: datetime,
    head: Letterhead,
    dry_run: bool = False,
    step: Step | None = None,
    consent: str = "",
) -> Report:
    """Read the file and, when no row is bad and it is no dry run, publish what is new or changed. The caller commits.

    Who gains or loses the person they work together with by it, and looks after their own listing, is told so.
    Whoever has not agreed waits, unless `consent` says why they may be shown all the same: it is kept in the audit log.
    `mapping` as in `mapping.columns`.
    Raises UsageError when the file as a whole cannot be read.
    """
    key = f"{network or path.stem}:"
    known = Known(session, key)
    nearest = gazetteer.nearest if gazetteer else nobody
    report = read(path, mapping, key, known, nearest, step, locate=locator(gazetteer))
    _not_ahead(report, now.date())
    agreed(report, known.content, consent)
    spare(session, report, known)
    report.dry_run = dry_run
    wanted = known.sort(report)
    if report.done:
        reason = f"import {path.name}" + (f", shown because: {consent}" if consent else "")
        with partners.told(session, known.numbers(wanted), now, head) as concerned:
            concerned |= {*revisions.publish(session, wanted, now, reason)}
    return report


_SAID_ON = ("consented_on", "attested_on", "new_clients_confirmed_on")
"""Days on which somebody said something: none of them can lie ahead."""


def _not_ahead(report: Report, today: date) -> None:
    """Make rows with such a day to come bad ones: believed, it would keep the clock from asking until then.

    The day of who is further east than UTC may be tomorrow already.
    """
    for row in report.rows:
        for name in _SAID_ON:
            said = getattr(row.content, name)
            if said is not None and said > today + timedelta(1):
                fault = _("{day} is a day to come. Is the year right?").format(day=said.isoformat())
                report.bad.append(Fault(row.line, name, fault))


def read(
    path: Path,
    mapping: str,
    key: str,
    known: Known,
    nearest: Nearest = nobody,
    step: Step | None = None,
    status: str = "pending",
    locate: Locate = nowhere,
) -> Report:
    """Every row of the file as a content or a fault; writes nothing. `key` begins the source of each row."""
    table = open_table(path)
    fields = columns(mapping, table.columns)
    report = read_table(table, path.name, fields, key, known, nearest, step, status, locate)
    if not mapping.strip():
        report.guessed = tuple(f"{field}={column}" for field, column in fields.items() if column.lower() != field)
    return report


def read_table(
    table: Table,
    name: str,
    fields: Mapping[str, str],
    key: str,
    known: Known,
    nearest: Nearest = nobody,
    step: Step | None = None,
    status: str = "pending",
    locate: Locate = nowhere,
    readers: Mapping[str, tuple[Read, Write]] = COLUMNS,
) -> Report:
    """The same of an open table: `fields` is field -> its column, `readers` what a cell of each field changes."""
    unused = tuple(c for c in table.columns if c and c not in fields.values())
    report = Report(name, table.guess, unused=unused)
    reading = _Reading(report, fields, key, known, nearest, status, locate, readers)
    done = 0
    for some in _chunks(table.lines):
        known.look_ahead(line.cells.get(fields.get("public_id", ""), "") for line in some)
        for line in some:
            reading.take(line)
        done += len(some)
        if step:
            step(_("Reading"), done, 0)
    reading.finish()
    return reading.report


def locator(gazetteer: Gazetteer | None) -> Locate:
    """How `gazetteer` looks up a town: only exactly as it is written, and only in its country."""
    if gazetteer is None:
        return nowhere

    @lru_cache(maxsize=10_000)
    def locate(line: str, country: str, near: Place | None = None, /) -> Place | None:
        name, _comma, code = line.rpartition(", ")
        wanted = code if name and code.startswith(f"{country}-") else ""
        found = gazetteer.find(name if wanted else line, country=country, limit=_MANY if wanted or near else _FEW)
        sure = (f.place for f in found if f.place.country == country and f.match in ("exact", "qualifier", "postcode"))
        fits = (place for place in sure if not wanted or place.region_code == wanted)
        return next((p for p in fits if near is None or km(near.lat, near.lon, p.lat, p.lon) <= FARTHEST), None)

    return locate


def _chunks(lines: Iterable[Line]) -> Iterator[list[Line]]:
    stream = iter(lines)
    while some := list(islice(stream, _CHUNK)):
        yield some


@dataclass(frozen=True, slots=True)
class _Reading:
    """One file on its way into a report."""

    report: Report
    fields: Mapping[str, str]
    key: str
    known: Known
    nearest: Nearest
    status: str
    locate: Locate
    readers: Mapping[str, tuple[Read, Write]]
    taken: dict[str, int] = field(default_factory=dict)
    """Source or public id -> the line it stands on."""
    moved: list[tuple[Line, Content]] = field(default_factory=list)
    """Rows of people who may stand elsewhere by now; whether a row says where they were is known at the end."""

    def take(self, line: Line) -> None:
        """Add the row to the report, or its faults."""
        if line.fault:
            self._bad(line, "", line.fault)
            return
        own, wrong = self._filled(Content("", status=self.status), line, told=True)
        own = replace(own, source=own.source or self._source(own, line))
        base = self.known.content(own)
        waits = base is None and self.known.who_moved(own, ()) and not line.cells.get(self.fields.get(OWN_ID, ""))
        if wrong:
            self._further(line, own, wrong, is_new=base is None and not waits)
        elif waits:
            self.moved.append((line, own))
        else:
            self._settle(line, own, base)

    def finish(self) -> None:
        """Add the rows that waited for all others to be read."""
        for line, own in self.moved:
            self._settle(line, own, self.known.who_moved(own, self.taken))

    def _settle(self, line: Line, own: Content, base: Content | None) -> None:
        if base is not None:
            filled, wrong = self._filled(base, line)
            told = resettled(own if wrong else filled, own, base, self.locate)
            own = replace(told, public_id=base.public_id, source=own.source or base.source)
        self._keep(line, own, base)

    def _source(self, own: Content, line: Line) -> str:
        """Where the row comes from; nothing for one that names a listing of ours."""
        return "" if own.public_id else self.key + (line.cells.get(self.fields.get(OWN_ID, "")) or _own_key(own))

    def _filled(self, base: Content, line: Line, told: bool = False) -> tuple[Content, set[str]]:
        """`base` with every mapped cell of the row, and the fields that cannot be read. They are noted if `told`."""
        content, wrong = base, set[str]()
        for name, cell in self._cells(line).items():
            try:
                content = self.readers[name][0](content, cell)
            except UsageError as error:
                follows = isinstance(error, faults.Dependent) and error.on in wrong
                if name not in _FORGIVEN:
                    wrong.add(name)
                if told and not follows:
                    self._say(line.number, self.fields[name], error.text, name in _FORGIVEN)
        return content, wrong

    def _cells(self, line: Line) -> dict[str, str]:
        """Field -> its cell of the row."""
        return {name: line.cells.get(column, "") for name, column in self.fields.items() if name != OWN_ID}

    def _further(self, line: Line, own: Content, wrong: set[str], *, is_new: bool) -> None:
        """Tell what else is wrong with a row whose `wrong` fields have been told."""
        if is_new and "country" not in wrong and faults.is_nowhere(own):
            self._bad(line, self.fields.get("country", ""), _("The country is missing."))
        told = [fault.reason for fault in self.report.bad if fault.line == line.number]
        for name, text in faults.further(
            self._cells(line), self.readers, wrong, told, lambda c: self._placed(c, None)[0]
        ):
            self._bad(line, self.fields[name], text)

    def _say(self, number: int, column: str, said: str, is_forgiven: bool) -> None:
        if is_forgiven:
            left = _("Left out: {fault}").format(fault=said)
            self.report.remarks.append(Fault(number, column, left))
        else:
            self.report.bad.append(Fault(number, column, said))

    def _keep(self, line: Line, content: Content, base: Content | None) -> None:
        before = (
            self.taken.setdefault(content.public_id or content.source, line.number) if content.name else line.number
        )
        if before != line.number:
            self._bad(line, "", _("The same listing stands on line {n}.").format(n=before))
            return
        if faults.is_nowhere(content):
            self._bad(line, self.fields.get("country", ""), _("The country is missing."))
            return
        content, remarks = self._placed(content, base)
        try:
            content = checked(content)
        except UsageError as error:
            name = faults.culprit(self._cells(line), self.readers, error.text)
            self._bad(line, self.fields.get(name, ""), error.text)
            if name:
                self._further(line, content, {name}, is_new=base is None)
            return
        self.report.remarks += [Fault(line.number, self.fields.get(name, name), said) for name, said in remarks]
        self.report.rows.append(Row(line.number, content))

    def _placed(self, content: Content, base: Content | None) -> tuple[Content, list[Remark]]:
        """`content` at its place, or where it was in `base`, and what there is to say about it."""
        content, unplaced = pointed(content, self.locate, again=base is not None)
        content, stays = staying(content, base) if base is not None else (content, [])
        content, remarks = placed(content, self.nearest)
        return content, remarks + (stays or unplaced)

    def _bad(self, line: Line, column: str, reason: str) -> None:
        self.report.bad.append(Fault(line.number, column, reason))


def _own_key(content: Content) -> str:
    """What knows a row without a number again: its name with its point or, without one, its address."""
    office = content.offices[0] if content.offices else None
    where: tuple[object, ...] = ()
    if office is not None:
        point, address = (office.lat, office.lon), (office.locality, office.postcode, office.street)
        where = (office.country, *(address if office.lat is None else point))
    return blake2b(f"{fold(content.name)}|{where}".encode(), digest_size=9).hexdigest()
