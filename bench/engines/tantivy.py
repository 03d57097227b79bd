"""Tantivy: an inverted index with columns beside it, in Rust.

It has no circles: candidates come from ranges over two columns, exact distances are numpy's, and the counts are asked
for those who remain. All else is one search and one aggregation.
"""

from pathlib import Path

import numpy as np
import tantivy

from bench.corpus import Sample, terms, text
from bench.engines import Answer, Ask, Engine
from bench.engines.shapes import frame
from index.types import Box, Circle, Query

BANDS = np.array([2, 5, 10, 15, 25, 50, 100, 250, 500, 1000])
COUNTS = {"terms": {"terms": {"field": "terms", "size": 200}}}
MOST = 100_000
"""Candidates of a circle at most."""


class Tantivy(Engine):
    """An index in a folder, merged into one segment."""

    name = "tantivy"

    def __init__(self, sample: Sample, folder: Path) -> None:
        (folder / "tantivy").mkdir()
        self.schema = _schema()
        index = tantivy.Index(self.schema, str(folder / "tantivy"))
        writer = index.writer(500_000_000, 1)
        for document, rank in sample.ranked():
            writer.add_document(
                tantivy.Document(
                    number=document.id, rank=rank, words=text(document), areas=list(document.areas),
                    serves=list(document.serves), terms=terms(document),
                    lat=[lat for lat, _ in document.points], lon=[lon for _, lon in document.points],
                )
            )  # fmt: skip
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self.searcher = index.searcher()
        self._place(sample)

    def _place(self, sample: Sample) -> None:
        """Points by number of the listing, for exact distances."""
        counts = [len(document.points) for document in sample.documents]
        self.starts = np.concatenate([[0, 0], np.cumsum(counts)])
        lats, lons = np.radians(np.array([p for d in sample.documents for p in d.points])).T
        self.vectors = np.stack([np.cos(lats) * np.cos(lons), np.cos(lats) * np.sin(lons), np.sin(lats)])
        self.ranks = np.array([0, *sample.ranks])

    def asks(self, kind: str) -> Ask | None:
        """Nearest without a radius it has not."""
        if kind == "nearest 20":
            return None
        if kind == "prefix of the last word":
            return lambda query: self._ranked(tantivy.Query.regex_query(self.schema, "words", query.text + ".*"))
        if kind == "typo":
            return lambda query: self._ranked(tantivy.Query.fuzzy_term_query(self.schema, "words", query.text, 2))
        return self.find

    def find(self, query: Query) -> Answer:
        """The whole answer."""
        wanted = [self._term("words", word) for word in query.text.split()]
        wanted += [self._term("areas", query.area)] if query.area else []
        wanted += [self._any("terms", chosen) for _, chosen in query.terms]
        if code := query.online_for:
            wanted += [self._any("serves", (code, code[:2])), self._term("terms", "online")]
        if query.circles:
            return self._near(query, wanted)
        if query.box:
            return self._within(query.box)
        asked = _all(wanted) if wanted else tantivy.Query.all_query()
        return self._ranked(asked) if query.text else self._sorted(asked, query.page)

    def _ranked(self, asked: tantivy.Query) -> Answer:
        found = self.searcher.search(asked, 20)
        return found.count, self._numbers([hit for _, hit in found.hits]), self._counts(asked)

    def _sorted(self, asked: tantivy.Query, page: int = 1) -> Answer:
        found = self.searcher.search(
            asked, 20, order_by_field="rank", offset=(page - 1) * 20, order=tantivy.Order.Asc
        )  # fmt: skip
        return found.count, self._numbers([hit for _, hit in found.hits]), self._counts(asked)

    def _within(self, box: Box) -> Answer:
        """In a box: one with two offices may have its latitude from one and its longitude from the other."""
        numbers, lows, highs = self._candidates(self._box(box))
        lats = np.degrees(np.arcsin(self.vectors[2]))
        lons = np.degrees(np.arctan2(self.vectors[1], self.vectors[0]))
        keep = np.zeros(len(numbers), dtype=np.bool_)
        for step in range(int((highs - lows).max(initial=0))):
            at = np.minimum(lows + step, highs - 1)
            keep |= (lats[at] >= box.south) & (lats[at] <= box.north) & (lons[at] >= box.west) & (lons[at] <= box.east)
        return self._chosen(numbers[keep], self.ranks[numbers[keep]])

    def _near(self, query: Query, wanted: list[tantivy.Query]) -> Answer:
        asked = _all(wanted + [self._box(frame(circle)) for circle in query.circles])
        numbers, lows, highs = self._candidates(asked)
        ways = np.max([self._ways(circle, lows, highs) for circle in query.circles], axis=0, initial=0)
        inside = ways <= query.circles[0].radius
        numbers, ways = numbers[inside], ways[inside]
        return self._chosen(numbers, BANDS.searchsorted(ways) << 32 | self.ranks[numbers])

    def _candidates(self, asked: tantivy.Query) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Who may match, and where their points begin and end."""
        found = self.searcher.search(asked, MOST, count=False, order_by_field="number")
        numbers = np.array([number for number, _ in found.hits], dtype=np.int64)
        return numbers, self.starts[numbers], self.starts[numbers + 1]

    def _chosen(self, numbers: np.ndarray, keys: np.ndarray) -> Answer:
        if not len(numbers):
            return 0, [], {}
        first = numbers[keys.argsort()[:20]].tolist()
        return len(numbers), first, self._counts(self._any("number", numbers.tolist()))

    def _ways(self, circle: Circle, lows: np.ndarray, highs: np.ndarray) -> np.ndarray:
        """Kilometres from each candidate's nearest point."""
        lat, lon = np.radians((circle.lat, circle.lon))
        centre = np.array([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
        least = np.full(len(lows), 4.0)
        for step in range(int((highs - lows).max(initial=0))):
            at = np.minimum(lows + step, highs - 1)
            least = np.minimum(least, ((self.vectors[:, at] - centre[:, None]) ** 2).sum(axis=0))
        return np.asarray(2 * 6371.0088 * np.arcsin(np.sqrt(least) / 2))

    def _counts(self, asked: tantivy.Query) -> dict[str, int]:
        buckets = self.searcher.aggregate(asked, COUNTS)["terms"]["buckets"]
        return {bucket["key"]: bucket["doc_count"] for bucket in buckets}

    def _numbers(self, addresses: list[tantivy.DocAddress]) -> list[int]:
        return list(self.searcher.fast_field_values("number", addresses)) if addresses else []

    def _term(self, field: str, value: str) -> tantivy.Query:
        return tantivy.Query.term_query(self.schema, field, value)

    def _any(self, field: str, values: object) -> tantivy.Query:
        return tantivy.Query.term_set_query(self.schema, field, list(values))  # type: ignore[call-overload]  # any iterable

    def _box(self, box: Box) -> tantivy.Query:
        kind, between = tantivy.FieldType.Float, tantivy.Query.range_query
        return _all(
            [
                between(self.schema, "lat", kind, box.south, box.north),
                between(self.schema, "lon", kind, box.west, box.east),
            ]
        )


def _all(parts: list[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, part) for part in parts])


def _schema() -> tantivy.Schema:
    schema = tantivy.SchemaBuilder()
    for field in ("number", "rank"):
        schema.add_integer_field(field, indexed=True, fast=True)
    for field in ("lat", "lon"):
        schema.add_float_field(field, indexed=True, fast=True)
    for field in ("areas", "serves", "terms"):
        schema.add_text_field(field, fast=True, tokenizer_name="raw", index_option="basic")
    schema.add_text_field("words", index_option="freq")
    return schema.build()
