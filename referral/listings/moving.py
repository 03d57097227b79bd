"""What becomes of the place of a listing when a row names another: never half of the old address beside the new town.

A row that names another town or country keeps nothing of the former place that it does not name itself; and who cannot
be found where it says stays where they were. Pure.
"""

from dataclasses import replace

from index.folding import fold
from referral.listings.columns import NOWHERE
from referral.listings.content import Content, Office
from referral.listings.pinpointing import FARTHEST, GEOCODER, ROUGH
from referral.listings.placing import Locate, Remark, code_of
from referral.places import distance
from referral.text import _


def resettled(content: Content, named: Content, before: Content, locate: Locate) -> Content:
    """`content` without what was said of the place of its first office while it was another than in `before`.

    `named` is what the row alone says. A point that was of another address goes; one that comes with the row stays.
    """
    if not (content.offices and before.offices):
        return content
    office, old = content.offices[0], before.offices[0]
    said = named.offices[0] if named.offices else NOWHERE
    if not office.region and _is_same_town(office, old):
        office = replace(office, region=old.region)  # what was read from the gazetteer is not unsaid by an empty cell
    moves, brought = _moves(office, old, locate), (office.lat, office.lon) != (old.lat, old.lon)
    is_its_own = said.lat is not None and locate(office.locality, office.country) is None  # nothing else can tell
    if brought and office.point_source == GEOCODER:
        office = replace(office, point_source="", looked_up_on=None)
    elif not brought and not is_its_own and (moves or office.address != old.address):
        office = replace(office, lat=None, lon=None, precision="", point_source="", looked_up_on=None)
    if moves and _is_same_town(office, old):
        office = _as_named(office, replace(said, locality=office.locality))
    elif moves or (brought and not said.locality and _is_far(office, old)):
        office = _as_named(office, said)
    return replace(content, offices=(office, *content.offices[1:]))


def staying(content: Content, before: Content) -> tuple[Content, list[Remark]]:
    """`content` where it was `before` when no such place is known, and what there is to say about it.

    In the same town it keeps the point of the town. Nobody leaves the map by a slip of the pen.
    """
    office, old = (one.offices[0] if one.offices else NOWHERE for one in (content, before))
    is_cleared = office.country == old.country and not _line(replace(office, country=""))
    if old.lat is None or office.lat is not None or is_cleared:
        return content, []
    if _is_same_town(office, old) and code_of(office) in ("", old.region):
        there = replace(office, lat=old.lat, lon=old.lon, precision="locality", point_source=old.point_source)
        return (replace(content, offices=(there, *content.offices[1:])) if old.precision in ROUGH else content), []
    said = _("We do not know “{place}”. {name} stays at the former address: {before}.")
    town = replace(old, street="", postcode="")  # whose street nobody sees keeps it from who sends a table, too
    told = said.format(place=_line(office), name=content.name, before=_line(town))
    return replace(content, offices=(old, *content.offices[1:])), [("locality", told)]


def _moves(office: Office, old: Office, locate: Locate) -> bool:
    """Whether it is another town, or none: a pair of town and region that is on no map is not kept either.

    A region that is called by no code is read from the point, unless it leads away.
    """
    if not _is_same_town(office, old):
        return True
    code = code_of(office)
    if office.region == old.region and (old.lat is not None or not code):
        return False
    town = locate(f"{office.locality}, {code or office.region}", office.country)
    return _is_far(replace(office, lat=town.lat, lon=town.lon), old) if town else bool(code)


def _is_same_town(office: Office, old: Office) -> bool:
    return (office.country, fold(office.locality)) == (old.country, fold(old.locality))


def _is_far(office: Office, old: Office) -> bool:
    points = (office.lat, office.lon, old.lat, old.lon)
    return None not in points and distance.km(*points) > FARTHEST  # type: ignore[arg-type]  # none is None


def _as_named(office: Office, said: Office) -> Office:
    """`office` with no more of its place than the row names; its country and what visitors see of it stay."""
    names = ("region", "locality", "postcode", "street", "time_zone")
    return replace(office, **{name: getattr(said, name) for name in names})


def _line(office: Office) -> str:
    town = f"{office.postcode} {office.locality}".strip()
    return ", ".join(part for part in (office.street, town, office.region, office.country) if part)
