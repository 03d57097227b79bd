"""Invented listings for the index alone: people, places and texts that nobody is, the same in every run."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np

from index.types import Document

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


class Corpus:
    """Invented listings around invented towns, the same for the same seed."""

    def __init__(self, count: int, seed: int = 1) -> None:
        self.count, self.random = count, random.Random(seed)
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
            yield self._document(number, code, lat, lon)

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
