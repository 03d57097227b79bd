"""How fast and how right places are read: speed beside the floor and rapidfuzz, accuracy on lines made from the data.

    .venv/bin/python -m bench.places [--accuracy]

The floor is folding and one indexed look-up; rapidfuzz compares the line with every name that can be corrected to.
"""

import argparse
import json
import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from babel import Locale
from rapidfuzz import fuzz, process

from bench import timing
from referral.config import from_environment
from referral.places import distance, names
from referral.places.folding import fold
from referral.places.gazetteer import Gazetteer, open_gazetteer
from referral.places.types import Place

SEED = 7
TOLERANCE_KM = 25.0
ROUNDS = 5
NAMED = 5
"""Places that an answer to a name of several names."""
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Case:
    """A typed line and where its place is; None when nothing may be found."""

    line: str
    point: tuple[float, float] | None
    tolerance_km: float = TOLERANCE_KM
    first: int = 1
    """Among so many answers the place must be."""


def run() -> list[dict[str, object]]:
    """Speed of each class of line, as rows for `bench/results.json`."""
    gazetteer = open_gazetteer(_file())
    cases = made(gazetteer)
    store = gazetteer.store
    corpus = f"{store.rows('SELECT count(*) FROM place')[0][0]} places"
    towns = [c.line for c in cases["city"]]
    floor = _timed(lambda line: store.named(fold(line), 1), towns)
    rows = [_row("floor", corpus, "exact", floor, floor)]
    known = [str(n[0]) for n in store.rows("SELECT folded FROM spelling")]
    by_hand = _timed(
        lambda line: process.extractOne(fold(line), known, scorer=fuzz.ratio), [c.line for c in cases["one edit"]][:20]
    )
    for name, lines in {
        "exact": towns,
        "qualified": [c.line for c in cases["city, country"] + cases["city, region"]],
        "postcode": [c.line for c in cases["postcode, country"]],
        "typo": [c.line for c in cases["one edit"] + cases["two edits"]],
        "address": [c.line for c in cases["address"]],
        "garbage": [c.line for c in cases["nonsense"]],
    }.items():
        rows.append(_row("gazetteer", corpus, name, _timed(gazetteer.find, lines), floor))
    prefixes = [line[:n] for line in towns for n in range(1, 6)]
    rows.append(_row("gazetteer", corpus, "suggest", _timed(gazetteer.suggest, prefixes), floor))
    rows.append(_row("rapidfuzz over all names", corpus, "typo", by_hand, floor))
    rows.append(_memory_row(corpus, [case.line for kind in cases.values() for case in kind]))
    return rows


def _file() -> Path:
    return from_environment(os.environ).gazetteer


def _timed(ask: Callable[[str], object], lines: list[str]) -> list[float]:
    """Milliseconds of each line, the median of its rounds: on a shared machine the percentiles would else be those of
    its other guests. The first round only warms up, with a few of them.
    """
    for line in lines[:300]:
        ask(line)
    rounds = [[_once(ask, line) for line in lines] for _ in range(ROUNDS)]
    return sorted(timing.median(took) for took in zip(*rounds, strict=True))


def _once(ask: Callable[[str], object], line: str) -> float:
    start = time.perf_counter()
    ask(line)
    return (time.perf_counter() - start) * 1e3


