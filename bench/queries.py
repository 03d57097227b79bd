"""The questions: fifteen classes, the same for every engine and every run."""

import math
import random
from collections.abc import Callable

from bench.corpus import Sample, text
from index.types import Box, Circle, Query

ASKED = 200
"""Questions of each class."""

Spot = tuple[float, float]
FILTERS = (("delivery", ("in_person",)), ("language", ("language1",)), ("topic", ("topic0", "topic2")))

TEXT = frozenset({"near + word", "common word", "rare word", "two words", "prefix of the last word", "typo"})
"""Classes whose totals depend on how an engine analyses words."""


def asked(sample: Sample) -> dict[str, list[Query]]:
    """ASKED questions of every class."""
    pick, corpus = random.Random(7), sample.corpus
    spots = [spot for _, spot in pick.choices(corpus.towns, corpus.crowds, k=ASKED)]
    codes = [code for code, _ in corpus.towns]
    places: dict[str, Callable[[Spot], Query]] = {
        "near 50 km": lambda at: Query(circles=(Circle(*at, 50),)),
        "near 25 km + facets": lambda at: Query(circles=(Circle(*at, 25),), terms=FILTERS),
        "near + word": lambda at: Query(circles=(Circle(*at, 50),), text=pick.choice(corpus.words[:200])),
        "box": lambda at: Query(box=Box(at[0] - 0.5, at[1] - 0.75, at[0] + 0.5, at[1] + 0.75)),
        "two points": lambda at: Query(circles=(Circle(*at, 80), Circle(*_beside(at, pick), 80))),
        "nearest 20": lambda at: Query(circles=(Circle(*at, math.inf),), sort="nearest"),
    }
    others: dict[str, Callable[[], Query]] = {
        "country": lambda: Query(area=pick.choice(codes)),
        "region": lambda: Query(area=_region(pick, codes)),
        "online for a region": lambda: Query(online_for=_region(pick, codes)),
        "no filter": lambda: Query(page=pick.choice((1, 2, 3))),
    }
    made = {name: [make(spot) for spot in spots] for name, make in places.items()}
    made |= {name: [make() for _ in range(ASKED)] for name, make in others.items()}
    written = {word for document in sample.documents[:2000] for word in text(document).split()}
    lines = _lines(corpus.words, [word for word in corpus.words[20_000:] if word in written], pick)
    return made | {name: [Query(text=line) for line in some] for name, some in lines.items()}


def _lines(words: list[str], rare: list[str], pick: random.Random) -> dict[str, list[str]]:
    """What is typed, by class; a rare word is one that somebody has, else it would be a typo."""
    long = [word for word in words[20:2000] if len(word) > 7]
    return {
        "common word": pick.choices(words[:8], k=ASKED),
        "rare word": pick.choices(rare, k=ASKED),
        "two words": [f"{pick.choice(words[:20])} {pick.choice(words[20:400])}" for _ in range(ASKED)],
        "prefix of the last word": [word[:3] for word in pick.choices(long, k=ASKED)],
        "typo": [word[:2] + "q" + word[3:] for word in pick.choices(long, k=ASKED)],
    }


def _beside(spot: Spot, pick: random.Random) -> Spot:
    """Where the other of two people lives: some 40 to 60 km away."""
    return spot[0] + pick.choice((-1, 1)) * 0.3, spot[1] + pick.choice((-1, 1)) * 0.45


def _region(pick: random.Random, codes: list[str]) -> str:
    return f"{pick.choice(codes)}-{pick.randint(1, 20):02}"
