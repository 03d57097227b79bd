"""How fast the index answers, beside plain arrays with nothing around them and Whoosh asked by the book, in one run.

    .venv/bin/python -m bench.index [--count 100000] [--whoosh 5000]

Every engine gives the whole answer: exact total, 20 ordered hits, counts of all terms. People and texts are invented.
"""

import argparse
import gc
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from whoosh import fields as whoosh_fields
from whoosh import index as whoosh_index
from whoosh import query as whoosh_query

from index.embedded import EmbeddedIndex
from index.types import Box, Circle, Document, Query

TODAY = date(2026, 3, 1)
FACETS = {
    "language": "all",
    "topic": "any",
    "works_with": "any",
    "delivery": "any",
    "credential": "any",
    "new_clients": "any",
}
SIZES = {"language": 25, "topic": 25, "works_with": 12, "credential": 10}
COUNTRIES = {
    "US": (31, 45, -120, -74),
    "CA": (43, 51, -123, -66),
    "DE": (48, 54, 7, 14),
    "FR": (43, 50, -1, 7),
    "GB": (50, 56, -4, 1),
    "IL": (30, 33, 34, 36),
    "AU": (-38, -27, 116, 153),
    "ZA": (-34, -25, 18, 31),
}
SHARES = (45, 8, 12, 8, 9, 6, 6, 6)
WORDS = 40_000
ASKED = 200


class Corpus:
    """Invented listings around invented towns, the same for the same seed."""

    def __init__(self, count: int, seed: int = 1) -> None:
        self.count, self.random, self.spent = count, random.Random(seed), 0.0
        codes = self.random.choices(list(COUNTRIES), SHARES, k=700)
        self.towns = [(code, self._spot(code)) for code in codes]
        self.crowds = [1 / (rank + 3) ** 0.8 for rank in range(len(self.towns))]
        self.words = [
            "".join(self.random.choices("abcdefghiklmnoprstuv", k=self.random.randint(3, 11))) for _ in range(WORDS)
        ]
        self.words[:4] = ["and", "couples", "love", "therapy"]
        self.likely = np.cumsum(1 / (np.arange(WORDS) + 5)).tolist()

    def _spot(self, code: str) -> tuple[float, float]:
        south, north, west, east = COUNTRIES[code]
        return self.random.uniform(south, north), self.random.uniform(west, east)

    def documents(self) -> Iterator[Document]:
        """All of them."""
        towns = self.random.choices(self.towns, self.crowds, k=self.count)
        for number, (code, (lat, lon)) in enumerate(towns, start=1):
            began = time.perf_counter()
            document = self._document(number, code, lat, lon)
            self.spent += time.perf_counter() - began
            yield document

    def _document(self, number: int, code: str, lat: float, lon: float) -> Document:
        pick = self.random
        offices = pick.choices((0, 1, 2, 3), (8, 75, 14, 3))[0]
        region = f"{code}-{pick.randint(1, 20):02}"
        terms = {
            f: frozenset(f"{f}{min(int(pick.expovariate(0.25)), n - 1)}" for _ in range(3)) for f, n in SIZES.items()
        }
        text = pick.choices(self.words, cum_weights=self.likely, k=pick.randint(60, 130))
        return Document(
            id=number,
            public_id=f"{number:x}",
            points=tuple((lat + pick.gauss(0, 0.12), lon + pick.gauss(0, 0.15)) for _ in range(offices)),
            areas=frozenset({code, region}) if offices else frozenset(),
            serves=frozenset({region, code} if pick.random() < 0.3 else {region}),
            terms=terms
            | {"delivery": frozenset(pick.choices(("online", "in_person"), k=2)), "new_clients": frozenset({"no"})},
            texts={
                "name": " ".join(pick.choices(self.words[4000:9000], k=2)),
                "topics": " ".join(text[:8]),
                "bio": " ".join(text),
            },
            language={"DE": "de", "FR": "fr", "IL": "he"}.get(code, "en"),
            accepts=pick.random() < 0.7,
            confirmed_on=TODAY - timedelta(days=pick.randint(0, 80)),
            attested=pick.random() < 0.9,
        )

    def queries(self) -> dict[str, list[Query]]:
        """Questions by class."""
        pick = random.Random(7)
        spots = [spot for _, spot in pick.choices(self.towns, self.crowds, k=ASKED)]
        filters = (("delivery", ("in_person",)), ("language", ("language1",)), ("topic", ("topic0", "topic2")))
        return {
            "near 50 km": [Query(circles=(Circle(lat, lon, 50),)) for lat, lon in spots],
            "near 25 km + facets": [Query(circles=(Circle(lat, lon, 25),), terms=filters) for lat, lon in spots],
            "area": [Query(area=code) for code in pick.choices(list(COUNTRIES), k=ASKED)],
            "common word": [Query(text=word + " ") for word in pick.choices(self.words[:8], k=ASKED)],
            "rare word": [Query(text=word) for word in pick.choices(self.words[20_000:], k=ASKED)],
            "typo": [
                Query(text=word[:2] + "q" + word[3:])
                for word in pick.choices([w for w in self.words[20:2000] if len(w) > 7], k=ASKED)
            ],
            "no filter": [Query(page=page) for page in pick.choices((1, 2, 3), k=ASKED)],
            "pins of a box": [
                Query(box=Box(lat - high, lon - 1.5 * high, lat + high, lon + 1.5 * high), pins=True)
                for (lat, lon), high in zip(spots, pick.choices((0.2, 1.0, 5.0), k=ASKED), strict=True)
            ],
            "nearest 20": [Query(circles=(Circle(lat, lon, float("inf")),), sort="nearest") for lat, lon in spots],
        }