def _row(engine: str, corpus: str, kind: str, times: list[float], floor: list[float]) -> dict[str, object]:
    p50, p95, p99 = (times[min(len(times) - 1, int(len(times) * q))] for q in (0.5, 0.95, 0.99))
    ratio = p50 / floor[len(floor) // 2]
    row: dict[str, object] = {"bench": "places", "engine": engine, "corpus": corpus, "class": kind}
    return row | {"p50_ms": round(p50, 3), "p95_ms": round(p95, 3), "p99_ms": round(p99, 3), "ratio": round(ratio, 1)}


def _memory_row(corpus: str, lines: list[str]) -> dict[str, object]:
    """What a process that only asks all `lines` holds for itself, and how much of it came with the asking."""
    before, after = memory(lines)
    kind = f"private memory {after:.0f} MB, {after - before:.0f} of it by {len(lines)} lines"
    row: dict[str, object] = {"bench": "places", "engine": "gazetteer", "corpus": corpus, "class": kind}
    return row | dict.fromkeys(("p50_ms", "p95_ms", "p99_ms", "ratio")) | {"mb": round(after, 1)}


def memory(lines: list[str]) -> tuple[float, float]:
    """Private megabytes of a fresh process before it opens the gazetteer, and after it asked `lines`."""
    command = [sys.executable, "-m", "bench.places", "--memory"]
    done = subprocess.run(command, input=json.dumps(lines), capture_output=True, text=True, check=True)
    before, after = map(float, done.stdout.split())
    return before, after


def _ask_alone() -> None:
    """The child's side of `memory`."""
    lines = json.load(sys.stdin)
    before = _private_mb()
    gazetteer = open_gazetteer(_file())
    for line in lines:
        gazetteer.find(line)
        gazetteer.suggest(line[:3])
    print(before, _private_mb())


def _private_mb() -> float:
    """Memory that is this process's alone; the file's pages are the system's, held once for all."""
    kept = re.findall(r"^Private_\w+: +(\d+) kB", Path("/proc/self/smaps_rollup").read_text(), re.MULTILINE)
    return sum(map(int, kept)) / 1024


def made(gazetteer: Gazetteer, size: int = 400) -> dict[str, list[Case]]:
    """Lines of every class, made from the gazetteer's own towns; the same for the same data."""
    dice = random.Random(SEED)
    large = [p for c in _countries(gazetteer) for p in gazetteer.cities([c], 15_000)]
    first = _most_prominent(gazetteer, large)
    cities = [p for p in first if p.population >= 100_000]
    picked = dice.sample(cities, min(size, len(cities)))
    return {
        "city": [_case(p.name, p) for p in picked],
        "town": [_case(p.name, p) for p in dice.sample(first, min(size, len(first)))],
        "city, country": [
            _case(f"{p.name}, {Locale('en').territories[p.country]}", p) for p in _sample(dice, large, size)
        ],
        "city country": [_case(f"{p.name} {Locale('en').territories[p.country]}", p) for p in picked],
        "city, region": [_case(f"{p.name}, {p.region}", p) for p in _sample(dice, large, size) if p.region],
        "label": [_case(p.label(), p) for p in _sample(dice, large, size * 4)],
        "ambiguous": list(_ambiguous(dice, large, size)),
        "native": list(_native(gazetteer, picked)),
        "country": list(_country_names(gazetteer, dice, size)),
        "region": list(_regions(gazetteer)),
        "one edit": [_case(mutated(p.name, 1, dice), p) for p in picked if len(p.name) >= 5],
        "two edits": [_case(mutated(p.name, 2, dice), p) for p in picked if len(p.name) >= 8],
        **_misspelt(first, size),
        "one edit, country": [
            _case(f"{mutated(p.name, 1, dice)}, {Locale('en').territories[p.country]}", p)
            for p in _sample(dice, large, size)
            if len(p.name) >= 5
        ],
        "postcode, country": list(_postcodes(gazetteer, dice, size)),
        "address": [_case(f"{dice.randint(1, 300)} {dice.choice(_STREETS)}, {p.name}, {p.country}", p) for p in picked],
        "nonsense": [Case(line, None) for line in nonsense(dice, size)],
    }


def _misspelt(towns: list[Place], size: int) -> dict[str, list[Case]]:
    """Names of towns of every size, most of them small, with one wrong letter or two."""
    dice = random.Random(SEED)
    return {
        "one edit, town": [_case(mutated(p.name, 1, dice), p) for p in _longer(dice, towns, 5, size)],
        "two edits, town": [_case(mutated(p.name, 2, dice), p) for p in _longer(dice, towns, 8, size)],
    }


def _longer(dice: random.Random, towns: list[Place], least: int, size: int) -> list[Place]:
    names = [p for p in towns if len(p.name) >= least]
    return dice.sample(names, min(size, len(names)))


_STREETS = ("Main Street", "Rue de la Gare", "Bahnhofstraße", "Via Roma", "Calle Mayor", "Station Road")


def _countries(gazetteer: Gazetteer) -> list[str]:
    return [str(r[0]) for r in gazetteer.store.rows("SELECT code FROM place WHERE kind = 4 ORDER BY code")]


def _sample(dice: random.Random, places: list[Place], size: int) -> list[Place]:
    """Places of every country alike, so that no large one drowns the others."""
    by_country: dict[str, list[Place]] = {}
    for place in places:
        by_country.setdefault(place.country, []).append(place)
    return [dice.choice(by_country[c]) for _, c in zip(range(size), _round(dice, sorted(by_country)), strict=False)]


def _round(dice: random.Random, countries: list[str]) -> Iterator[str]:
    while True:
        yield from dice.sample(countries, len(countries))


def _most_prominent(gazetteer: Gazetteer, places: list[Place]) -> list[Place]:
    """The places that are the largest of their name."""
    best: dict[str, Place] = {}
    for place in places:
        key = fold(place.name)
        if key not in best or best[key].population < place.population:
            best[key] = place
    return sorted(best.values(), key=lambda p: p.id)


def _ambiguous(dice: random.Random, places: list[Place], size: int) -> Iterator[Case]:
    """Names alone that two to five towns bear, one line for each of them: all must be named."""
    bearers: dict[str, list[Place]] = {}
    for place in places:
        bearers.setdefault(fold(place.name), []).append(place)
    shared = [group for group in bearers.values() if 2 <= len(group) <= NAMED]
    for place in (p for group in dice.sample(shared, min(size, len(shared))) for p in group):
        yield Case(place.name, (place.lat, place.lon), first=NAMED)


def _case(line: str, place: Place, tolerance_km: float = TOLERANCE_KM) -> Case:
    return Case(line, (place.lat, place.lon), tolerance_km)


def _native(gazetteer: Gazetteer, places: list[Place]) -> Iterator[Case]:
    """A name in another script of each place that has one."""
    for place in places:
        sql = "SELECT folded FROM name WHERE place = ? AND folded > 'Ͱ' ORDER BY folded LIMIT 1"
        for (name,) in gazetteer.store.rows(sql, (int(place.id),)):
            yield _case(str(name), place)


def _country_names(gazetteer: Gazetteer, dice: random.Random, size: int) -> Iterator[Case]:
    known = [(name, code) for code, all_names in sorted(names.territory_names().items()) for name in all_names]
    for name, code in dice.sample(known, size):
        if place := gazetteer.place(code):
            yield _case(name, place, 100.0)


def _regions(gazetteer: Gazetteer) -> Iterator[Case]:
    """Regions of more than a million people, typed with their country."""
    for (code,) in gazetteer.store.rows("SELECT code FROM place WHERE kind = 3 AND population > 1000000 ORDER BY code"):
        place = gazetteer.place(str(code))
        if place:
            yield _case(place.label(), place, place.radius_km)


def _postcodes(gazetteer: Gazetteer, dice: random.Random, size: int) -> Iterator[Case]:
    """Postcodes of every covered country alike."""
    countries = [str(r[0]) for r in gazetteer.store.rows("SELECT DISTINCT country FROM postcode ORDER BY country")]
    for country in countries:
        sql = "SELECT written, lat, lon FROM postcode WHERE country = ? ORDER BY code"
        rows = gazetteer.store.rows(sql, (country,))
        for written, lat, lon in dice.sample(rows, min(len(rows), size // 80)):
            line = f"{written}, {Locale('en').territories[country]}"
            yield Case(line, (float(str(lat)) / 1e5, float(str(lon)) / 1e5), 15.0)


def mutated(name: str, edits: int, dice: random.Random) -> str:
    """`name` with so many letters left out, doubled, changed or swapped, never the first."""
    for _ in range(edits):
        at = dice.randrange(1, len(name) - 1)
        kind = dice.choice(("drop", "insert", "change", "swap"))
        letter = dice.choice(LETTERS)
        name = {
            "drop": name[:at] + name[at + 1 :],
            "insert": name[:at] + letter + name[at:],
            "change": name[:at] + letter + name[at + 1 :],
            "swap": name[:at] + name[at + 1] + name[at] + name[at + 2 :],
        }[kind]
    return name


def nonsense(dice: random.Random, size: int) -> Iterator[str]:
    """Keyboard rows, random letters, code and very long lines."""
    yield from ("asdfqwer", "qqqqwwww", "zxcvbnmlkj", "; SELECT 1", "'; DROP TABLE", "%00", "\0", "😀😀", "{{7*7}}")
    yield from ("<script>alert(1)</script>", "x" * 10_000, "ab " * 3_333, "\ud800\udc00 \udfff", "../../etc/passwd")
    for _ in range(size):
        yield "".join(dice.choice("bcdfghjklmnpqrstvwxz") for _ in range(dice.randint(6, 12)))


def accuracy(gazetteer: Gazetteer) -> Iterator[tuple[str, int, float, list[str]]]:
    """(class, cases, share right (at first place, ambiguous ones among the first five), lines that are wrong)."""
    for kind, cases in made(gazetteer).items():
        wrong = [case.line for case in cases if not _is_right(gazetteer, case)]
        if cases:
            yield kind, len(cases), 1 - len(wrong) / len(cases), wrong


def _is_right(gazetteer: Gazetteer, case: Case) -> bool:
    found = gazetteer.find(case.line)
    if case.point is None or not found:
        return case.point is None and not found
    ways = (distance.km(f.place.lat, f.place.lon, *case.point) for f in found[: case.first])
    return any(km <= case.tolerance_km for km in ways)


def main() -> None:
    """Print speed and memory or, when asked, accuracy."""
    parser = argparse.ArgumentParser(prog="python -m bench.places")
    parser.add_argument("--accuracy", action="store_true", help="also say how many made lines are read right")
    parser.add_argument("--wrong", type=int, default=0, help="print so many wrong lines of each class")
    parser.add_argument("--memory", action="store_true", help="ask the lines on standard input; say what that took")
    asked = parser.parse_args()
    if asked.memory:
        _ask_alone()
    elif asked.accuracy:
        for kind, count, share, wrong in accuracy(open_gazetteer(_file())):
            print(f"{kind:<20} {count:>5}  {share:.4f}  {wrong[: asked.wrong] or ''}")
    else:
        for row in run():
            print("  ".join(f"{value!s:<12}" for value in row.values()))


if __name__ == "__main__":
    main()
