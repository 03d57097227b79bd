"""Rosters as people send them: cut off, saved by old programs, with somebody twice; each is told in one sentence."""

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
from openpyxl import Workbook
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from referral.accounts.permissions import Actor
from referral.coordinating import comparing, files, importing
from referral.errors import UsageError
from referral.listings.tables import LARGEST
from referral.model import AuditEntry, Listing, Membership, Network
from tests.coordinating.people import make_member
from tests.coordinating.test_importing import ADA, BEN, HEADER, compare, everybody, sent, take
from tests.coordinating.test_importing import look as look_at
from tests.listings.towns import Towns
from tests.make import HEAD, NOW, make_account

WHOLE = HEADER + ADA + BEN
KOELN = WHOLE.encode().index("ö".encode(), len(HEADER) + 80)
"""Where a letter of two bytes stands."""


def book(*rows: list[object]) -> bytes:
    made, stream = Workbook(), BytesIO()
    for row in rows:
        made.active.append(row)
    made.save(stream)
    return stream.getvalue()


def look(session: Session, net: Network, me: Actor, content: bytes, name: str = "r.csv") -> comparing.Comparison:
    return compare(session, net, files.keep(session, net.id, me.account_id, name, content, NOW))


@pytest.mark.parametrize(
    "content",
    [
        WHOLE.encode("utf-16"), WHOLE.encode("utf-8-sig"), WHOLE.encode("cp1252"), WHOLE.replace("\n", "\r").encode(),
        WHOLE.replace("\n", "\r\n").encode(), WHOLE.replace(";", "\t").encode(), WHOLE.rstrip("\n").encode(),
        book(*[line.split(";") for line in WHOLE.splitlines()]),
    ],
    ids=["utf-16", "mark", "windows", "old mac", "crlf", "tabs", "no last line end", "workbook"],
)  # fmt: skip
def test_however_it_was_saved_it_says_the_same(session: Session, net: Network, me: Actor, content: bytes) -> None:
    shown = look(session, net, me, content, "r.xlsx" if content[:2] == b"PK" else "r.csv")

    assert [(row.after.name, row.after.offices[0].locality) for row in shown.new] == [
        ("Ada Example", "Springfield"), ("Ben Example", "Köln"),
    ]  # fmt: skip
    assert (shown.bad, shown.remarks) == ([], [])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file is empty."),
        (b"\xef\xbb\xbf\n\n", "The file is empty."),
        (WHOLE.encode()[: KOELN + 1], "cut off"),
        (WHOLE.encode("utf-16")[:-1], "not readable text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "an old Excel file"),
        (book(["Name", "Country"], ["Ada", "US"])[:900], "not an XLSX workbook"),
        (b"x" * (LARGEST + 1), "at most 10 MB"),
        (b"x;" * 400_000, "at most 200"),
        (b"x" * 9_000_000, "cannot be read as CSV"),
        (b"name\n" + b"Ada\n" * 3_001, "at most 3000 people"),
    ],
    ids=["empty", "blank", "in a letter", "utf-16", "xls", "half a workbook", "too large", "wide", "one cell", "many"],
)
def test_what_is_no_roster_is_said_in_one_sentence(
    session: Session, net: Network, me: Actor, content: bytes, said: str
) -> None:
    make_member(session, net, name="Ada Example")

    with pytest.raises(UsageError, match=said):
        look(session, net, me, content)

    assert session.scalar(select(func.count()).select_from(Membership)) == 1


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (HEADER, 1, "nobody in this file"),
        (HEADER + ADA + "Ben Example;ben@example.or", 3, "ends in the middle of a line"),
        (HEADER + '"Ada Example;ada@example.org;US\n' + BEN, 2, "cannot be read as CSV"),
        (HEADER + ADA + ADA, 3, "The same listing stands on line 2"),
        (HEADER + ADA + "Ben;no address;US;;;\n", 3, "not a whole e-mail address"),
    ],
    ids=["header", "cut", "quote", "twice", "address"],
)
def test_a_line_that_cannot_be_read_is_named_and_nothing_is_lost(
    session: Session, net: Network, me: Actor, text: str, line: int, said: str
) -> None:
    make_member(session, net, name="Cleo Example")
    shown = look(session, net, me, text.encode())

    assert [(one.line, said in one.reason) for one in shown.bad] == [(line, True)]
    with pytest.raises(UsageError, match="Nothing was taken over"):
        importing.looked_at(session, net, shown.digest, me, Towns(), NOW)  # type: ignore[arg-type]  # three towns
    assert list(everybody(session)) == ["Cleo Example"]


