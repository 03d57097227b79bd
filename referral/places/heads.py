"""The best places for short prefixes, worked out when building so that suggesting never scans far."""

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from heapq import nsmallest

FEW = 300
"""A prefix with no more names than this is scanned when asked."""

KEPT = 60
"""Places kept for a prefix over the whole world."""

KEPT_COUNTRY = 10
"""Places kept for a prefix within one country."""

COUNTRY_LETTERS = 3
"""Up to this many letters the best of each country are kept too; longer prefixes are told apart by the world's best."""

Best = list[tuple[int, int, str]]
"""(rank, place, country), best first."""


def heads(names: Sequence[tuple[str, int, int, str, int]]) -> Iterator[tuple[str, str, bytes]]:
    """(prefix, country or "", packed row numbers) for every prefix of many names; `names` are sorted."""
    words = [name[0] for name in names]
    found: list[tuple[str, str, bytes]] = []

    def visit(start: int, end: int, depth: int) -> tuple[Best, dict[str, Best]]:
        if end - start <= FEW or len(words[end - 1]) < depth:
            rows = [(rank, place, country) for _, rank, place, country, _ in names[start:end]]
            return _top(rows, KEPT), _by_country(rows) if depth <= COUNTRY_LETTERS + 1 else {}
        world: Best = []
        countries: dict[str, Best] = {}
        at = start
        while at < end:
            stop = _stop(words, at, end, depth)
            best, by_country = visit(at, stop, depth + 1)
            world += best
            for country, rows in by_country.items():
                countries.setdefault(country, []).extend(rows)
            at = stop
        world = _top(world, KEPT)
        prefix = words[start][:depth]
        if depth and prefix == prefix.strip():
            found.append((prefix, "", _packed(world)))
        if depth > COUNTRY_LETTERS + 1:
            return world, {}
        best_of = {country: _top(rows, KEPT_COUNTRY) for country, rows in countries.items()}
        if 0 < depth <= COUNTRY_LETTERS and prefix == prefix.strip():
            found.extend((prefix, country, _packed(rows)) for country, rows in best_of.items())
        return world, best_of

    if names:
        visit(0, len(names), 0)
    yield from found


def _stop(words: Sequence[str], at: int, end: int, depth: int) -> int:
    """Where the names with the same letter at `depth` as the one at `at` end."""
    prefix = words[at][: depth + 1]
    if len(prefix) <= depth:
        return bisect_left(words, prefix + "\0", at, end)
    return bisect_left(words, prefix[:-1] + chr(ord(prefix[-1]) + 1), at, end)


def _by_country(rows: Best) -> dict[str, Best]:
    countries: dict[str, Best] = {}
    for row in rows:
        countries.setdefault(row[2], []).append(row)
    return {country: _top(known, KEPT_COUNTRY) for country, known in countries.items()}


def _top(rows: Best, count: int) -> Best:
    """The best `count` different places of `rows`."""
    best: dict[int, tuple[int, int, str]] = {}
    for row in nsmallest(count * 3, rows):
        best.setdefault(row[1], row)
    return list(best.values())[:count]


def _packed(rows: Best) -> bytes:
    """32-bit row numbers, then as many scores times 100."""
    return array("I", [row[1] for row in rows] + [max(0, -row[0]) for row in rows]).tobytes()
