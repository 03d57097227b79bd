"""What is worked out of all names at once: their order, what corrections and suggestions need.

Each function runs in a process of its own, beside the writing of the other tables.
"""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from heapq import merge
from operator import itemgetter
from pathlib import Path

import pysqlite3

from referral.places import heads, rank, spelling
from referral.places.hangul import apart
from referral.places.schema import TABLES
from referral.places.spools import NameRow, Spools

SETTINGS = "PRAGMA page_size = 8192; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -100000;"
"""Of a file that is thrown away when it is not finished."""

TOWNS, VILLAGES = "towns", "villages"
"""Parts of the sorted names."""


def sort_towns(spools: Spools, countries: Iterable[str]) -> None:
    """Put the names of all towns in order."""
    spools.sorted_names.put_runs(TOWNS, (row for code in countries for row in spools.names.rows(code)), _sorted)


def sort_villages(spools: Spools, numbers: "Mapping[str, array[int]]") -> None:
    """Put the names of all villages in order, which have these row numbers."""
    stored = rank.stored(rank.prominence("village", 0))
    rows = (
        (folded, stored, known[which], code, 1)
        for code, known in numbers.items()
        for folded, which in spools.village_names.rows(code)
    )
    spools.sorted_names.put_runs(VILLAGES, rows, _sorted)


def _sorted(rows: list[NameRow]) -> list[NameRow]:
    """By folded name, then rank: stable sorts by one column take half as long as one by rows."""
    for column in (2, 1, 0):
        rows.sort(key=itemgetter(column))
    return rows


def _typed(known: Iterable[NameRow]) -> list[NameRow]:
    """The names in Hangul by their keys, in order: of a syllable that is being written only the first are there."""
    return _sorted([(keys, row[1], row[2], row[3], row[4]) for row in known if (keys := apart(row[0])) != row[0]])


def derive(spools: Spools, areas: Sequence[NameRow], path: Path) -> None:
    """Fill the tables of corrections and `head` of a file of their own, of all names but the villages'."""
    known = [*merge(spools.sorted_names.merged(TOWNS), sorted(areas))]
    with closing(pysqlite3.connect(str(path), isolation_level=None)) as file:
        file.executescript(SETTINGS + TABLES + "BEGIN;")
        file.executemany(
            "INSERT INTO head VALUES (?, ?, ?)", sorted([*heads.heads(known), *heads.heads(_typed(known))])
        )
        spelled = spelling.choose(known)
        del known  # the deletions need the room
        file.executemany("INSERT INTO spelling VALUES (?, ?)", enumerate(spelled.words))
        file.executemany("INSERT INTO spelling_count VALUES (?, ?)", spelled.counts())
        file.executemany("INSERT INTO deletion VALUES (?, ?)", spelled.buckets())
        file.execute("COMMIT")
