"""A CSV or XLSX file as rows of text, each with its line: encodings and delimiters guessed, and the guess said.

Knows nothing of listings. Never more than LARGEST bytes, and never a whole sheet in memory as cells.
"""

import csv
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, datetime
from io import BytesIO, StringIO
from pathlib import Path
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from referral.errors import UsageError
from referral.text import N_, _, listed

LARGEST = 10_000_000
"""Bytes of a file, and of the sheet inside an XLSX."""

LONGEST_CELL = 20_000
WIDEST = 200
"""Characters of one cell, and columns of one row: more is no table of listings."""

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_XLS = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DELIMITERS = {
    ",": N_("commas between the columns"),
    ";": N_("semicolons between the columns"),
    "\t": N_("tabs between the columns"),
    "|": N_("vertical bars between the columns"),
}
"""Sign -> how it is said: as itself it would read as a slip, and change sides in a line from right to left."""

_HEADER = 20_000
"""Characters of the first line that are looked at for the delimiter."""

_BROKEN = (zipfile.BadZipFile, InvalidFileException, ParseError, zlib.error, KeyError, IndexError, ValueError, OSError)
"""What openpyxl raises for a file that only looks like a workbook."""

_GUARDED = "=+-@\t\r＝＋－＠"
"""What a spreadsheet takes for the beginning of a formula."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the file."""

    number: int
    """The line it begins on, the header's being 1; in a sheet, the row."""
    cells: dict[str, str]
    """Column -> text without white space around it."""
    fault: str = ""
    """Why it cannot be read as a row; empty when it can."""


@dataclass(frozen=True, slots=True)
class Table:
    """A file, opened."""

    columns: tuple[str, ...]
    lines: Iterator[Line]
    guess: str
    """How it was read, for people: "utf-8, semicolons between the columns"."""


def open_table(path: Path) -> Table:
    """The table in a CSV or XLSX file.

    Raises UsageError for a file that is missing, empty, too large or no such table, or names a column twice.
    """
    try:
        size = path.stat().st_size
        _small(size, path.name)
        content = path.read_bytes()
    except OSError as error:
        raise UsageError(_("{name} cannot be read: {why}.").format(name=path.name, why=error.strerror)) from None
    return table_in(content, path.name)


def table_in(content: bytes, name: str) -> Table:
    """The table in the bytes of a CSV or XLSX file that is called `name`. Raises UsageError as `open_table` does."""
    _small(len(content), name)
    if content[:4] == b"PK\x03\x04":
        return _table(_sheet_rows(content), "xlsx")
    text, encoding = _decoded(content)
    text = text.replace("\r\n", "\n").replace("\r", "\n")  # old programs end lines by the first alone
    delimiter = _delimiter(text)
    guess = f"\N{FIRST STRONG ISOLATE}{encoding}\N{POP DIRECTIONAL ISOLATE}, {_(_DELIMITERS[delimiter])}"
    return _table(_csv_rows(text, delimiter), guess, is_whole=text.endswith("\n"))


def _small(size: int, name: str) -> None:
    if size > LARGEST:
        said = _("{name} has {size:.1f} MB; at most {most:.0f} MB are read. Please split it.")
        raise UsageError(said.format(name=name, size=size / 1e6, most=LARGEST / 1e6))


def _decoded(content: bytes) -> tuple[str, str]:
    """The text and the encoding it was read in; what is not UTF-8 is taken for Windows' western one."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _decode(content, encoding), encoding
    if content.startswith(_XLS):
        raise UsageError(_("This is an old Excel file. Save it as .xlsx or as CSV, and send that."))
    if b"\x00" in content[:4000:2] or b"\x00" in content[1:4000:2]:
        raise UsageError(_("This is not a text file: it holds NUL bytes."))
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and not content[: error.start].isascii():
            raise UsageError(_("The file ends in the middle of a letter: it was cut off. Send it again.")) from None
        return _decode(content, "cp1252"), "cp1252"


def _decode(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        said = _("The file is not readable text: byte {place} is not {encoding}.")
        raise UsageError(said.format(place=error.start, encoding=encoding)) from None


def _delimiter(text: str) -> str:
    """The one that parts the header into most columns; a comma where there is only one."""
    header = text.lstrip("\n").partition("\n")[0][:_HEADER]
    return max(_DELIMITERS, key=lambda d: len(next(csv.reader([header], delimiter=d), [])))


def _csv_rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str] | str]]:
    """(line, cells), or (line, what is wrong with it) and then no more."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    before = 0
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield before + 1, _("This cannot be read as CSV: {why}.").format(why=error)
            return
        yield before + 1, row
        before = reader.line_num


