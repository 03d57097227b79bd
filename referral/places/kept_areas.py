"""Landscapes, islands and conurbations that people name and no package knows, kept by hand in `areas.toml`."""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from referral.places import tongues
from referral.places.folding import fold, spellings
from referral.places.regions import shown_by_hand
from referral.places.territory import Extent

AREAS = Path(__file__).with_name("areas.toml")


class KeptArea(NamedTuple):
    """An area by its middle and reach."""

    name: str
    within: str
    """ISO code of the country or region that it lies in."""
    extent: Extent
    others: tuple[str, ...]
    """Further names, as people type them."""

    @property
    def country(self) -> str:
        """ISO 3166-1 code."""
        return self.within[:2]

    @property
    def code(self) -> str:
        """What it is called in a URL: "ES.mallorca", never a GeoNames code, whose letters are large."""
        return f"{self.country}.{fold(self.name).replace(' ', '-')}"

    def names(self) -> Iterator[str]:
        """Every folded name."""
        for name in (self.name, *self.others, *self.spoken().values()):
            yield from spellings(name)

    def spoken(self) -> dict[str, str]:
        """Language -> what it is called there: as is kept by hand, else the first name in letters that tell it."""
        return tongues.first_spoken(self.others) | dict(shown_by_hand().get(self.code, {}))


@cache
def kept_areas() -> tuple[KeptArea, ...]:
    """All of them, in the order of the file."""
    return tuple(
        KeptArea(name, row["in"], Extent(lat, lon, float(row["km"]), row["people"]), tuple(row["names"]))
        for name, row in _kept().items()
        if "in" in row
        for lat, lon in [row["at"]]
    )


def empty_countries() -> dict[tuple[str, ...], Extent]:
    """The countries in which no town lies."""
    return {
        (code,): Extent(row["at"][0], row["at"][1], float(row["km"]), row["people"])
        for code, row in _kept().items()
        if "in" not in row
    }


@cache
def _kept() -> dict[str, dict[str, Any]]:
    return tomllib.loads(AREAS.read_text("utf-8"))
