"""Which ISO 3166-2 code and which names a GeoNames region has, used when building.

GeoNames numbers regions its own way. A region joins an ISO entry of its country when they share a name in any language
(less words like "Province"), or when the hand-kept table below says so.
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from referral.places import kept as kept_names
from referral.places import tongues
from referral.places.kinds import core
from referral.places.sources import County, Region, Subdivision

_BREAKS = re.compile(r"[\[\]()/,;]")

_COUNTY = frozenset("borough and royal council okres sir".split())
"""The same of counties in Britain and Czechia."""

SAME_CODES = frozenset({"FR", "ES", "IT"})
"""Countries whose counties GeoNames numbers as ISO does ..."""
_FORMER = re.compile(r"(?<=\d)[A-Z]$")
"""... but for a letter that ISO has added: FR-75C."""

JOINED = Path(__file__).with_name("joined.toml")
"""What joins by hand where no name agrees."""
SHOWN = Path(__file__).with_name("region_names.toml")
"""What a region is called by hand, in each language."""


@dataclass(slots=True)
class Naming:
    """What a region is called."""

    code: str
    """ISO 3166-2, else "CC.GEONAMES"."""
    names: list[str]
    """Unfolded, its own first."""
    spoken: Mapping[str, str] = field(default_factory=dict)
    """Language -> what it is called there."""

    @property
    def is_joined(self) -> bool:
        """Whether the code is an ISO one."""
        return "-" in self.code


def join(
    regions: Iterable[Region],
    subdivisions: Iterable[Subdivision],
    states: Mapping[tuple[str, str], list[str]],
) -> dict[tuple[str, str], Naming]:
    """The code and names of every region; `states` are local names learnt from the postcode table."""
    entries: dict[str, Subdivision] = {}
    by_name: dict[tuple[str, str], list[Subdivision]] = defaultdict(list)
    for entry in subdivisions:
        entries[entry.code] = entry
        for key in dict.fromkeys(core(part) for name in entry.names for part in _parts(name)):
            by_name[entry.code[:2], key].append(entry)
    named: dict[tuple[str, str], Naming] = {}
    taken: set[str] = set()
    by_hand = joined_by_hand()
    for region in regions:
        local = states.get((region.country, region.admin1), [])
        found = entries.get(by_hand.get((region.country, region.admin1), ""))
        if found is None or found.code in taken:
            found = _by_name(region, local, by_name, taken)
        code = found.code if found else f"{region.country}.{region.admin1}"
        taken.add(code)
        kept = shown_by_hand().get(code, {})
        shown = [kept["en"]] if "en" in kept else []
        names = [*shown, region.name, *local, *(found.names if found else []), *kept.values()]
        listed = found.spoken.items() if found else ()
        told = {language: name for language, name in listed if tongues.is_written_in(language, name)}
        spoken = {**tongues.first_spoken(kept_names.by_hand()["abroad"].get(code, ())), **told, **kept}
        named[region.country, region.admin1] = Naming(code, list(dict.fromkeys(names)), spoken)
    return named


def join_counties(
    counties: Iterable[County], subdivisions: Iterable[Subdivision], taken: Set[str]
) -> dict[tuple[str, str, str], Subdivision]:
    """The ISO entry of each of these counties that has one: by hand, by the code both use, else by a name they share.

    What is `taken` is a region, and a name that two counties of a country bear says of neither which it is.
    """
    keys: dict[tuple[str, str], list[tuple[str, str, str]]] = defaultdict(list)
    for county in counties:
        key = (county.country, county.admin1, county.admin2)
        by_hand = joined_by_hand().get((county.country, f"{county.admin1}.{county.admin2}"))
        code = by_hand or (f"{county.country}-{county.admin2}" if county.country in SAME_CODES else "")
        keys[county.country, code].append(key)
        keys[county.country, _bare(county.name)].append(key)
    found: dict[tuple[str, str, str], Subdivision] = {}
    for entry in (e for e in subdivisions if not e.top and e.code not in taken):
        called = (entry.code, _FORMER.sub("", entry.code), *(_bare(p) for name in entry.names for p in _parts(name)))
        known = next((k for name in called if (k := keys.get((entry.code[:2], name), ()))), ())
        if len(known) == 1:
            found.setdefault(known[0], entry)
    return found


def _bare(name: str) -> str:
    """The name of a county without the words that only say so."""
    return " ".join(w for w in core(name).split(" ") if w not in _COUNTY) or core(name)


@cache
def joined_by_hand() -> dict[tuple[str, str], str]:
    """Country and GeoNames admin1, or admin1 and admin2, → the ISO code that is kept by hand."""
    kept = tomllib.loads(JOINED.read_text("utf-8"))
    return {(country, admin1): f"{country}-{code}" for country, own in kept.items() for admin1, code in own.items()}


@cache
def shown_by_hand() -> Mapping[str, Mapping[str, str]]:
    """Area code → language → the name that is kept by hand; the English one is shown wherever there is none."""
    kept: dict[str, dict[str, str]] = tomllib.loads(SHOWN.read_text("utf-8"))
    return kept


def _parts(name: str) -> list[str]:
    """The name, and the names in one like "Calabarzon (Region IV-A)" or "Asturias / Asturies"."""
    parts = [part.strip() for part in _BREAKS.split(name)]
    return [name, *(part for part in parts if len(part) > 3)] if len(parts) > 1 else [name]


def _by_name(
    region: Region, local: list[str], by_name: Mapping[tuple[str, str], list[Subdivision]], taken: set[str]
) -> Subdivision | None:
    same_code = f"{region.country}-{region.admin1}"
    for name in (region.name, *local):
        found = [e for e in by_name.get((region.country, core(name)), []) if e.code not in taken]
        if found:
            return min(found, key=lambda e: (e.code != same_code, not e.top, e.code))
    return None
