"""Whoosh as its documentation shows it: fields, a query, stored values filtered, counted and sorted in Python."""

import math
from collections import Counter
from pathlib import Path
from typing import Any

from whoosh import fields, index, query
from whoosh.analysis import SimpleAnalyzer
from whoosh.reading import TermNotFound

from bench.corpus import Sample, terms, text
from bench.engines import Answer, Ask, Engine
from bench.engines.shapes import frame, km
from index.order import BANDS_KM
from index.types import Box, Query

EDGES = ("south", "west", "north", "east")


class Whoosh(Engine):
    """An index in a folder, a searcher per question."""

    name = "whoosh by the book"

    def __init__(self, sample: Sample, folder: Path) -> None:
        keyword, number = fields.KEYWORD, fields.NUMERIC(int, bits=32)
        schema = fields.Schema(
            words=fields.TEXT(analyzer=SimpleAnalyzer()), area=keyword, serves=keyword, terms=keyword,
            held=fields.STORED, **dict.fromkeys(EDGES, number),
        )  # fmt: skip
        (folder / "whoosh").mkdir()
        self.index = index.create_in(folder / "whoosh", schema)
        writer = self.index.writer(limitmb=512)
        for document, rank in sample.ranked():
            lats, lons = zip(*document.points, strict=True) if document.points else ((), ())
            edges = zip(EDGES, _whole(Box(min(lats), min(lons), max(lats), max(lons))) if lats else (), strict=False)
            named = terms(document)
            writer.add_document(
                words=text(document), area=" ".join(document.areas), serves=" ".join(document.serves),
                terms=" ".join(named), held=(document.id, rank, document.points, named), **dict(edges),
            )  # fmt: skip
        writer.commit()

    def asks(self, kind: str) -> Ask | None:
        """All but misspelt words and those without an end, for which the book has no page."""
        if kind in ("typo", "nearest 20"):
            return None
        term = query.Prefix if kind.startswith("prefix") else query.Term
        return lambda asked: self.find(asked, term)

    def find(self, asked: Query, term: type[Any] = query.Term) -> Answer:
        """Everything that matches, then what Python makes of it; each word is a `term`."""
        wanted = [term("words", word) for word in asked.text.split()] + _shapes(asked)
        wanted += [query.Term("area", asked.area)] if asked.area else []
        wanted += [query.Or([query.Term("terms", term) for term in chosen]) for _, chosen in asked.terms]
        if code := asked.online_for:
            wanted += [query.Or([query.Term("serves", code), query.Term("serves", code[:2])])]
            wanted += [query.Term("terms", "online")]
        with self.index.searcher() as searcher:
            try:
                found = searcher.search(query.And(wanted) if wanted else query.Every(), limit=None)
            except TermNotFound:
                return 0, [], {}
            held = [hit["held"] for hit in found]
        return _answer(asked, held)


def _answer(asked: Query, held: list[Any]) -> Answer:
    if asked.circles:
        ways = [(max(min((km(p, c) for p in one[2]), default=1e9) for c in asked.circles), one) for one in held]
        within = [(way, one) for way, one in ways if way <= asked.circles[0].radius]
        within.sort(key=lambda pair: (sum(pair[0] > band for band in BANDS_KM), pair[1][1]))
        held = [one for _, one in within]
    elif asked.box:
        held = [one for one in held if any(_inside(point, asked.box) for point in one[2])]
    if not (asked.text or asked.circles):
        held.sort(key=lambda one: one[1])
    begin = (asked.page - 1) * 20
    return len(held), [one[0] for one in held[begin : begin + 20]], Counter(t for one in held for t in one[3])


def _shapes(asked: Query) -> list[Any]:
    """Listings whose frame touches the frame of what is asked."""
    boxes = [frame(circle) for circle in asked.circles] + ([asked.box] if asked.box else [])
    edges = [dict(zip(EDGES, _whole(box), strict=True)) for box in boxes]
    return [
        part
        for edge in edges
        for part in (
            query.NumericRange("south", None, edge["north"]),
            query.NumericRange("north", edge["south"], None),
            query.NumericRange("west", None, edge["east"]),
            query.NumericRange("east", edge["west"], None),
        )
    ]


def _whole(box: Box) -> tuple[int, ...]:
    """A frame in hundredths of a degree, outwards: Whoosh stores each number 16 times, a fraction twice as often."""
    low, high = math.floor, math.ceil
    return low(box.south * 100), low(box.west * 100), high(box.north * 100), high(box.east * 100)


def _inside(point: tuple[float, float], box: Box) -> bool:
    return box.south <= point[0] <= box.north and box.west <= point[1] <= box.east
