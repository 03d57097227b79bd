"""Help lines by country: whom to ring when it is not safe. Each with its official page and the day it was checked."""

import csv
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from referral.text import _, country_name

FACTS = Path(__file__).parent / "hotlines.csv"
EVERYWHERE = "*"

LEAVE_URL = "https://www.wikipedia.org/"
"""Where "leave this page quickly" leads: a page nobody asks about."""


@dataclass(frozen=True, slots=True)
class Hotline:
    """One help line; its number means something only together with its country."""

    country_code: str
    """ISO 3166-1, or "*" for the finder of help lines everywhere."""
    service: str
    phone: str
    hours: str
    url: str
    checked_on: date

    @property
    def country_label(self) -> str:
        """The country's name in the language of the moment."""
        return _("Everywhere") if self.country_code == EVERYWHERE else country_name(self.country_code)

    @property
    def tel(self) -> str:
        """The number as a telephone dials it."""
        return "".join(c for c in self.phone if c.isdigit() or c == "+")


@cache
def _all() -> tuple[Hotline, ...]:
    with FACTS.open(encoding="utf-8", newline="") as file:
        return tuple(
            Hotline(
                r["country"],
                r["service"],
                r["phone"],
                r["hours"],
                r["official_url"],
                date.fromisoformat(r["checked_on"]),
            )
            for r in csv.DictReader(file)
        )


def for_who_reads(of: Collection[str], country: str) -> list[Hotline]:
    """Help lines for who is hurt at home; else the finder alone, which knows those for everything."""
    lines = hotlines(country)
    return lines if "safety" in of else [one for one in lines if one.country_code == EVERYWHERE]


def hotlines(first: str = "") -> list[Hotline]:
    """Every help line by country, those of the country `first` on top, the worldwide finder last.

    Where `first` has none, the finder comes first: another country's number is no help.
    """
    has_own = any(h.country_code == first for h in _all())
    return sorted(
        _all(),
        key=lambda h: ((h.country_code == EVERYWHERE) == has_own, h.country_code != first, h.country_label),
    )
