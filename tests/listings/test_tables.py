"""A file as rows of text."""

import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from referral.errors import UsageError
from referral.listings import tables
from referral.listings.tables import guarded, open_table


def written(folder: Path, content: bytes, name: str = "roster.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "guess"),
    [
        ("name,city\nZoë,Köln\n".encode(), "\u2068utf-8\u2069, commas between the columns"),
        ("name;city\nZoë;Köln\n".encode("utf-8-sig"), "\u2068utf-8-sig\u2069, semicolons between the columns"),
        ("name\tcity\nZoë\tKöln\n".encode("utf-16"), "\u2068utf-16\u2069, tabs between the columns"),
        ("name|city\r\nZoë|Köln\r\n".encode("cp1252"), "\u2068cp1252\u2069, vertical bars between the columns"),
    ],
)
def test_encoding_and_delimiter_are_guessed_and_said(tmp_path: Path, content: bytes, guess: str) -> None:
    table = open_table(written(tmp_path, content))

    assert table.guess == guess
    assert [(line.number, line.cells) for line in table.lines] == [(2, {"name": "Zoë", "city": "Köln"})]


def test_a_row_is_named_by_the_line_it_begins_on(tmp_path: Path) -> None:
    path = written(tmp_path, b'\nname,bio\n"Ada","one\ntwo"\n\nBen,x\n')

    assert [(line.number, line.cells["name"]) for line in open_table(path).lines] == [(3, "Ada"), (6, "Ben")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file is empty"),
        (b"\n \n,,\n", "The file is empty"),
        (b"name,city,name\nx,y,z\n", "names a column twice: name"),
        (b"na\x00me\nx\n", "NUL"),
        (b"name\n\x81\n", "not cp1252"),
        (b"\xff\xfeA", "not utf-16"),
        (b'"name', "cannot be read as CSV"),
        (b"PK\x03\x04 is no workbook", "not an XLSX"),
        (b",".join(b"c%d" % n for n in range(300)), "300 columns"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_one_sentence(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        open_table(written(tmp_path, content))


def test_a_file_too_large_is_refused_unread(tmp_path: Path) -> None:
    path = written(tmp_path, b"")
    with path.open("wb") as file:
        file.truncate(tables.LARGEST + 1)

    with pytest.raises(UsageError, match=r"10\.0 MB; at most 10 MB are read"):
        open_table(path)


def test_a_file_that_is_missing_is_said_to_be(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read: No such file"):
        open_table(tmp_path / "nothing.csv")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (b"Ada,Bern,more", "3 cells, the header 2"),
        (b"Ada," + b"x" * 20_001, "city has more than 20000 characters"),
        (b"Ada," + b"x" * 200_000, "field larger than field limit"),
        (b'Ada,"Bern', "unexpected end of data"),
        (b"Ad\x00a,Bern", "NUL bytes"),
    ],
)
def test_a_row_that_cannot_be_read_says_why(tmp_path: Path, row: bytes, said: str) -> None:
    path = written(tmp_path, b"name,city\nBen,Bonn\n" + b"Cid,Ulm\n" * 1000 + row + b"\n")

    faults = [(line.number, line.fault) for line in open_table(path).lines if line.fault]

    assert [number for number, _fault in faults] == [1003]
    assert said in faults[0][1]


def test_a_short_row_has_the_cells_it_has(tmp_path: Path) -> None:
    assert [line.cells for line in open_table(written(tmp_path, b"name,city\nAda\n")).lines] == [{"name": "Ada"}]


def test_a_sheet_is_read_as_text(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["name", "zip", "since", "lat"], ["Zoë", 80331.0, date(2026, 11, 23), 48.137], [None] * 4, ["Ada"]):
        sheet.append(row)
    path = tmp_path / "roster.xlsx"
    book.save(path)

    table = open_table(path)

    assert table.guess == "xlsx"
    assert [(line.number, line.cells) for line in table.lines] == [
        (2, {"name": "Zoë", "zip": "80331", "since": "2026-11-23", "lat": "48.137"}),
        (4, {"name": "Ada", "zip": "", "since": "", "lat": ""}),
    ]


def test_a_workbook_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (10 * tables.LARGEST + 1))

    with pytest.raises(UsageError, match="unpacks to more than 100 MB"):
        open_table(path)


def test_a_workbook_with_broken_xml_is_refused(tmp_path: Path) -> None:
    good = tmp_path / "good.xlsx"
    book = Workbook()
    book.save(good)
    path = tmp_path / "broken.xlsx"
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(path, "w") as packed:
        for entry in source.infolist():
            broken = entry.filename.endswith("sheet1.xml")
            packed.writestr(entry, b"<worksheet><sheetData><row" if broken else source.read(entry))

    with pytest.raises(UsageError, match="not an XLSX"):
        list(open_table(path).lines)


@pytest.mark.parametrize(
    "cell", ["=1+1", "+4930", "-5", "@SUM(A1)", "＝1+1", "＠x", "\tx", "'=1", "''=1", "'", "it's", "plain", ""]
)
def test_a_guarded_cell_is_no_formula_and_comes_back(tmp_path: Path, cell: str) -> None:
    safe = guarded(cell)

    assert not safe.startswith(("=", "+", "-", "@", "\t", "\r"))
    path = written(tmp_path, f'name,x\nAda,"{safe}"\n'.encode())
    assert next(open_table(path).lines).cells["x"] == cell


@given(st.text(max_size=30))
def test_no_guarded_cell_begins_a_formula(cell: str) -> None:
    assert not guarded(cell).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert tables._restored(guarded(cell)) == cell.strip() or guarded(cell) != cell
