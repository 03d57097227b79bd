"""The least that arrays can do: the answer as bare numbers, from the same arrays, with no safety and no objects.

What everything else is measured by. It finds the same listings as our index, words by their stems and beginnings too,
but knows nothing of replaced documents, poles and the antimeridian, and orders nothing by how well words match: work
that a real index cannot leave out.
"""

from collections.abc import Sequence

import numpy as np
from rapidfuzz.distance import OSA

from bench.engines import Answer, Ask, Engine
from bench.invented import TODAY
from index import order, picking
from index.embedded import EmbeddedIndex
from index.picking import Flagged, Listed, Page, Source
from index.spelling import NAME
from index.types import Circle, Query
from index.words import EXPANSIONS, keys, letters_in, may_begin

BANDS = np.array([2, 5, 10, 15, 25, 50, 100, 250, 500, 1000]) * 1000
RINGS = (25.0, 100.0, 1000.0, 30_000.0)
METRES = 6371008.8


class Arrays(Engine):
    """Plain arrays: those of a generation of our index."""

    name = "plain arrays"

    def __init__(self, index: EmbeddedIndex) -> None:
        part = index._current().parts[0]
        self.snapshot, self.day = part.snapshot, part.day(TODAY)
        self.points, self.owners = self.snapshot.offices.points, self.snapshot.offices.owners
        self.table, self.terms = self.snapshot.words.table, self.day.terms
        self.lines = {term: line for line, (_, term) in enumerate(self.day.columns)}
        self.placed = self.snapshot.offices.placed()

    def asks(self, kind: str) -> Ask | None:
        """One function a class."""
        named = {
            "near": self.near, "two": self.near, "box": self.box, "country": self.area, "region": self.area,
            "common": self.words, "rare": self.words, "prefix": self.words, "typo": self.typo, "online": self.online,
            "nearest": self.nearest, "no": self.all,
        }  # fmt: skip
        return self.words if kind == "two words" else named[kind.split()[0]]

    def plain(self, answer: object) -> Answer:
        """With names of terms; a typo's answer is a word."""
        total, ids, counts = answer  # type: ignore[misc]  # made by the functions below
        return total, ids, dict(zip(self.lines, counts, strict=True))

    def near(self, query: Query) -> object:
        """Within one circle or two, with words and terms if any are asked."""
        rows, metres = self._reach(query.circles[0])
        for circle in query.circles[1:]:
            others, ways = self._reach(circle)
            places = np.minimum(others.searchsorted(rows), max(len(others) - 1, 0))
            both = others[places] == rows if len(others) else np.zeros(len(rows), dtype=np.bool_)
            rows, metres = rows[both], np.maximum(metres[both], ways[places[both]])
        if query.text:
            both = self._alike(query.text, is_last=True)[rows]
            rows, metres = rows[both], metres[both]
        return self._near(rows, metres, query.terms) if len(rows) else (0, [], [0] * len(self.lines))

    def nearest(self, query: Query) -> object:
        """The nearest of all who have a point."""
        for radius in RINGS:
            rows, metres = self._reach(Circle(query.circles[0].lat, query.circles[0].lon, radius))
            if len(rows) >= 20:
                break
        part = self.terms[:, : (self.placed + 63) >> 6].copy()
        part[:, -1] &= np.uint64((1 << (self.placed & 63)) - 1) if self.placed & 63 else ~np.uint64(0)
        counts = np.bitwise_count(part).sum(axis=1).tolist()
        near = picking.first_near(metres, 20)
        rows, metres = rows[near], metres[near]
        ring = (order.ring(self.day.keys[rows]) >> np.uint64(23)).astype(np.int64)
        ordered = np.argsort(metres << 38 | ring)
        first = ordered[picking.turned(metres[ordered], Page(0, min(20, len(rows))), self.day.share)[0]]
        return self.placed, self.snapshot.ids[rows[first]].tolist(), counts

    def box(self, query: Query) -> object:
        """In a box."""
        asked = query.box
        assert asked is not None
        lats, lons, owners = self._cells(asked.south, asked.north, asked.west, asked.east, self.points.degrees)
        inside = (lats >= asked.south) & (lats <= asked.north) & (lons >= asked.west) & (lons <= asked.east)
        return self._some(np.unique(owners[inside]))

    def area(self, query: Query) -> object:
        """In a country or region."""
        return self._some(self.snapshot.areas.of(query.area))

    def online(self, query: Query) -> object:
        """Online for a region: it or its country is served."""
        serves, flags = self.snapshot.serves, self._flags()
        flags[serves.of(query.online_for)] = True
        flags[serves.of(query.online_for[:2])] = True
        mask = np.packbits(flags, bitorder="little").view(np.uint64) & self.terms[self.lines["online"]]
        return self._counted(mask)

    def words(self, query: Query) -> object:
        """Holding all words, as our index understands them."""
        *others, last = query.text.split()
        flags = self._alike(last, is_last=True)
        for word in others:
            flags &= self._alike(word)
        mask = np.packbits(flags, bitorder="little").view(np.uint64)
        return self._counted(mask, flags)

    def exactly(self, kind: str, query: Query) -> Answer:
        """Holding the words as they are typed, or so begun: what engines without our stems find."""
        rows = set(range(len(self.snapshot.ids)))
        for word in query.text.split():
            low, high = self.table.range(word.encode()) if kind.startswith("prefix") else self._place(word)
            rows &= set(self.table.span(low, high).tolist())
        if query.circles:
            rows &= set(self._reach(query.circles[0])[0].tolist())
        return self.plain(self._some(np.array(sorted(rows), dtype=np.int64)))

    def typo(self, query: Query) -> object:
        """The known word with the fewest edits; then a name, the same first letter, the commonest."""
        held, word = self.snapshot.words, query.text
        alike = np.bitwise_count(held.letters ^ np.uint64(letters_in(word))) <= 4
        alike &= np.abs(held.lengths.astype(np.int16) - len(word)) <= 2
        near: list[tuple[int, bool, bool, int, str]] = []
        for place in np.flatnonzero(alike).tolist():
            known = self.table.text(place).decode()
            away = OSA.distance(word, known, score_cutoff=2)
            if away <= 2:
                levels = held.levels[self.table.stretch(place, place + 1)]
                named = int(np.count_nonzero(levels >= NAME))
                near.append((away, not named, known[0] != word[0], -(named or len(levels)), known))
        return min(near, default=(0, False, False, 0, ""))[4]

    def all(self, query: Query) -> object:
        """Everything."""
        begin, total = (query.page - 1) * 20, len(self.snapshot.ids)
        counts = np.bitwise_count(self.terms).sum(axis=1).tolist()
        return total, self._walked(Flagged(self.day, None), Page(begin, min(begin + 20, total))), counts

    def _flags(self) -> np.ndarray:
        return np.zeros(self.terms.shape[1] * 64, dtype=np.bool_)

    def _alike(self, word: str, is_last: bool = False) -> np.ndarray:
        """Who holds a word, a form of it or, if it is the last, a longer one."""
        known = [self.table.find(key.encode()) for key in keys(word, self.snapshot.languages)]
        spans = [(place, place + 1) for place in known if place is not None]
        if is_last and may_begin(word):
            low, high = self.table.range(word.encode())
            assert high - low <= EXPANSIONS
            spans.append((low, high))
        flags, lines = self._flags(), self.snapshot.words.lines
        for low, high in spans:
            common = [place for place in range(low, high) if place in lines]
            for place in common:
                flags[: len(lines[place])] |= lines[place] > 0
            if high - low > len(common):
                flags[self.table.span(low, high)] = True
        return flags

    def _place(self, word: str) -> tuple[int, int]:
        place = self.table.find(word.encode())
        return (0, 0) if place is None else (place, place + 1)

    def _cells(self, south: float, north: float, west: float, east: float, columns: np.ndarray) -> list[np.ndarray]:
        """Each of `columns`, and the owners, of the points in the cells that these degrees touch."""
        if not len(self.points.starts):
            return [*columns, self.owners]
        lines = np.arange(max(int((south + 90) * 4), 0), min(int((north + 90) * 4), 719) + 1) * 1440
        lows = self.points.starts[lines + max(int((west + 180) * 4), 0)].tolist()
        highs = self.points.starts[lines + min(int((east + 180) * 4) + 1, 1440)].tolist()
        spans = list(zip(lows, highs, strict=True))
        read = np.concatenate([columns[:, low:high] for low, high in spans], axis=1)
        return [*read, np.concatenate([self.owners[low:high] for low, high in spans])]

    def _reach(self, circle: Circle) -> tuple[np.ndarray, np.ndarray]:
        """Who has a point in the circle, ascending, and the metres to their nearest."""
        reach = circle.radius / 111.19
        south, north = circle.lat - reach, circle.lat + reach
        width = 360.0 if max(-south, north) > 88 else reach / np.cos(np.radians(max(-south, north)))
        x, y, z, owners = self._cells(south, north, circle.lon - width, circle.lon + width, self.points.vectors)
        lat, lon = np.radians(circle.lat), np.radians(circle.lon)
        chords = (x - np.cos(lat) * np.cos(lon)) ** 2 + (y - np.cos(lat) * np.sin(lon)) ** 2 + (z - np.sin(lat)) ** 2
        inside = chords <= (2 * np.sin(min(circle.radius * 1000 / (2 * METRES), np.pi / 2))) ** 2
        metres = np.rint(np.arcsin(np.sqrt(chords[inside]) / 2) * (2 * METRES))
        both = np.sort(owners[inside].astype(np.int64) << 32 | metres.astype(np.int64))
        rows, metres = both >> 32, both & 0xFFFFFFFF
        fresh = np.append(True, rows[1:] != rows[:-1])[: len(rows)]
        return rows[fresh], metres[fresh]

    def _near(self, rows: np.ndarray, metres: np.ndarray, chosen: Sequence[tuple[str, Sequence[str]]]) -> object:
        """The answer of some ascending rows at so many metres."""
        low, high = int(rows[0]) >> 6, (int(rows[-1]) >> 6) + 1
        flags = np.zeros((high - low) * 64, dtype=np.bool_)
        flags[rows - (low << 6)] = True
        mask = np.packbits(flags, bitorder="little").view(np.uint64)
        terms = self.terms[:, low:high]
        for _, wanted in chosen:
            mask = mask & np.bitwise_or.reduce([terms[self.lines[term]] for term in wanted])
        if chosen:
            keep = np.unpackbits(mask.view(np.uint8), bitorder="little").view(np.bool_)[rows - (low << 6)]
            rows, metres = rows[keep], metres[keep]
        counts = np.bitwise_count(terms & mask).sum(axis=1).tolist()
        return len(rows), self._first(rows, np.searchsorted(BANDS, metres)), counts

    def _some(self, rows: np.ndarray) -> object:
        """The answer of exactly these rows, each named once."""
        flags = self._flags()
        flags[rows] = True
        mask = np.packbits(flags, bitorder="little").view(np.uint64)
        return self._counted(mask, flags, len(rows)) if len(rows) > 2000 else self._few(rows, mask)

    def _counted(self, mask: np.ndarray, flags: np.ndarray | None = None, total: int | None = None) -> object:
        """The answer of a bit set."""
        if flags is None:
            flags = np.unpackbits(mask.view(np.uint8), bitorder="little").view(np.bool_)
        total = int(np.bitwise_count(mask).sum()) if total is None else total
        if total <= 2000:
            return self._few(np.flatnonzero(flags), mask)
        counts = np.bitwise_count(self.terms & mask).sum(axis=1).tolist()
        return total, self._walked(Flagged(self.day, flags), Page(0, 20)), counts

    def _few(self, rows: np.ndarray, mask: np.ndarray) -> object:
        """The answer of a few rows, each named once, and their bit set."""
        used = np.flatnonzero(mask)
        part = self.terms[:, used] & mask[used] if len(used) * 2 < len(mask) else self.terms & mask
        return len(rows), self._first(rows), np.bitwise_count(part).sum(axis=1).tolist()

    def _first(self, rows: np.ndarray, tiers: np.ndarray | None = None) -> list[int]:
        """The first 20 of them."""
        if not len(rows):
            return []
        codes = picking.codes_of(self.day, rows, tiers)
        first = picking.sorted_page(self.day, codes, page := Page(0, min(20, len(rows))))
        if first is None:
            return self._walked(Listed(self.day, codes), page)
        return self.snapshot.ids[picking.rows_of(self.day, first[0])].tolist()

    def _walked(self, source: Source, page: Page) -> list[int]:
        """A page of many: each group from the day's start on, all around."""
        found = [picking.walked(rows, part, start) for _, (rows,), part, start in picking.walks([source], page)]
        return [id_ for rows in found for id_ in self.snapshot.ids[rows].tolist()]
