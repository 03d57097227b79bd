"""Why the pin of an office stands where it stands, in a sentence for whose office it is."""

from collections.abc import Callable, Mapping
from datetime import date

from referral.listings.content import Content, Office
from referral.listings.labels import PlaceNames, no_names, town
from referral.listings.pinpointing import GEOCODER, ROUGH, is_sought
from referral.text import _

PIN = "pin"
"""The source of a point that somebody set by hand."""

Address = tuple[str, str, str, str]
"""As `Office.address`."""


def told(
    published: Content,
    wanted: Content,
    asks: bool,
    today: date,
    names: PlaceNames = no_names,
    has_namesakes: Callable[[Office], bool] = lambda office: False,
) -> Mapping[Address, str]:
    """A sentence for each office of `wanted`; `asks` says whether addresses are looked up.

    What waits for a moderator is not looked up before it is among what is `published`. Where `has_namesakes`, it is
    said how to name another town.
    """
    return {
        one.address: _told(one, asks and one in published.offices and is_sought(published, one, today), names)
        + (f" {_another()}" if _stands_at_its_town(one) and has_namesakes(one) else "")
        for one in wanted.offices
    }


def _stands_at_its_town(office: Office) -> bool:
    return office.lat is not None and office.precision == "locality" and office.point_source == "gazetteer"


def _another() -> str:
    return _(
        "There are several towns of this name. If you mean another, type its region too, with a comma, or its postcode."
    )


def _told(office: Office, is_asked: bool, names: PlaceNames) -> str:
    if office.lat is None:
        return _("This office is not on the map yet. Check the town or the postcode, then save.")
    if office.point_source == PIN:
        return _("The pin stands where you put it.")
    if office.point_source == GEOCODER:
        return _("We found this address, and the pin shows the place. If it is wrong, move the pin.")
    if office.precision not in ROUGH or office.point_source == "demonstration":
        return _("The pin stands at the place that came with your listing.")
    code = office.postcode if office.precision == "postcode" else ""
    place = f"{code} {office.locality}" if code else town(office.locality, office.region, names)
    return _of_town(office, is_asked).format(place=place)


def _of_town(office: Office, is_asked: bool) -> str:
    """The sentence for a pin that stands only at its town or postcode."""
    if is_asked:
        return _(
            "The pin stands in the middle of {place} for now. We are looking up the address; the exact place follows "
            "by itself."
        )
    if office.looked_up_on is not None:
        return _(
            "We could not find this address, so the pin stands in the middle of {place}. Check the spelling, or move "
            "the pin."
        )
    return _("The pin stands in the middle of {place}.")
