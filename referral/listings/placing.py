"""What a row leaves open about its place, filled in from its point: the town, and the region's code.

Nothing is changed that can be kept; whatever is filled in or left out is said.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from index.folding import fold
from referral.listings.content import Content, Office
from referral.places.gazetteer import Gazetteer
from referral.places.types import Found, Place
from referral.text import _, languages

Remark = tuple[str, str]
"""(field, what was done to it)."""

_ISO = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")
_SHORT = re.compile(r"[A-Z]{2,3}")
_SHORT_CODES = frozenset({"US", "CA", "AU", "BR", "IN"})
"""Countries whose regions people write by the letters of their ISO code: "ON" is CA-ON."""


Nearest = Callable[[float, float], Place | None]
"""Degrees WGS 84 -> the town there; None in the middle of nowhere."""


class Locate(Protocol):
    """How a place is looked up by its name."""

    def __call__(self, line: str, country: str, near: Place | None = None, /) -> Place | None:
        """The place in the country (ISO 3166-1) that is called exactly as the line says, or None.

        The line is a postcode or a town, with its region (name or ISO 3166-2) behind a comma; only those `near`.
        """


def nowhere(line: str, country: str, near: Place | None = None, /) -> Place | None:
    """For who has no gazetteer at hand."""
    return None


def pointed(content: Content, locate: Locate, *, again: bool = False) -> tuple[Content, list[Remark]]:
    """`content` with a point for the first office that names a town and has none, and what there is to say about it.

    Without a point nobody who searches nearby would find it. A postcode of another town is left out. Of a listing that
    moves (`again`) a region that is not the town's is set right.
    """
    office = content.offices[0] if content.offices else None
    if office is None or office.lat is not None or not (office.locality or office.postcode):
        return content, []
    line = ", ".join(p for p in (office.locality, office.region) if p)
    spot = town = locate(line, office.country) if office.locality else None
    remarks: list[Remark] = []
    code = locate(office.postcode, office.country) if office.postcode else None
    if code is not None and (not office.locality or locate(office.locality, office.country, code)):
        spot = code
    elif code is not None and locate(office.locality, office.country):
        said = _("The postcode {code} is not of {town}; left out.")
        remarks.append(("postcode", said.format(code=office.postcode, town=office.locality)))
        office = replace(office, postcode="")
    if spot is None:
        said = _("No point is known for {place}; it will not be found nearby.")
        remarks.append(("locality", said.format(place=line or office.postcode)))
    else:
        precision = "postcode" if spot is not town else "locality"
        office = replace(office, lat=spot.lat, lon=spot.lon, precision=precision, point_source="gazetteer")
        office, remark = _set_right(office, spot) if again else (office, "")
        remarks += [("region", remark)] if remark else []
    return replace(content, offices=(office, *content.offices[1:])), remarks


def _set_right(office: Office, spot: Place) -> tuple[Office, str]:
    """The office with the region of its place, and what to say when it was called by another's code."""
    code, given = spot.region_code, code_of(office)
    if "-" not in code or code == given or (office.region and not given):
        return office, ""
    said = _("The region {name} was read from the point as {code}.").format(name=given, code=code) if given else ""
    return replace(office, region=code), said


def located(office: Office, places: Gazetteer) -> Office | None:
    """`office` at its postcode, else its town, with the region; None when the gazetteer knows neither in its country.

    Nothing is guessed: a name that would have to be corrected is none. Of several towns of the name it is the one in
    the office's region, where that is known. A region or country typed behind the town is not kept with it.
    """
    lines = [f"{office.postcode} {office.locality}".strip()] if office.postcode else []
    for line in [*lines, office.locality]:
        for found in _sure(line, office, places):
            spot = found.place
            return replace(
                office,
                locality=_bare(office.locality, spot) or spot.name,
                region=spot.region_code if "-" in spot.region_code else "",
                lat=spot.lat,
                lon=spot.lon,
                precision="postcode" if spot.kind == "postcode" else "locality",
                point_source="gazetteer",
            )
    return None


def has_namesakes(office: Office, places: Gazetteer) -> bool:
    """Whether its country has towns of this name in several regions, and nothing but the name tells which is meant."""
    if office.postcode or not office.locality:
        return False
    return len({found.place.region_code for found in _sure(office.locality, office, places)}) > 1


def _sure(line: str, office: Office, places: Gazetteer) -> list[Found]:
    """What the line means in the country of the office, likeliest first; a town of its region before all others."""
    found = places.find(line, country=office.country, limit=_MANY) if line else []
    sure = [f for f in found if f.place.country == office.country and not f.place.area and not f.corrected]
    wanted = office.region if line == office.locality else ""
    return sorted(sure, key=lambda f: bool(wanted) and f.place.region_code != wanted)


def _bare(locality: str, spot: Place) -> str:
    """The town as it was typed, without its region or country behind it: "Springfield, IL" is "Springfield"."""
    name, *more = (part.strip() for part in locality.split(","))
    labels = (spot.label(spoken) for spoken in languages())
    around = {fold(part) for label in labels for part in re.split("[,،、]", label)[1:]}
    around |= {fold(code) for code in (spot.country, spot.region_code, spot.region_code.partition("-")[2])}
    return ", ".join([name, *(part for part in more if fold(part) not in around)])


_MANY = 40
"""Towns of one name that are looked at: the United States have more than thirty Springfields."""


def nobody(lat: float, lon: float) -> Place | None:
    """For who has no gazetteer at hand."""
    return None


def placed(content: Content, nearest: Nearest) -> tuple[Content, list[Remark]]:
    """`content` with the first office's town and region completed, and what there is to say about it."""
    if not content.offices:
        return content, []
    office, remarks = content.offices[0], []
    town = None
    if office.lat is not None and office.lon is not None and (not office.locality or not _is_code(office)):
        town = nearest(office.lat, office.lon)
    if town and town.country != office.country:
        said = _("The point lies in {there}, not in {here}.")
        remarks.append(("country", said.format(there=town.country, here=office.country)))
    if town and not office.locality:
        office = replace(office, locality=town.name)
        remarks.append(("locality", _("No town given; {name} is nearest.").format(name=town.name)))
    if office.region and not _is_code(office):
        office, remark = _with_region(office, town)
        remarks += [("region", remark)] if remark else []
    return replace(content, offices=(office, *content.offices[1:])), remarks


def _is_code(office: Office) -> bool:
    """Whether the region is an ISO code of its country; an empty one is good as it is."""
    return not office.region or (_ISO.fullmatch(office.region) is not None and office.region[:2] == office.country)


def code_of(office: Office) -> str:
    """The ISO 3166-2 code its region is called by: "US-IL", or "IL" where people write it so; empty for a name."""
    given = office.region.upper()
    if office.country in _SHORT_CODES and _SHORT.fullmatch(given):
        return f"{office.country}-{given}"
    return given if given and _is_code(replace(office, region=given)) else ""


def _with_region(office: Office, town: Place | None) -> tuple[Office, str]:
    """The office with the code of the region it names, and what to say unless that is beyond doubt."""
    given, short = office.region, code_of(office)
    if short:
        return replace(office, region=short), ""
    code = town.region_code if town and town.country == office.country else ""
    if town is None or "-" not in code:
        return replace(office, region=""), _("The region {name} is not known; left out.").format(name=given[:60])
    if fold(town.region) == fold(given):
        return replace(office, region=code), ""
    said = _("The region {name} was read from the point as {code}.")
    return replace(office, region=code), said.format(name=given[:60], code=code)
