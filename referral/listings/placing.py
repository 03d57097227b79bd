"""What a row leaves open about its place, filled in from its point: the town, and the region's code.

Nothing is changed that can be kept; whatever is filled in or left out is said.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from index.folding import fold
from referral.listings.content import Content, Office
from referral.listings.pinpointing import GEOCODER
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


Locate = Callable[[str, str], Place | None]
"""(postcode or town with its region, ISO 3166-1 country) -> the place of exactly that name there, or None."""


def nowhere(line: str, country: str) -> Place | None:
    """For who has no gazetteer at hand."""
    return None


def pointed(content: Content, locate: Locate) -> tuple[Content, list[Remark]]:
    """`content` with a point for the first office that names a town and has none, and what there is to say about it.

    Without a point nobody who searches nearby would find it.
    """
    office = content.offices[0] if content.offices else None
    if office is None or office.lat is not None or not (office.locality or office.postcode):
        return content, []
    lines = {"postcode": f"{office.postcode} {office.locality}".strip() if office.postcode else "",
             "locality": ", ".join(p for p in (office.locality, office.region) if p)}  # fmt: skip
    for precision, line in lines.items():
        spot = locate(line, office.country) if line else None
        if spot is not None:
            point = replace(office, lat=spot.lat, lon=spot.lon, precision=precision, point_source="gazetteer")
            return replace(content, offices=(point, *content.offices[1:])), []
    return content, [("locality", _("No point is known for {place}; it will not be found nearby.").format(place=line))]


def resettled(content: Content, before: Content) -> Content:
    """`content` without what was said of the place of its first office while it was another than in `before`.

    A point that was of another address goes with it. A point that comes with the row was not looked up.
    """
    if not (content.offices and before.offices):
        return content
    office, old = content.offices[0], before.offices[0]
    brought = (office.lat, office.lon) != (old.lat, old.lon)
    if brought and office.point_source == GEOCODER:
        office = replace(office, point_source="", looked_up_on=None)
    elif not brought and office.address != old.address:
        office = replace(office, lat=None, lon=None, precision="", point_source="", looked_up_on=None)
    return replace(content, offices=(office, *content.offices[1:]))


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


def _with_region(office: Office, town: Place | None) -> tuple[Office, str]:
    """The office with the code of the region it names, and what to say unless that is beyond doubt."""
    given = office.region
    if office.country in _SHORT_CODES and _SHORT.fullmatch(given.upper()):
        return replace(office, region=f"{office.country}-{given.upper()}"), ""
    code = town.region_code if town and town.country == office.country else ""
    if town is None or "-" not in code:
        return replace(office, region=""), _("The region {name} is not known; left out.").format(name=given[:60])
    if fold(town.region) == fold(given):
        return replace(office, region=code), ""
    said = _("The region {name} was read from the point as {code}.")
    return replace(office, region=code), said.format(name=given[:60], code=code)
