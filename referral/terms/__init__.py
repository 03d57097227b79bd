"""The controlled lists (languages, topics, credentials …) as data: one CSV row a term, one table entry a facet."""

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from index.folding import fold

_FOLDER = Path(__file__).parent

_NAMES = "synonyms", "said"
"""The columns that hold names, parted by semicolons."""


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of a controlled list: Spanish, couple sessions, step-free entrance …"""

    facet: str
    id: str
    label: str
    """English, and the key of its translations."""
    synonyms: tuple[str, ...]
    """What else people call it, in any language, lower case."""
    note: str
    """One sentence for who does not know the word; may be empty."""
    said: tuple[str, ...] = ()
    """How people speak of it in a whole sentence: understood in a typed line, and no word of a listing."""
    track: str = ""
    """Only credentials: "clinical" or "facilitator"."""


@dataclass(frozen=True, slots=True)
class Facet:
    """One thing a search can be narrowed by, with its terms in the order they are shown."""

    name: str
    label: str
    combine: Literal["any", "all"]
    """Whether two chosen terms widen ("any") or narrow ("all") the answer."""
    shown: int
    """How many terms a page shows before "more"."""
    order: Literal["listed", "counted"]
    """As in the CSV, or the commonest first."""
    terms: Mapping[str, Term]


@cache
def facets() -> Mapping[str, Facet]:
    """Every facet by its name, in the order a page shows them."""
    entries = tomllib.loads((_FOLDER / "facets.toml").read_text("utf-8"))
    return {name: _facet(name, entry) for name, entry in entries.items()}


def _facet(name: str, entry: dict[str, str]) -> Facet:
    return Facet(
        name=name,
        label=entry["label"],
        combine="all" if entry["combine"] == "all" else "any",
        shown=int(entry.get("shown", 6)),
        order="counted" if entry.get("order") == "counted" else "listed",
        terms={t.id: t for t in _terms(name)},
    )


def _terms(facet: str) -> list[Term]:
    with (_FOLDER / f"{facet}.csv").open(encoding="utf-8", newline="") as file:
        return [_term(facet, row) for row in csv.DictReader(file)]


def _term(facet: str, row: dict[str, str]) -> Term:
    synonyms, said = (tuple(s.strip() for s in row.get(column, "").split(";") if s.strip()) for column in _NAMES)
    return Term(facet, row["term"], row["label"], synonyms, row["note"], said, row.get("track") or "")


def combine_rules() -> Mapping[str, Literal["any", "all"]]:
    """Facet -> how its chosen terms combine: what an index is built with."""
    return {f.name: f.combine for f in facets().values()}


def term(facet: str, id: str) -> Term | None:
    """The term, or None when there is no such facet or term."""
    found = facets().get(facet)
    return found.terms.get(id) if found else None


@cache
def names() -> Mapping[str, tuple[Term, ...]]:
    """Every folded name of every term -> the terms that carry it."""
    found: dict[str, list[Term]] = {}
    for facet in facets().values():
        for one in facet.terms.values():
            for name in dict.fromkeys(fold(n) for n in (one.label, *one.synonyms, *one.said)):
                found.setdefault(name, []).append(one)
    return {name: tuple(terms) for name, terms in found.items() if name}


def find(text: str) -> tuple[Term, ...]:
    """The terms that go by the name `text`, whatever its case and accents; none when there is no such name."""
    return names().get(fold(text), ())
