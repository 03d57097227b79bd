"""The rule of the rows: a module imports only its own feature and rows below it. Every exception is a reviewed line."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from referral.config import ROOT

FEATURES = ("search", "listings", "networks", "guidance", "accounts")

ROWS = {
    "wsgi": 8,
    "referral": 7,
    "referral.cli": 7,
    "referral.catalogues": 7,
    "referral.setup": 7,
    "referral.copies": 7,
    "referral.serving": 7,
    "referral.progress": 7,
    "referral.web": 6,
    "referral.home": 6,
    "referral.about": 6,
    "referral.shortlist": 6,
    "referral.status": 6,
    "referral.nightly": 5,
    **{f"referral.{feature}": 4 for feature in FEATURES},
    "referral.accounts": 4,
    "referral.coordinating": 4,
    "referral.workshops": 4,
    "referral.links": 4,
    "referral.editing": 4,
    "referral.enquiries": 4,
    "referral.joining": 4,
    "referral.moderation": 4,
    "referral.changes": 3,
    "referral.mail": 3,
    "referral.places": 3,
    "referral.terms": 3,
    "referral.model": 2,
    "referral.limiting": 1,
    "referral.db": 1,
    "referral.outages": 1,
    "referral.config": 1,
    "referral.written": 1,
    "referral.errors": 1,
    "referral.orphans": 1,
    "referral.tidying": 1,
    "referral.bodies": 1,
    "referral.alone": 1,
    "referral.beside": 1,
    "referral.text": 1,
    "index": 0,
}

VIEWS = 6
"""A feature's `views.py` stands in this row, above every feature."""

SIDEWAYS = {
    ("referral.places", "referral.terms"),  # usual words, and those of the terms, are no misspelt place
    ("referral.search", "referral.listings"),  # a page of results shows cards of listings
    ("referral.search", "referral.networks"),  # and the network of the area
    ("referral.search", "referral.guidance"),  # and the questions that fit
    (
        "referral.guidance",
        "referral.listings",
    ),  # an answer under one's own name is that of a listing
    ("referral.moderation", "referral.guidance"),  # it decides on those answers, and keeps the questions
    ("referral.moderation", "referral.editing"),  # the form of a question is made of the same fields
    ("referral.networks", "referral.listings"),  # a network's page shows cards of the people in its area
    ("referral.networks", "referral.search"),  # found by the same search, linked by its urls
    ("referral.networks", "referral.links"),  # when its links were looked at
    ("referral.networks", "referral.workshops"),  # and what is on there
    ("referral.search", "referral.workshops"),  # a page of results shows the workshops near by
    ("referral.workshops", "referral.listings"),  # its words are cleaned by the same rules, its presenters are listed
    ("referral.workshops", "referral.networks"),  # who publishes them
    ("referral.workshops", "referral.search"),  # which other places of a name are worth offering
    ("referral.moderation", "referral.links"),  # dead links are shown to moderators
    ("referral.joining", "referral.accounts"),  # who claims a listing gets an account with it
    ("referral.joining", "referral.editing"),  # its forms are made of the same fields
    ("referral.joining", "referral.listings"),  # it makes them, and says who agreed
    ("referral.joining", "referral.networks"),  # a network vouches for somebody
    ("referral.coordinating", "referral.accounts"),  # who may do what on a roster
    ("referral.coordinating", "referral.editing"),  # its form is made of the same fields
    ("referral.coordinating", "referral.joining"),  # who was imported is told how to claim their listing
    ("referral.coordinating", "referral.listings"),  # a roster brings them, its network vouches for them
    ("referral.coordinating", "referral.networks"),  # whose members they are
    ("referral.coordinating", "referral.workshops"),  # and what it announces
    ("referral.enquiries", "referral.editing"),  # its form is made of the same fields
    ("referral.enquiries", "referral.listings"),  # whose listing it is, and where they are reached
    ("referral.editing", "referral.accounts"),  # what one may do to one's own listing
    ("referral.editing", "referral.listings"),  # it edits them, and shows them as visitors see them
    ("referral.moderation", "referral.networks"),  # and on what networks say of themselves
    ("referral.moderation", "referral.listings"),  # it decides on their changes, and says in words what differs
    ("referral.db", "referral.config"),  # where the migrations lie
    ("referral.db", "referral.errors"),
    ("referral.db", "referral.written"),  # its file is its owner's alone
    ("referral.limiting", "referral.written"),  # and that of the counts
    ("referral.config", "referral.errors"),
    ("referral.config", "referral.written"),  # the secret key is made once, whole
    ("referral.written", "referral.errors"),
    ("referral.text", "referral.config"),  # where the catalogues lie
}

FLASK = ("flask", "flask_compress", "flask_login", "flask_security", "flask_wtf", "werkzeug")
FLASK_ALLOWED = ("referral", "referral.cli", "referral.web")
VALUES = {"werkzeug.datastructures"}
"""Plain containers, no web."""

MODULES = sorted([*ROOT.glob("referral/**/*.py"), *ROOT.glob("index/**/*.py"), ROOT / "wsgi.py"])


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports_of(path: Path) -> Iterator[str]:
    """Every module imported anywhere in the file; `from a import b` counts as a.b where that is a module."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                below = f"{node.module}.{alias.name}"
                yield (
                    below
                    if (ROOT / Path(*below.split("."))).with_suffix(".py").exists()
                    or (ROOT / Path(*below.split("."))).is_dir()
                    else node.module
                )


def room_of(module: str) -> str:
    """The longest name of the table the module lies in."""
    return max((r for r in ROWS if module == r or module.startswith(f"{r}.")), key=len)


def row_of(module: str) -> int:
    return VIEWS if module.endswith(".views") else ROWS[room_of(module)]


def test_every_module_has_its_row() -> None:
    assert [m for m in map(name_of, MODULES) if not any(m == r or m.startswith(f"{r}.") for r in ROWS)] == []
    assert {room_of(m) for m in map(name_of, MODULES)} - {"referral"} >= set(ROWS) - {"referral"}


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_imports_only_its_own_feature_and_rows_below(path: Path) -> None:
    here = name_of(path)
    if here == "referral":
        return

    wrong = [
        there
        for there in imports_of(path)
        if there.split(".")[0] in ("referral", "index", "wsgi")
        and room_of(there) != room_of(here)
        and row_of(there) >= row_of(here)
        and (room_of(here), room_of(there)) not in SIDEWAYS
        and not (row_of(here) == row_of(there) == VIEWS)
        and row_of(here) != 7
    ]

    assert wrong == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_only_views_web_and_commands_know_flask(path: Path) -> None:
    here = name_of(path)
    allowed = here.endswith(".views") or room_of(here) in FLASK_ALLOWED

    found = [
        m
        for m in imports_of(path)
        if m.split(".")[0] in FLASK and m not in VALUES and ".".join(m.split(".")[:2]) not in VALUES
    ]

    assert allowed or found == []


def test_the_index_imports_nothing_of_the_product() -> None:
    found = {m for p in MODULES if name_of(p).startswith("index") for m in imports_of(p)}

    assert {m for m in found if m.split(".")[0] in ("referral", "wsgi", *FLASK, "sqlalchemy")} == set()


def test_whoosh_is_imported_in_one_module() -> None:
    assert [name_of(p) for p in MODULES if any(m.split(".")[0] == "whoosh" for m in imports_of(p))] == ["index.words"]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_opens_with_one_sentence_about_what_lives_there(path: Path) -> None:
    first = (ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "").split("\n")[0]

    assert first.endswith((".", ":")) and len(first) > 15


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_module_grows_beyond_a_room(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 300