def run(count: int = 100_000, whoosh_count: int = 5_000) -> list[dict[str, Any]]:
    """Rows of the table; times in milliseconds, `ratio` to the plain arrays."""
    corpus = Corpus(count)
    with tempfile.TemporaryDirectory() as folder:
        index = EmbeddedIndex(Path(folder) / "index", FACETS)
        began = time.perf_counter()
        index.rebuild(corpus.documents(), 1)
        built = time.perf_counter() - began - corpus.spent
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"{count} listings built in {built:.1f} s (and invented in {corpus.spent:.1f} s), at most {peak} MB")
        print(
            "opened in {ms:.1f} ms; own memory: {opened:.1f} MB, after 400 questions {asked:.1f} MB".format(
                **opening(folder)
            )
        )
        queries = corpus.queries()
        gc.collect()
        gc.freeze()  # what was invented is no part of a server: the collector would walk through it again and again
        floor = {name: times(Floor(index).asks(name), asked) for name, asked in queries.items()}
        ours = {name: times(lambda query: index.find(query, TODAY), asked) for name, asked in queries.items()}
    rows = [row("plain arrays", count, name, spent, floor[name]) for name, spent in floor.items() if spent]
    rows += [row("embedded", count, name, spent, floor[name]) for name, spent in ours.items()]
    if whoosh_count:
        naive = Naive(Corpus(min(count, whoosh_count)))
        rows += [
            row("whoosh by the book", naive.count, n, times(naive.ask, a[:20], 1), floor[n])
            for n, a in queries.items()
            if n not in ("typo", "pins of a box", "nearest 20")
        ]
    return rows


_OPENING = """
import sys, time
from pathlib import Path
from bench.index import FACETS, TODAY, Corpus, EmbeddedIndex, own_mb
queries = [query for some in Corpus(0).queries().values() for query in some[:50]]
before, began = own_mb(), time.perf_counter()
index = EmbeddedIndex(Path(sys.argv[1]) / "index", FACETS)
print((time.perf_counter() - began) * 1000, own_mb() - before)
for query in queries:
    index.find(query, TODAY)
print(own_mb() - before)
"""


def opening(folder: str) -> dict[str, float]:
    """What it costs a fresh process to open the index: `ms`, and MB of its own once `opened` and once `asked`.

    Pages of the generation itself are in memory once, for all processes, and are not counted.
    """
    told = subprocess.run([sys.executable, "-c", _OPENING, folder], capture_output=True, text=True, check=True).stdout
    return dict(zip(("ms", "opened", "asked"), map(float, told.split()), strict=True))


def own_mb() -> float:
    """MB that this process alone has, and would still have if no file were mapped."""
    rollup = Path("/proc/self/smaps_rollup").read_text()
    held = dict(line.split(":", 1) for line in rollup.splitlines()[1:])
    return sum(int(held[name].split()[0]) for name in ("Private_Dirty", "Swap")) / 1024


def times(ask: Callable[[Query], object] | None, queries: Sequence[Query], rounds: int = 5) -> list[float]:
    """Seconds of every question, after one warm-up."""
    if ask is None:
        return []
    spent = []
    for turn in range(rounds + 1):
        for query in queries:
            began = time.perf_counter()
            ask(query)
            if turn or rounds == 1:
                spent.append(time.perf_counter() - began)
    return spent


