"""SQLite with its own two indexes, FTS5 and R*Tree, in the build that the product uses.

The hits of a question become a temporary table; total, first 20 and counts are three statements over it. Terms are bits
of whole numbers, summed one by one: joining a table of terms and grouping it took six times as long.
"""

import math
from collections.abc import Iterable
from pathlib import Path

from pysqlite3 import dbapi2

from bench.corpus import Sample, terms, text
from bench.engines import Answer, Ask, Engine
from bench.engines.shapes import frame
from index.types import Circle, Document, Query

TABLES = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -1000000; PRAGMA temp_store = MEMORY;
CREATE TABLE listing (id INTEGER PRIMARY KEY, rank INTEGER, {columns});
CREATE VIRTUAL TABLE spot USING rtree (id, south, north, west, east, +listing, +lat, +lon);
CREATE VIRTUAL TABLE words USING fts5 (body, content = '', columnsize = 1, detail = full);
CREATE TABLE area (code TEXT, listing INTEGER, PRIMARY KEY (code, listing)) WITHOUT ROWID;
CREATE TABLE serves (code TEXT, listing INTEGER, PRIMARY KEY (code, listing)) WITHOUT ROWID;
CREATE TEMP TABLE hit (id INTEGER PRIMARY KEY, place REAL);
"""

WAY = """2 * 6371.0088 * asin(min(1, sqrt(pow(sin(radians(lat - {lat}) / 2), 2)
    + cos(radians(lat)) * cos(radians({lat})) * pow(sin(radians(lon - {lon}) / 2), 2))))"""
BITS = 60
"""Terms in one column."""

BAND = "(w > 2) + (w > 5) + (w > 10) + (w > 15) + (w > 25) + (w > 50) + (w > 100)"


class Sqlite(Engine):
    """A file."""

    name = "sqlite fts5 + r*tree"

    def __init__(self, sample: Sample, folder: Path) -> None:
        self.sql = dbapi2.connect(folder / "bench.sqlite", isolation_level=None)
        known = sorted({term for document in sample.documents for term in terms(document)})
        self.places = {term: divmod(number, BITS) for number, term in enumerate(known)}
        columns = [f"bits{number}" for number in range(len(known) // BITS + 1)]
        self.sums = ", ".join(f"sum(bits{column} >> {bit} & 1)" for column, bit in self.places.values())
        self.sql.executescript(TABLES.format(columns=", ".join(columns)))
        self.sql.execute("BEGIN")
        for document, rank in sample.ranked():
            self._put(document, rank, len(columns))
        self.sql.execute("COMMIT")
        self.sql.executescript(
            "INSERT INTO words (words) VALUES ('optimize'); CREATE INDEX by_rank ON listing (rank); ANALYZE;"
        )

    def _put(self, document: Document, rank: int, columns: int) -> None:
        one, many, id = self.sql.execute, self.sql.executemany, document.id
        one(f"INSERT INTO listing VALUES (?, ?{', ?' * columns})", (id, rank, *self._bits(terms(document), columns)))
        one("INSERT INTO words (rowid, body) VALUES (?, ?)", (id, text(document)))
        many("INSERT INTO area VALUES (?, ?)", [(code, id) for code in document.areas])
        many("INSERT INTO serves VALUES (?, ?)", [(code, id) for code in document.serves])
        spots = [(lat, lat, lon, lon, id, lat, lon) for lat, lon in document.points]
        many("INSERT INTO spot VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)", spots)

    def _bits(self, named: Iterable[str], columns: int) -> list[int]:
        """The terms as one number a column."""
        bits = [0] * columns
        for column, bit in (self.places[term] for term in named):
            bits[column] |= 1 << bit
        return bits

    def _has(self, chosen: Iterable[str]) -> str:
        """Whether a listing has any of these terms."""
        bits = self._bits(chosen, len(self.places) // BITS + 1)
        return "(" + " OR ".join(f"bits{column} & {mask}" for column, mask in enumerate(bits) if mask) + ")"

    def asks(self, kind: str) -> Ask | None:
        """Misspelt words it cannot correct, and its R*Tree has no nearest."""
        if kind in ("typo", "nearest 20"):
            return None
        if kind == "no filter":
            return self.everything
        return self.prefix if kind.startswith("prefix") else self.find

    def find(self, query: Query) -> Answer:
        """The whole answer."""
        return self._answer(*self._hits(query, " ".join(f'"{word}"' for word in query.text.split())))

    def prefix(self, query: Query) -> Answer:
        """The same with a word that is not ended."""
        return self._answer(*self._hits(query, f'"{query.text}"*'))

    def everything(self, query: Query) -> Answer:
        """All: nothing to match, so nothing to keep."""
        total = self.sql.execute("SELECT count(*) FROM listing").fetchone()[0]
        shown = self.sql.execute("SELECT id FROM listing ORDER BY rank LIMIT 20 OFFSET ?", ((query.page - 1) * 20,))
        first = [id for (id,) in shown.fetchall()]
        counts = self.sql.execute(f"SELECT {self.sums} FROM listing").fetchone()
        return total, first, dict(zip(self.places, counts, strict=True))

    def _hits(self, query: Query, line: str) -> tuple[str, list[object]]:
        """What selects (id, place in the order)."""
        if query.circles:
            return self._near(query, line)
        if query.box:
            box = query.box
            inside = "north >= ? AND south <= ? AND east >= ? AND west <= ?"
            inside += " AND lat BETWEEN ? AND ? AND lon BETWEEN ? AND ?"
            edges = [box.south, box.north, box.west, box.east, box.south, box.north, box.west, box.east]
            return f"SELECT DISTINCT listing, 0 FROM spot WHERE {inside}", edges
        if line:
            return "SELECT rowid, rank FROM words WHERE words MATCH ?", [line]
        if query.area:
            return "SELECT listing, 0 FROM area WHERE code = ?", [query.area]
        codes = [query.online_for, query.online_for[:2]]
        served = "SELECT DISTINCT id, 0 FROM serves JOIN listing ON id = serves.listing WHERE code IN (?, ?)"
        return f"{served} AND {self._has(['online'])}", codes

    def _near(self, query: Query, line: str) -> tuple[str, list[object]]:
        inside = " INTERSECT ".join(f"SELECT id FROM ({_circle(c)})" for c in query.circles)
        ways = " UNION ALL ".join(_circle(c) for c in query.circles)
        wheres = [f"id IN ({inside})"] if len(query.circles) > 1 else []
        wheres += [self._has(chosen) for _, chosen in query.terms]
        if line:
            wheres.append("EXISTS (SELECT 1 FROM words WHERE words MATCH ? AND words.rowid = id)")
        tables = f"(SELECT id, max(w) w FROM ({ways}) GROUP BY id)" + (
            " JOIN listing USING (id)" if query.terms else ""
        )
        where = f"WHERE {' AND '.join(wheres)}" if wheres else ""
        return f"SELECT id, {BAND} FROM {tables} {where}", [line] if line else []

    def _answer(self, hits: str, given: list[object]) -> Answer:
        self.sql.execute("DELETE FROM hit")
        self.sql.execute(f"INSERT INTO hit {hits}", given)
        total = self.sql.execute("SELECT count(*) FROM hit").fetchone()[0]
        joined = "hit CROSS JOIN listing USING (id)"  # CROSS: else it walks through all listings
        shown = self.sql.execute(f"SELECT id FROM {joined} ORDER BY place, rank LIMIT 20").fetchall()
        counts = self.sql.execute(f"SELECT {self.sums} FROM {joined}").fetchone()
        return total, [id for (id,) in shown], {term: n or 0 for term, n in zip(self.places, counts, strict=True)}

    def close(self) -> None:
        """The file is its folder's."""
        self.sql.close()


def _circle(circle: Circle) -> str:
    """(id, km of its nearest point) of those in a circle."""
    box, way = frame(circle), WAY.format(lat=circle.lat, lon=circle.lon)
    assert math.isfinite(circle.radius)
    inside = f"north >= {box.south} AND south <= {box.north} AND east >= {box.west} AND west <= {box.east}"
    return f"SELECT listing id, min({way}) w FROM spot WHERE {inside} GROUP BY listing HAVING w <= {circle.radius}"
