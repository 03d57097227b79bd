"""Where a visitor likely is, by the languages their browser asks for (BCP 47: "zh-Hant-TW")."""

from collections.abc import Iterable
from itertools import takewhile

from babel.core import get_global

from referral import text


def country_of(accepted: Iterable[str]) -> str:
    """The first region that is a country, else where the first language is mostly spoken; empty where neither is said.

    Several countries at once say none: "es-419" is Latin America, and the "es" that browsers put behind it no Spain.
    """
    over_several: set[str] = set()
    for tag in accepted:
        spoken, *behind = tag.replace("_", "-").split("-")
        further = list(takewhile(lambda part: len(part) > 1, behind))
        if region := next((part for part in further if len(part) == 2 and part.isalpha()), ""):
            return region.upper()
        if any(len(part) == 3 and part.isdigit() for part in further):
            over_several.add(spoken)
        elif spoken not in over_several and spoken != text.DEFAULT and (country := _likeliest(spoken, further)):
            return country
    return ""


def _likeliest(spoken: str, further: Iterable[str]) -> str:
    """Where a language is mostly spoken, in that script if one is said."""
    script = next((part.title() for part in further if len(part) == 4 and part.isalpha()), "")
    known = get_global("likely_subtags")
    likely = (known.get(f"{spoken}_{script}") if script else None) or known.get(spoken)
    return str(likely).rpartition("_")[2] if likely else ""