def _sheet_rows(content: bytes) -> Iterator[tuple[int, list[str] | str]]:
    """The rows of the first sheet; an XLSX that unpacks to more than LARGEST is refused before it is unpacked."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > 10 * LARGEST:
                raise UsageError(_("This workbook unpacks to more than {most} MB.").format(most=LARGEST // 100_000))
        with closing(load_workbook(BytesIO(content), read_only=True, data_only=True)) as book:
            for number, row in enumerate(book.worksheets[0].iter_rows(values_only=True), start=1):
                yield number, [_shown(value) for value in row]
    except _BROKEN:
        raise UsageError(_("This is not an XLSX workbook.")) from None


def _shown(value: object) -> str:
    """A cell of a sheet as text: whole numbers without ".0", dates as ISO."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _table(rows: Iterator[tuple[int, list[str] | str]], guess: str, *, is_whole: bool = True) -> Table:
    """The table of these rows; `is_whole` says that the last one came to its end."""
    for _number, row in rows:
        if isinstance(row, str):
            raise UsageError(row)
        if any(cell.strip() for cell in row):
            lines = _lines(columns := _header(row), rows)
            return Table(columns, lines if is_whole else _ended(lines, columns), guess)
    raise UsageError(_("The file is empty."))


def _header(row: list[str]) -> tuple[str, ...]:
    names = [cell.strip() for cell in row]
    if len(names) > WIDEST:
        raise UsageError(_("The header has {count} columns; at most {most}.").format(count=len(names), most=WIDEST))
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise UsageError(_("The header names a column twice: {names}.").format(names=listed(twice)))
    return tuple(names)


def _lines(columns: tuple[str, ...], rows: Iterable[tuple[int, list[str] | str]]) -> Iterator[Line]:
    for number, row in rows:
        if isinstance(row, str):
            yield Line(number, {}, row)
        elif any(cell.strip() for cell in row):
            yield Line(number, dict(zip(columns, map(_restored, row), strict=False)), _fault(columns, row))


def _ended(lines: Iterable[Line], columns: Sequence[str]) -> Iterator[Line]:
    """The lines of a file that ends without an end of the line: one that is short there was cut off."""
    before: Line | None = None
    for line in lines:
        if before is not None:
            yield before
        before = line
    if before is not None:
        cut = not before.fault and len(before.cells) < len(columns)
        yield replace(before, fault=_("The file ends in the middle of a line. Was it cut off?")) if cut else before


def _fault(columns: tuple[str, ...], row: list[str]) -> str:
    if any(cell.strip() for cell in row[len(columns) :]):
        return _("The row has {count} cells, the header {most}.").format(count=len(row), most=len(columns))
    long = next((name for name, cell in zip(columns, row, strict=False) if len(cell) > LONGEST_CELL), None)
    if long is not None:
        return _("{column} has more than {most} characters.").format(column=long, most=LONGEST_CELL)
    return _("The row holds NUL bytes.") if any("\x00" in cell for cell in row) else ""


def guarded(cell: str) -> str:
    """`cell` so that no spreadsheet runs it as a formula; reading it again takes the guard off."""
    return f"'{cell}" if cell.startswith(tuple(_GUARDED)) or _is_guarded(cell) else cell


def _restored(cell: str) -> str:
    return cell[1:] if _is_guarded(cell) else cell.strip()


def _is_guarded(cell: str) -> bool:
    """Whether apostrophes and then a formula's beginning stand first."""
    return cell.startswith("'") and cell.lstrip("'").startswith(tuple(_GUARDED))
