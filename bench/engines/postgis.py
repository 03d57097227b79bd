"""PostgreSQL with PostGIS: a private cluster in a folder of its own, on a socket, ended and deleted afterwards.

One statement a question: a materialised set of hits, from which total, first 20 and counts are taken.
"""

from typing import Any

import psycopg

from bench.corpus import Sample, terms, text
from bench.engines import Answer, Ask, Engine
from bench.engines.cluster import Cluster
from index.types import Circle, Query

TABLES = """
CREATE EXTENSION postgis; CREATE EXTENSION pg_trgm;
CREATE TABLE listing (id int PRIMARY KEY, rank int, areas text[], serves text[], terms smallint[], words tsvector);
CREATE TABLE spot (listing int, at geography(Point));
"""

INDEXES = """
CREATE INDEX ON spot USING gist (at); CREATE INDEX ON spot USING gist ((at::geometry)); CREATE INDEX ON spot (listing);
CREATE INDEX ON listing USING gin (words); CREATE INDEX ON listing USING gin (areas);
CREATE INDEX ON listing USING gin (serves); CREATE INDEX ON listing (rank);
CREATE TABLE word AS SELECT word, ndoc FROM ts_stat('SELECT words FROM listing');
CREATE INDEX ON word USING gin (word gin_trgm_ops); VACUUM ANALYZE;
"""

ANSWER = """WITH hit AS MATERIALIZED ({hits}) SELECT (SELECT count(*) FROM hit),
    ARRAY(SELECT id FROM hit ORDER BY place, rank LIMIT 20 OFFSET {skipped}),
    ARRAY(SELECT ARRAY[t, count(*)] FROM hit, unnest(terms) t GROUP BY t)"""
BAND = "width_bucket(w, ARRAY[2000, 5000, 10000, 15000, 25000, 50000, 100000]::float[])"
SIMILAR = "SELECT word FROM word WHERE word %% %s ORDER BY similarity(word, %s) DESC, ndoc DESC LIMIT 1"


class Postgis(Engine):
    """A cluster that only this process knows."""

    name = "postgis"

    def __init__(self, sample: Sample) -> None:
        self.cluster = Cluster()
        self.sql = psycopg.connect(self.cluster.address, autocommit=True, prepare_threshold=1)
        self.sql.execute(TABLES)
        self.terms: dict[str, int] = {}
        with self.sql.cursor() as cursor:
            with cursor.copy("COPY listing FROM STDIN") as copy:
                for document, rank in sample.ranked():
                    numbers = [self.terms.setdefault(term, len(self.terms)) for term in terms(document)]
                    copy.write_row(
                        (document.id, rank, list(document.areas), list(document.serves), numbers, _vector(document))
                    )
            with cursor.copy("COPY spot FROM STDIN") as copy:
                for document in sample.documents:
                    for lat, lon in document.points:
                        copy.write_row((document.id, f"SRID=4326;POINT({lon!r} {lat!r})"))
        for statement in INDEXES.split(";")[:-1]:
            self.sql.execute(statement)

    def asks(self, kind: str) -> Ask:
        """Every class; a typo is answered by the most similar word."""
        if kind == "typo":
            return lambda query: self.sql.execute(SIMILAR, (query.text, query.text)).fetchone()
        ending = ":*" if kind.startswith("prefix") else ""
        return lambda query: self.find(query, ending)

    def find(self, query: Query, ending: str = "") -> Answer:
        """The whole answer; `ending` follows the last word."""
        line = " & ".join(query.text.split()) + ending if query.text else ""
        hits, given = self._nearest(query) if query.sort == "nearest" else self._hits(query, line)
        skipped = (query.page - 1) * 20
        row: Any = self.sql.execute(ANSWER.format(hits=hits, skipped=skipped), given).fetchone()
        names = list(self.terms)
        return row[0], row[1], {names[term]: count for term, count in row[2]}

    def _hits(self, query: Query, line: str) -> tuple[str, dict[str, object]]:
        wheres, given, place = [], {"line": line}, "0"
        if line:
            wheres, place = (
                ["words @@ to_tsquery('simple', %(line)s)"],
                "-ts_rank(words, to_tsquery('simple', %(line)s))",
            )
        for number, (_, chosen) in enumerate(query.terms):
            wheres.append(f"(terms || '{{}}'::smallint[]) && %(terms{number})s::smallint[]")
            given[f"terms{number}"] = [self.terms[term] for term in chosen]  # type: ignore[assignment]  # mixed values
        if query.area:
            wheres, given = ["areas @> ARRAY[%(area)s]"], {"area": query.area}
        if code := query.online_for:
            wheres = ["serves && %(codes)s", f"terms @> ARRAY[{self.terms['online']}]::smallint[]"]
            given = {"codes": [code, code[:2]]}  # type: ignore[dict-item]  # mixed values
        if query.box:
            box = query.box
            edges = f"ST_MakeEnvelope({box.west}, {box.south}, {box.east}, {box.north}, 4326)"
            inside = f"ST_Intersects(at::geometry, {edges})"  # && alone compares single floats
            wheres.append(f"id IN (SELECT listing FROM spot WHERE {inside})")
        tables = "listing"
        if query.circles:
            ways = " UNION ALL ".join(_circle(c) for c in query.circles)
            tables += f""" JOIN (SELECT listing AS id, max(w) w FROM ({ways}) s GROUP BY listing
                HAVING count(*) = {len(query.circles)}) near USING (id)"""
            place = BAND
        where = f"WHERE {' AND '.join(wheres)}" if wheres else ""
        return f"SELECT id, rank, {place} AS place, terms FROM {tables} {where}", given  # type: ignore[return-value]

    def _nearest(self, query: Query) -> tuple[str, dict[str, object]]:
        """All who have a point, those of the 60 nearest points in their order: nobody has more than three."""
        at = _point(query.circles[0])
        near = f"SELECT listing, at <-> {at} w FROM spot ORDER BY at <-> {at} LIMIT 60"
        place = f"(SELECT listing AS id, min(w) w FROM ({near}) s GROUP BY 1)"
        placed = "SELECT DISTINCT listing AS id FROM spot"
        told = "SELECT id, 0 AS rank, coalesce(w, 1e9) AS place, terms"
        return f"{told} FROM ({placed}) p JOIN listing USING (id) LEFT JOIN {place} n USING (id)", {}

    def close(self) -> None:
        """End the cluster."""
        self.sql.close()
        self.cluster.end()


def _circle(circle: Circle) -> str:
    """(listing, metres of its nearest point) of those in a circle, on the sphere as everybody else."""
    at = _point(circle)
    within = f"ST_DWithin(at, {at}, {circle.radius * 1000}, false)"
    return f"SELECT listing, min(ST_Distance(at, {at}, false)) w FROM spot WHERE {within} GROUP BY listing"


def _point(circle: Circle) -> str:
    return f"ST_SetSRID(ST_MakePoint({circle.lon!r}, {circle.lat!r}), 4326)::geography"


def _vector(document: Any) -> str:
    """The words with their positions, as PostgreSQL writes them."""
    places: dict[str, list[int]] = {}
    for place, word in enumerate(text(document).split(), start=1):
        places.setdefault(word, []).append(place)
    return " ".join(f"'{word}':{','.join(map(str, at))}" for word, at in places.items())
