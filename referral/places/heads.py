"""The best places for short prefixes, worked out when building so that suggesting never scans far."""

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence

FEW = 300
"""A prefix with no more names than this is scanned when asked."""

KEPT = 60
"""Places kept for a prefix over the whole world."""

KEPT_COUNTRY = 10
"""Places kept for a prefix within one country."""

COUNTRY_LETTERS = 6
"""Up to this many letters the best of each country are kept too; longer prefixes are told apart by the world's best."""

Best = list[tuple[int, int, str]]
"""(rank, place, country), best first."""


Names = Sequence[tuple[str, int, int, str, int]]
"""Rows of the table `name`, in order."""


def heads(names: Names) -> Iterator[tuple[str, str, bytes]]:
    """(prefix, country or "", packed places) for every prefix of many names."""
    if names:
        tree = _Tree(names)
        tree.visit(0, len(names), 0)
        yield from tree.found


class _Tree:
    """Walks the sorted names letter by letter; the best of a prefix are the best of its continuations."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.words = [name[0] for name in names]
        self.found: list[tuple[str, str, bytes]] = []

    def visit(self, start: int, end: int, depth: int) -> tuple[Best, dict[str, Best]]:
        """The best of the names from `start` to `end`, which share `depth` letters: of the world, of each country."""
        if end - start <= FEW or len(self.words[end - 1]) < depth:
            rows = [(rank, place, country) for _, rank, place, country, _ in self.names[start:end]]
            return _top(rows, KEPT), _by_country(rows)
        world: Best = []
        countries: dict[str, Best] = {}
        at = start
        while at < end:
            stop = _stop(self.words, at, end, depth)
            best, by_country = self.visit(at, stop, depth + 1)
            world += best
            for country, rows in by_country.items():
                countries.setdefault(country, []).extend(rows)
            at = stop
        world = _top(world, KEPT)
        countries = {country: _top(rows, KEPT_COUNTRY) for country, rows in countries.items()}
        self._keep(self.words[start][:depth], world, countries if depth <= COUNTRY_LETTERS else {})
        return world, countries

    def _keep(self, prefix: str, world: Best, countries: dict[str, Best]) -> None:
        if prefix and prefix == prefix.strip():
            self.found.append((prefix, "", _packed(world)))
            self.found.extend((prefix, country, _packed(rows)) for country, rows in countries.items())


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
    for row in sorted(rows)[: count * 3]:  # mostly in order already: twice as fast as a heap of the best
        best.setdefault(row[1], row)
    return list(best.values())[:count]


def _packed(rows: Best) -> bytes:
    """32-bit row numbers, then as many scores times 100."""
    return array("I", [row[1] for row in rows] + [max(0, -row[0]) for row in rows]).tobytes()
