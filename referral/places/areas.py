"""What a qualifier stands for ("TX", "Bayern", "Italien", "Kent, UK") and whether a place lies in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from referral.places import distance
from referral.places.folding import fold, without_suffix
from referral.places.records import Record
from referral.places.schema import KINDS
from referral.places.store import Store

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

    def holds(self, record: Record) -> bool:
        """Whether the place lies inside; an area does not hold itself, but the United States hold Guam."""
        place = record.place
        if self.near is not None:
            return place.kind in _SMALL and distance.km(place.lat, place.lon, *self.near) < self.reach_km
        if not self.holds_country(place.country) or (place.kind == "country" and place.country == self.country):
            return False
        if self.region and (record.region != self.region or place.kind == "region"):
            return False
        return not self.county or record.county == self.county

    @property
    def is_country(self) -> bool:
        """Whether this is a whole country."""
        return not (self.region or self.county or self.near)

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
    return [Area(r.place.country, near=(r.place.lat, r.place.lon)) for r in records]


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
            code = records[name.place].place.region_code
            boost = STATE_CODE if code == f"US-{folded.upper()}" else 0.0
            found.append(Area(name.country, name.place, boost=boost))
        elif name.kind == _COUNTY:
            found.append(Area(name.country, records[name.place].region, name.place))
        elif name.kind == _KEPT:
            place = records[name.place].place
            found.append(Area(name.country, near=(place.lat, place.lon), reach_km=place.radius_km))
    return found


def countries(meant: Sequence[Area]) -> frozenset[str]:
    """Every country code that a place inside any of these may have."""
    return frozenset(code for area in meant for code in area.countries)


def all_hold(qualifiers: Sequence[Sequence[Area]], record: Record) -> float | None:
    """The boost of the best meaning of each qualifier when every one of them holds the place, else None."""
    total = 0.0
    for areas in qualifiers:
        holding = [a.boost for a in areas if a.holds(record)]
        if not holding:
            return None
        total += max(holding)
    return total
