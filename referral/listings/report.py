"""What an import found, did or would do: as values, and as lines for a terminal."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from referral.listings.content import Content
from referral.text import _, listed, ngettext

SHOWN = 10
"""Remarks on one column that are printed one by one; the others are counted. Bad rows are printed all."""

_DIRECTIONS = dict.fromkeys(map(ord, "\N{FIRST STRONG ISOLATE}\N{POP DIRECTIONAL ISOLATE}"))


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, or was mended, in one place of the file."""

    line: int
    column: str
    """Empty when it is the row as a whole."""
    reason: str

    def __str__(self) -> str:
        where = _("line {n}").format(n=self.line) + (f", {self.column}" if self.column else "")
        return f"{where}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Row:
    """A row that can be published."""

    line: int
    content: Content


@dataclass(slots=True)
class Report:
    """One import."""

    file: str
    guess: str
    """Encoding and delimiter, as guessed."""
    dry_run: bool = False
    rows: list[Row] = field(default_factory=list)
    bad: list[Fault] = field(default_factory=list)
    """With one of these, nothing is imported."""
    remarks: list[Fault] = field(default_factory=list)
    """What was filled in or left out; the row is good all the same."""
    unused: tuple[str, ...] = ()
    """Columns of the file that are mapped to nothing."""
    guessed: tuple[str, ...] = ()
    """field=column, as in a mapping, where the column bears another name and nobody said so."""
    new: list[str] = field(default_factory=list)
    """Names, as in the lists below."""
    changed: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    """Listed here from the same source, but no longer in the file; nothing is done to them."""

    @property
    def done(self) -> bool:
        """Whether anything was written."""
        return not (self.bad or self.dry_run)

    def text(self) -> str:
        """The report for a terminal, which shows no signs of direction: remarks, every bad row, then the sums."""
        return "\n".join(self._lines()).translate(_DIRECTIONS)

    def _lines(self) -> Iterator[str]:
        yield f"{self.file}: {self.guess}"
        if self.guessed:
            yield _("Columns guessed: {names}").format(names=listed(self.guessed))
        if self.unused:
            yield _("Columns not used: {names}").format(names=listed(self.unused))
        yield from self._remarks()
        yield from map(str, self.bad)
        yield from (_("No longer in the file: {name}").format(name=name) for name in self.gone)
        if self.bad:
            said = ngettext("{n} fault: nothing was imported.", "{n} faults: nothing was imported.", len(self.bad))
            yield said.format(n=len(self.bad))
            return
        yield _("{new} new, {changed} changed, {same} the same, {gone} no longer in the file.").format(
            new=len(self.new), changed=len(self.changed), same=len(self.same), gone=len(self.gone)
        )
        if self.dry_run:
            yield _("A trial run: nothing was imported.")

    def _remarks(self) -> Iterator[str]:
        by_column: defaultdict[str, list[Fault]] = defaultdict(list)
        for remark in self.remarks:
            by_column[remark.column].append(remark)
        for column, some in by_column.items():
            yield from map(str, some[:SHOWN])
            if len(some) > SHOWN:
                more = len(some) - SHOWN
                said = ngettext("… and {n} more remark on {column}", "… and {n} more remarks on {column}", more)
                yield said.format(n=more, column=column)
