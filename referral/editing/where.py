"""The sections about places: offices and what visitors see of them, and where online clients may live."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import zip_longest
from typing import Any

from wtforms import FieldList, Form, FormField, HiddenField, ValidationError

from referral.editing.fields import OneOf, OneOfFew, SectionForm, Ticked, Typed, country_choices
from referral.editing.pins import PIN, Address
from referral.errors import UsageError
from referral.listings import profile
from referral.listings.checks import countries, degrees
from referral.listings.content import Content, Office
from referral.listings.jurisdictions import area
from referral.listings.labels import PlaceNames
from referral.listings.placing import located
from referral.places import distance
from referral.places.gazetteer import Gazetteer
from referral.text import N_, _

FARTHEST = 60
"""Kilometres between a town and a pin that can still be meant for it."""


def visibilities() -> list[tuple[str, str]]:
    """What a visitor may see of an address, with what that means."""
    return [
        ("full", _("The whole address, and the exact place on the map")),
        ("area", _("The town, and the place to about two kilometres (a mile)")),
        ("none", _("The town only, and the place to about ten kilometres (six miles)")),
    ]


class OfficeForm(Form):
    """One office."""

    country = OneOf(N_("Country"), country_choices)
    locality = Typed(N_("Town"), longest=160, autocomplete="address-level2")
    postcode = Typed(N_("Postcode"), longest=20, autocomplete="postal-code")
    street = Typed(N_("Street and number"), longest=200, autocomplete="street-address")
    address_visibility = OneOfFew(N_("What visitors see"), visibilities)
    lat = HiddenField()
    lon = HiddenField()
    placed = HiddenField()
    removed = Ticked(N_("Remove this office"))
    TELLING = "locality"

    def is_empty(self) -> bool:
        """Whether nothing was filled in that says where it is."""
        return not (self.data["locality"] or self.data["postcode"] or self.data["street"])

    def typed(self) -> Office:
        """The office as it was typed, wherever it lies."""
        told: dict[str, Any] = {name: self.data[name] or "" for name in _TYPED}
        return Office(**told)

    def stands(self, told: Mapping[Address, str]) -> str:
        """What is `told` of the pin of this very address, as long as nobody types another or moves it."""
        row = self.data
        moved = row["placed"] not in ("", f"{row['lat']},{row['lon']}")
        return "" if moved else told.get((row["country"], row["locality"], row["postcode"], row["street"]), "")

    def validate_country(self, field: OneOf) -> None:
        """An office lies in a country."""
        if not field.data and not self.is_empty() and not self.data["removed"]:
            raise ValidationError(_("Choose the country."))

    def validate_address_visibility(self, field: OneOfFew) -> None:
        """Asked only of an office that is one."""
        if not field.data:
            field.data = "area"


def sees(row: OfficeForm, at: int, offices: Sequence[Office], places: Gazetteer, names: PlaceNames) -> dict[str, str]:
    """What a visitor reads of the address of the row `at` this place, for each choice; nothing if all are alike.

    `offices` are those the typing began from. A town is told with its region, as saving would find it.
    """
    given = row.typed()
    if given.country not in countries() or not (given.street or given.postcode):
        return dict.fromkeys(dict(visibilities()), "")
    office = next((one for one in offices if one.address == given.address), None)
    if office is None:
        given = _in_place(given, offices[at] if at < len(offices) else None)
        office = located(given, places) or given
    shown = (replace(office, address_visibility=kind) for kind, _means in visibilities())
    return {one.address_visibility: profile.address(one, names) for one in shown}


class OfficesForm(SectionForm):
    """Where people are seen."""

    offices = FieldList(FormField(OfficeForm), min_entries=1, max_entries=10)

    @classmethod
    def told(cls, content: Content) -> dict[str, Any]:
        """What the fields hold before anything is typed."""
        names = ("country", "locality", "postcode", "street", "address_visibility")
        rows = [
            {name: getattr(office, name) for name in names}
            | {"lat": _shown(office.lat), "lon": _shown(office.lon), "placed": _point(office)}
            for office in content.offices
        ]
        return {"offices": rows or [{"country": content.home, "address_visibility": "area"}]}

    def applied(self, content: Content, places: Gazetteer, today: date) -> Content:
        """`content` with these offices, each with the point it lies at as far as that is known."""
        return replace(content, offices=tuple(_offices(self, content, places)))


def _point(office: Office) -> str:
    """Where its pin stands, as the page has it."""
    return f"{_shown(office.lat)},{_shown(office.lon)}"


def _shown(degrees: float | None) -> str:
    return "" if degrees is None else f"{degrees:.6f}"


def _offices(form: OfficesForm, content: Content, places: Gazetteer) -> Iterator[Office]:
    known = {office.address: office for office in content.offices}
    shown = {_point(office) for office in content.offices}
    for entry, old in zip_longest(form.offices, content.offices[: len(form.offices)]):
        row = entry.data
        if row["removed"] or entry.form.is_empty():
            continue
        given = _in_place(entry.form.typed(), old)
        # A pin that lies where an office was is not meant for a new one; one that stands where the page showed it was
        # not moved, wherever the address was found since.
        moved = f"{row['lat']},{row['lon']}" not in shown | {row["placed"]}
        yield _pointed(given, known.get(given.address), _pin(row["lat"], row["lon"]) if moved else None, places)


def _in_place(given: Office, old: Office | None) -> Office:
    """What was typed over `old`: it stands for that, or for whatever that stood for already."""
    if old is None:
        return given
    if (given.country, given.locality) == (old.country, old.locality):
        given = replace(given, region=old.region)  # of several towns of the name it goes on to be this one
    return replace(given, replaces=old.replaces if given.address == old.address else old.replaces or old.address)


_TYPED = ("country", "locality", "postcode", "street", "address_visibility")


def _pin(lat: str, lon: str) -> tuple[float, float] | None:
    """Degrees WGS 84 of a pin; None where none was set."""
    if not lat or not lon:
        return None
    try:
        point = degrees(float(lat), 90), degrees(float(lon), 180)
    except (ValueError, UsageError):
        raise UsageError(_("The place on the map could not be read. Move the pin again.")) from None
    return (point[0] or 0.0, point[1] or 0.0)


def _pointed(office: Office, old: Office | None, pin: tuple[float, float] | None, places: Gazetteer) -> Office:
    """The office at its pin, where it was, or where the gazetteer finds it."""
    if old is not None and pin is None and old.lat is not None:
        return replace(old, address_visibility=office.address_visibility, replaces=office.replaces)
    if not (office.locality or office.postcode):
        raise UsageError(_("Name the town of this office, or its postcode."))
    found = located(office, places)
    if found is None:
        said = _("We do not know “{place}”. Check the spelling, or give the postcode too.")
        raise UsageError(said.format(place=office.locality or office.postcode))
    if pin is None:
        return found
    if distance.km(found.lat or 0, found.lon or 0, *pin) > FARTHEST:
        raise UsageError(_("The pin lies far from {town}. Move it to your office.").format(town=found.locality))
    return replace(found, lat=pin[0], lon=pin[1], precision="address", point_source=PIN)


class OnlineForm(SectionForm):
    """Where online clients may live."""

    served = Typed(
        N_("Where may online clients live?"),
        N_(
            "Countries, states or provinces where you may work, with commas: “Illinois, Wisconsin”, “Germany, Austria”."
        ),
        1000,
    )

    @classmethod
    def told(cls, content: Content) -> dict[str, Any]:
        """What the fields hold before anything is typed."""
        return {"served": ", ".join(content.served)}

    def applied(self, content: Content, places: Gazetteer, today: date) -> Content:
        """`content` with these jurisdictions.

        Raises UsageError naming the first that is none.
        """
        names = [part.strip() for part in self.data["served"].replace(";", ",").split(",") if part.strip()]
        codes = (area(name, content.home, places, kept=content.served) for name in names)
        return replace(content, served=tuple(dict.fromkeys(codes)))


def named(content: Content, places: Gazetteer, names: PlaceNames) -> str:
    """Where online clients may live, by name where the name leads back to the same place, else by its code."""
    return ", ".join(_named(code, content.home, places, names) for code in content.served)


def _named(code: str, home: str, places: Gazetteer, names: PlaceNames) -> str:
    name = names(code)
    try:
        leads_back = bool(name) and not {",", ";"} & set(name) and area(name, home, places) == code
    except UsageError:
        leads_back = False
    return name if leads_back else code