def test_formulas_are_words_and_two_without_a_name_are_both_said(session: Session, net: Network, me: Actor) -> None:
    shown = look(session, net, me, book(["Name", "Country"], ["=1+1", "US"], ["=2+2", "US"]), "r.xlsx")
    words = look(session, net, me, (HEADER + "=cmd|calc;a@example.org;US;;;\n").encode())

    assert [str(one) for one in shown.bad] == [
        "line 2, Name: The name is missing.",
        "line 3, Name: The name is missing.",
    ]
    assert [row.after.name for row in words.new] == ["=cmd|calc"]


@pytest.mark.parametrize(
    "other", ["Cleo Other;ADA@example.org;US;Springfield;certified;\n", "ada example;;US;Chicago;certified;\n"]
)
def test_two_lines_of_perhaps_one_person_are_asked_about(session: Session, net: Network, me: Actor, other: str) -> None:
    shown = look(session, net, me, (HEADER + ADA + other).encode())

    assert len(shown.new) == 2
    assert [one.line for one in shown.remarks if "may be the same person as line 2" in one.reason] == [3]


def test_a_new_name_at_the_same_address_is_the_same_person(session: Session, net: Network, me: Actor) -> None:
    take(session, net, me, sent(session, net, me, ADA, BEN))

    shown = compare(session, net, sent(session, net, me, ADA.replace("Ada Example", "Ada Married"), BEN))

    assert (shown.new, shown.gone) == ([], [])
    [row] = shown.changed
    assert row.before is not None and (row.before.content.name, row.after.name) == ("Ada Example", "Ada Married")


def test_somebody_new_at_the_address_of_another_is_somebody_new(session: Session, net: Network, me: Actor) -> None:
    take(session, net, me, sent(session, net, me, ADA, BEN))

    shown = compare(session, net, sent(session, net, me, ADA, BEN, "Cleo Example;ada@example.org;US;;;\n"))

    assert [row.after.name for row in shown.new] == ["Cleo Example"]
    two = compare(session, net, sent(session, net, me, BEN, "A;ada@example.org;US;;;\n", "B;ada@example.org;US;;;\n"))
    assert [row.after.name for row in two.new] == ["A", "B"]


def test_who_looks_after_their_listing_keeps_their_name(session: Session, net: Network, me: Actor) -> None:
    ada = make_member(session, net, name="Ada Example", email="ada@example.org")
    make_account(session, practitioner_id=ada.practitioner_id)

    shown = compare(session, net, sent(session, net, me, ADA.replace("Ada Example", "Ada Married")))

    assert (shown.new, shown.gone) == ([], [])
    assert any("keeps this listing" in one.reason and "Name" in one.reason for one in shown.remarks)


def test_the_same_file_taken_over_twice_at_once_is_taken_over_once(
    engine: Engine, session: Session, net: Network, me: Actor
) -> None:
    file = sent(session, net, me, ADA, BEN)
    shown, number = look_at(session, net, me, file), net.id
    session.commit()

    def attempt(_n: int) -> bool:
        with Session(engine) as mine:
            try:
                importing.take_over(mine, mine.get_one(Network, number), shown, (), me, HEAD, NOW)
            except UsageError:
                return False
            mine.commit()
            return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(attempt, range(8))) == 1
    with Session(engine) as after:
        assert after.scalar(select(func.count()).select_from(Listing)) == 2
        assert after.scalar(select(func.count()).where(AuditEntry.action == "import")) == 1


def test_an_address_in_another_spelling_is_the_same_address(session: Session, net: Network, me: Actor) -> None:
    make_member(session, net, name="Ada Example", email="ada@example.org")
    make_member(session, net, name="Ben Example", email="ben@bücher.example")

    shown = look(session, net, me, b"Name;E-Mail\nAda Example;ADA@EXAMPLE.ORG\nBen Example;ben@XN--BCHER-KVA.example\n")

    assert (shown.same, shown.changed, shown.bad) == (2, [], [])


def test_whoever_is_new_may_have_a_host_with_letters_of_any_language(session: Session, net: Network, me: Actor) -> None:
    shown = look(session, net, me, "Name;E-Mail;Land\nJosé Example;jose@bücher.example;US\n".encode())

    assert [row.after.email for row in shown.new] == ["jose@bücher.example"] and shown.bad == []
