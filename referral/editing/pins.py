"""Why the pin of an office stands where it stands, in a sentence for whose office it is."""

from collections.abc import Mapping
from datetime import date

from referral.listings.content import Content, Office
from referral.listings.pinpointing import GEOCODER, ROUGH, is_sought
from referral.text import _

PIN = "pin"
"""The source of a point that somebody set by hand."""

Address = tuple[str, str, str, str]
"""As `Office.address`."""


def told(published: Content, wanted: Content, asks: bool, today: date) -> Mapping[Address, str]:
    """A sentence for each office of `wanted`; `asks` says whether addresses are looked up.

    What waits for a moderator is not looked up before it is among what is `published`.
    """
    return {
        one.address: _told(one, asks and one in published.offices and is_sought(published, one, today))
        for one in wanted.offices
    }


def _told(office: Office, is_asked: bool) -> str:
    if office.lat is None:
        return _("This office is not on the map yet. Check the town or the postcode, then save.")
    if office.point_source == PIN:
        return _("The pin stands where you put it.")
    if office.point_source == GEOCODER:
        return _("We found this address, and the pin shows the place. If it is wrong, move the pin.")
    if office.precision not in ROUGH or office.point_source == "demonstration":
        return _("The pin stands at the place that came with your listing.")
    code = office.postcode if office.precision == "postcode" else ""
    return _of_town(office, is_asked).format(place=f"{code} {office.locality}".strip())


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
