"""The format of the gazetteer file: its tables, and how points and kinds are written in it."""

SCHEMA = 16
"""The format of the file; another number means `places build` must run again."""

KINDS = ("city", "village", "county", "region", "country", "area")
"""Kinds as the file numbers them."""

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE place (
  id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, name TEXT NOT NULL, country TEXT NOT NULL, region INTEGER,
  county INTEGER, lat INTEGER NOT NULL, lon INTEGER NOT NULL, population INTEGER NOT NULL, radius INTEGER, code TEXT,
  within TEXT
);
CREATE TABLE name (
  folded TEXT NOT NULL, rank INTEGER NOT NULL, place INTEGER NOT NULL, country TEXT NOT NULL, kind INTEGER NOT NULL,
  PRIMARY KEY (folded, rank, place)
) WITHOUT ROWID;
CREATE TABLE postcode (
  code TEXT NOT NULL, country TEXT NOT NULL, written TEXT NOT NULL, lat INTEGER NOT NULL, lon INTEGER NOT NULL,
  place INTEGER NOT NULL, PRIMARY KEY (code, country)
) WITHOUT ROWID;
CREATE TABLE cell (cell INTEGER NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (cell, place)) WITHOUT ROWID;
CREATE TABLE head (prefix TEXT NOT NULL, country TEXT NOT NULL, places BLOB NOT NULL, PRIMARY KEY (prefix, country))
WITHOUT ROWID;
CREATE TABLE spelling (id INTEGER PRIMARY KEY, folded TEXT NOT NULL);
CREATE TABLE spelling_count (rank INTEGER PRIMARY KEY, words INTEGER NOT NULL);
CREATE TABLE word (folded TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE deletion (bucket INTEGER PRIMARY KEY, entries BLOB NOT NULL);
CREATE TABLE region_name (
  language TEXT NOT NULL, code TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (language, code)
) WITHOUT ROWID;
CREATE TABLE town_name (
  place INTEGER NOT NULL, language TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (place, language)
) WITHOUT ROWID;
"""

RUNS = "BR"
"""The country whose table holds the first postcode of each town's run: Correios' "faixas de CEP" leave no gap, so that
a code belongs to the town whose first is next before it."""

INDEXES = f"""
CREATE UNIQUE INDEX place_code ON place (code) WHERE code IS NOT NULL;
CREATE INDEX postcode_run ON postcode (code) WHERE country = '{RUNS}';
"""

DEGREE = 100_000
"""Coordinates are kept as whole hundred-thousandths of a degree (1 m)."""

CELLS = 4
"""Grid cells per degree for the nearest town."""


def cell(lat: float, lon: float) -> int:
    """The number of the grid cell a point lies in."""
    return int((min(lat, 89.9999) + 90) * CELLS) * 360 * CELLS + int((lon + 180) % 360 * CELLS)
