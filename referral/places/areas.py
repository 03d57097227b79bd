"""What a qualifier stands for ("TX", "Bayern", "Italien", "Kent, UK") and whether a place lies in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from referral.places import distance, kinds
from referral.places.folding import fold, without_suffix
from referral.places.records import Record
from referral.places.schema import KINDS
from referral.places.store import Store
from referral.places.types import Place

_COUNTRY, _REGION, _COUNTY, _KEPT = (KINDS.index(kind) for kind in ("country", "region", "county", "area"))

PARTS = {
    "US": frozenset({"PR", "GU", "VI", "AS", "MP", "UM"}),
    "GB": frozenset({"JE", "GG", "IM", "GI", "BM", "KY", "FK", "AI", "VG", "TC", "MS", "SH"}),
    "FR": frozenset({"RE", "GP", "MQ", "GF", "YT", "NC", "PF", "PM", "BL", "MF", "WF"}),
    "NL": frozenset({"AW", "CW", "SX", "BQ"}),
    "DK": frozenset({"GL", "FO"}),
    "FI": frozenset({"AX"}),
    "NO": frozenset({"SJ"}),
    "CN": frozenset({"HK", "MO", "TW"}),
    "AU": frozenset({"NF", "CX", "CC"}),
    "NZ": frozenset({"CK", "NU", "TK"}),
    "RS": frozenset({"XK"}),
    "IL": frozenset({"PS"}),
}
"""Territories with codes of their own that people also look for under another country."""

MOTHERS = {part: country for country, parts in PARTS.items() if country not in {"CN", "RS", "IL"} for part in parts}
"""Territory -> the country it belongs to; none of those whose people would not all say so."""

STATE_CODE = 1.5
"""What a two-letter code is worth more as a US state than as a country ("Ontario, CA")."""

_SMALL = frozenset({"city", "village", "postcode"})

CITY, OWN_REGION_KM = 100_000, 25.0
"""People of a city that may be a region of its own, and how far such a region reaches."""

OF_TOWN, OF_AREA = 10, 1.5
"""How many times the people of a town, or of a kept area, a city beside it may have that is said to lie in it."""

QUARTER_KM = 10
"""How far a kept area reaches at most that is a quarter of a city."""

NEAR_TOWN_KM = 40.0
"""How far a quarter or suburb lies from the town it is said to belong to."""


@dataclass(frozen=True, slots=True)
class Area:
    """One meaning of a qualifier."""

    country: str
    region: int = 0
    county: int = 0
    boost: float = 0.0
    near: tuple[float, float] | None = None
    """The point of a town or kept area standing as a qualifier ("Wicker Park, Chicago"; "Avignon, Provence")."""
    reach_km: float = NEAR_TOWN_KM
    """How far around that point."""
    around: tuple[float, float, float] | None = None
    """The middle of a region, and within how many km nearly all its towns lie."""
    most: float = inf
    """People of the largest city that may lie in it: Zürich does not in Oerlikon, its quarter."""

    def holds(self, record: Record) -> bool:
        """Whether the place lies inside; an area does not hold itself, but the United States hold Guam."""
        place = record.place
        if self.near is not None:
            is_small = place.kind in _SMALL or (place.kind == "area" and place.radius_km <= QUARTER_KM)
            if not is_small or place.population > self.most:
                return False
            return distance.km(place.lat, place.lon, *self.near) < self.reach_km
        if not self.holds_country(place.country) or (place.kind == "country" and place.country == self.country):
            return False
        if self.region and (record.region != self.region or place.kind == "region"):
            return False
        return not self.county or record.county == self.county

    @property
    def is_country(self) -> bool:
        """Whether this is a whole country."""
        return not (self.region or self.county or self.near)

    def surrounds(self, place: Place) -> bool:
        """Whether a city that is a region of its own lies within this one: Berlin in Brandenburg."""
        if self.around is None or place.country != self.country:
            return False
        lat, lon, km = self.around
        return distance.km(place.lat, place.lon, lat, lon) < km

    def holds_country(self, code: str) -> bool:
        """Whether a country or territory is this one or part of it."""
        return code == self.country or (not self.region and code in PARTS.get(self.country, ()))

    def holds_area(self, other: "Area") -> bool:
        """Whether another region or county lies in this country, or another county in this region."""
        if self.region:
            return self.region == other.region and bool(other.county) and not self.county
        return self.holds_country(other.country) and bool(other.region or other.county)

    @property
    def countries(self) -> frozenset[str]:
        """Every country code a place inside may have."""
        return frozenset({self.country}) | (
            frozenset() if self.region or self.near else PARTS.get(self.country, frozenset())
        )


def meanings(store: Store, text: str) -> list[Area]:
    """The areas that `text` names; "ON Canada" is the one inside the other."""
    folded = fold(text)
    found = _named(store, folded) or (_named(store, bare) if (bare := without_suffix(folded)) != folded else [])
    if found:
        return found
    words = folded.split(" ")
    for at in range(1, min(len(words), 5)):
        outer = _named(store, " ".join(words[at:]))
        inner = _named(store, " ".join(words[:at])) if outer else []
        found = [i for i in inner if any(o.holds_area(i) for o in outer)]
        if found:
            return found
    return []


def names_country(store: Store, text: str) -> bool:
    """Whether `text` may be the name of a country."""
    return any(area.is_country for area in meanings(store, text))


def towns(store: Store, text: str) -> list[Area]:
    """The well-known towns of that name, as areas around them."""
    return store.once(("towns", text), lambda: _towns(store, text))


def _towns(store: Store, text: str) -> list[Area]:
    named = [n for n in store.named(fold(text), 3) if n.kind == 0 and n.rank < -350]
    records = store.records([n.place for n in named]).values()
    return [
        Area(r.place.country, near=(r.place.lat, r.place.lon), most=OF_TOWN * (r.place.population or inf))
        for r in records
    ]


def _named(store: Store, folded: str) -> list[Area]:
    return store.once(("areas", folded), lambda: _looked_up(store, folded))


def _looked_up(store: Store, folded: str) -> list[Area]:
    named = store.areas(folded)
    records = store.records([n.place for n in named]) if any(n.kind != _COUNTRY for n in named) else {}
    found: list[Area] = []
    for name in named:
        if name.kind == _COUNTRY:
            found.append(Area(name.country))
        elif name.kind == _REGION:
            region = records[name.place].place
            boost = STATE_CODE if region.region_code == f"US-{folded.upper()}" else 0.0
            around = (region.lat, region.lon, region.radius_km)
            found.append(Area(name.country, name.place, boost=boost, around=around))
        elif name.kind == _COUNTY:
            found.append(Area(name.country, records[name.place].region, name.place))
        elif name.kind == _KEPT:
            place = records[name.place].place
            at = (place.lat, place.lon)
            found.append(Area(name.country, near=at, reach_km=place.radius_km, most=OF_AREA * place.population))
    return found


def countries(meant: Sequence[Area]) -> frozenset[str]:
    """Every country code that a place inside any of these may have."""
    return frozenset(code for area in meant for code in area.countries)


def surround(store: Store, qualifiers: Sequence[Sequence[Area]], record: Record) -> bool:
    """Whether every qualifier has a meaning that holds the place, or surrounds a city that is a region of its own."""
    place = record.place
    if place.population < CITY or not kinds.is_own(place.name, place.region):
        return False
    own = store.records([record.region])[record.region].place
    return own.radius_km <= OWN_REGION_KM and all(
        any(a.holds(record) or a.surrounds(place) for a in meant) for meant in qualifiers
    )


def all_hold(qualifiers: Sequence[Sequence[Area]], record: Record) -> float | None:
    """The boost of the best meaning of each qualifier when every one of them holds the place, else None."""
    total = 0.0
    for areas in qualifiers:
        holding = [a.boost for a in areas if a.holds(record)]
        if not holding:
            return None
        total += max(holding)
    return total