def row(engine: str, count: int, name: str, spent: Sequence[float], floor: Sequence[float]) -> dict[str, Any]:
    """One line of the table."""
    p50, p95, p99 = (float(np.percentile(spent, p)) * 1000 for p in (50, 95, 99))
    ratio = round(p50 / (float(np.percentile(floor, 50)) * 1000), 2) if floor else None
    return {
        "bench": "index",
        "engine": engine,
        "corpus": count,
        "class": name,
        "p50_ms": round(p50, 3),
        "p95_ms": round(p95, 3),
        "p99_ms": round(p99, 3),
        "ratio": ratio,
    }


class Floor:
    """The least that arrays can do: the answer as bare numbers, from the same arrays, with no safety and no objects."""

    def __init__(self, index: EmbeddedIndex) -> None:
        part = index._current().parts[0]
        self.snapshot, self.day = part.snapshot, part.day(TODAY)
        self.points, self.terms = self.snapshot.offices.points, self.day.terms
        self.lines = {column: line for line, column in enumerate(self.day.columns)}

    def asks(self, name: str) -> Callable[[Query], object] | None:
        """How a class of questions is answered; None where arrays alone cannot."""
        return {
            "near 50 km": self.near,
            "near 25 km + facets": self.near,
            "area": self.area,
            "common word": self.word,
            "rare word": self.word,
            "no filter": self.all,
            "pins of a box": self.pins,
        }.get(name)

    def near(self, query: Query) -> object:
        """Within a circle."""
        circle = query.circles[0]
        reach = circle.radius / 111.19
        south, north = int((circle.lat - reach + 90) * 4), int((circle.lat + reach + 90) * 4) + 1
        width = reach / np.cos(np.radians(circle.lat))
        west, east = int((circle.lon - width + 180) * 4), int((circle.lon + width + 180) * 4) + 1
        lines = np.arange(south, north) * 1440
        spans = list(
            zip(self.points.starts[lines + west].tolist(), self.points.starts[lines + east].tolist(), strict=True)
        )
        low, high = spans[0][0], spans[-1][1]
        places = np.concatenate([np.arange(a, b) for a, b in spans])
        x, y, z = self.points.vectors[:, places]
        lat, lon = np.radians(circle.lat), np.radians(circle.lon)
        chords = (x - np.cos(lat) * np.cos(lon)) ** 2 + (y - np.cos(lat) * np.sin(lon)) ** 2 + (z - np.sin(lat)) ** 2
        inside = chords <= (circle.radius / 6371.0088) ** 2
        rows, metres = self.snapshot.offices.owners[places[inside]], np.sqrt(chords[inside]) * 6371008.8
        if not len(rows):
            return 0
        both = np.sort(rows.astype(np.int64) << 32 | metres.astype(np.int64))
        rows, metres = both >> 32, both & 0xFFFFFFFF
        fresh = np.append(True, rows[1:] != rows[:-1])
        rows, metres = rows[fresh], metres[fresh]
        low, high = int(rows[0]) >> 6, (int(rows[-1]) >> 6) + 1
        flags = np.zeros((high - low) * 64, dtype=np.bool_)
        flags[rows - (low << 6)] = True
        mask = np.packbits(flags, bitorder="little").view(np.uint64)
        terms = self.terms[:, low:high]
        for facet, chosen in query.terms:
            masks = [terms[self.lines[facet, term]] for term in chosen]
            mask = mask & (masks[0] if len(masks) == 1 else masks[0] | masks[1])
        if query.terms:
            keep = np.unpackbits(mask.view(np.uint8), bitorder="little").view(np.bool_)[rows - (low << 6)]
            rows, metres = rows[keep], metres[keep]
        counts = np.bitwise_count(terms & mask).sum(axis=1).tolist()
        keys = np.searchsorted(BANDS, metres) << 32 | self.day.ranks[rows]
        return len(rows), self.first(keys, rows), counts

    def area(self, query: Query) -> object:
        """In a country."""
        return self.some(self.snapshot.areas.of(query.area))

    def word(self, query: Query) -> object:
        """Holding a word, exactly."""
        place = self.snapshot.words.table.find(query.text.strip().encode())
        if place is None:
            return 0
        return self.some(self.snapshot.words.table.span(place, place + 1))

    def some(self, rows: np.ndarray) -> object:
        """Exactly these rows."""
        flags = np.zeros(self.terms.shape[1] * 64, dtype=np.bool_)
        flags[rows] = True
        mask = np.packbits(flags, bitorder="little").view(np.uint64)
        used = np.flatnonzero(mask)
        part = self.terms[:, used] & mask[used] if len(used) * 2 < len(mask) else self.terms & mask
        counts = np.bitwise_count(part).sum(axis=1).tolist()
        if len(rows) > 2000:
            first = self.day.ranking[: 2000 * len(flags) // len(rows)]
            return len(rows), self.snapshot.ids[first[flags[first]][:20]].tolist(), counts
        return len(rows), self.first(self.day.ranks[rows], rows), counts

    def pins(self, query: Query) -> object:
        """In a box, with the points themselves, or their middles in 16 x 16 cells where they are too many."""
        box = query.box
        assert box is not None
        lats, lons = self.points.degrees
        places = np.flatnonzero((lats >= box.south) & (lats <= box.north) & (lons >= box.west) & (lons <= box.east))
        lats, lons, owners = lats[places], lons[places], self.snapshot.offices.owners[places]
        answer = self.some(np.unique(owners))
        if len(places) <= 2000:
            return answer, list(zip(lats.tolist(), lons.tolist(), self.snapshot.ids[owners].tolist(), strict=True))
        lines = ((lats - box.south) * (15.99 / (box.north - box.south))).astype(np.int64)
        cells = lines * 16 + ((lons - box.west) * (15.99 / (box.east - box.west))).astype(np.int64)
        counts = np.bincount(cells)
        sums = np.bincount(cells, lats), np.bincount(cells, lons)
        return (
            answer,
            counts.tolist(),
            (sums[0] / np.maximum(counts, 1)).tolist(),
            (sums[1] / np.maximum(counts, 1)).tolist(),
        )

    def all(self, query: Query) -> object:
        """Everything."""
        counts = np.bitwise_count(self.terms).sum(axis=1).tolist()
        begin = (query.page - 1) * 20
        return len(self.snapshot.ids), self.snapshot.ids[self.day.ranking[begin : begin + 20]].tolist(), counts

    def first(self, keys: np.ndarray, rows: np.ndarray) -> list[int]:
        """The first 20 of them."""
        near = np.argpartition(keys, 20)[:20] if len(keys) > 20 else np.arange(len(keys))
        return self.snapshot.ids[rows[near[np.argsort(keys[near])]]].tolist()


BANDS = np.array([2, 5, 10, 15, 25, 50, 100, 250, 500, 1000]) * 1000


class Naive:
    """Whoosh as its documentation shows it: fields, a query, stored values counted and sorted in Python."""

    def __init__(self, corpus: Corpus) -> None:
        self.count = corpus.count
        schema = whoosh_fields.Schema(
            id=whoosh_fields.STORED,
            words=whoosh_fields.TEXT,
            area=whoosh_fields.KEYWORD,
            terms=whoosh_fields.KEYWORD,
            lat=whoosh_fields.NUMERIC(float),
            lon=whoosh_fields.NUMERIC(float),
            held=whoosh_fields.STORED,
        )
        self.index = whoosh_index.create_in(tempfile.mkdtemp(), schema)
        writer = self.index.writer(limitmb=256)
        for document in corpus.documents():
            terms = [term for held in document.terms.values() for term in held]
            lat, lon = document.points[0] if document.points else (0.0, 0.0)
            writer.add_document(
                id=document.id,
                words=" ".join(document.texts.values()),
                area=" ".join(document.areas),
                terms=" ".join(terms),
                lat=lat,
                lon=lon,
                held=(lat, lon, terms),
            )
        writer.commit()

    def ask(self, query: Query) -> object:
        """The answer to one question."""
        wanted: list[Any] = [whoosh_query.Term("words", word) for word in query.text.split()]
        wanted += [whoosh_query.Term("area", query.area)] if query.area else []
        wanted += [whoosh_query.Or([whoosh_query.Term("terms", term) for term in terms]) for _, terms in query.terms]
        for circle in query.circles:
            reach = circle.radius / 111
            wanted += [
                whoosh_query.NumericRange(f, v - reach, v + reach)
                for f, v in (("lat", circle.lat), ("lon", circle.lon))
            ]
        with self.index.searcher() as searcher:
            found = searcher.search(whoosh_query.And(wanted) if wanted else whoosh_query.Every(), limit=None)
            counts = Counter(term for hit in found for term in hit["held"][2])
            return len(found), [hit["id"] for hit in found[:20]], counts


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--whoosh", type=int, default=5_000)
    given = parser.parse_args()
    for line in run(given.count, given.whoosh):
        print("{engine:20}{corpus:>9}  {class:22}{p50_ms:>10}{p95_ms:>10}{p99_ms:>10}{ratio!s:>9}".format(**line))


if __name__ == "__main__":
    main()
