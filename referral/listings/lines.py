"""A field of a listing as lines that people read: an office, a price, a licence. Pure."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any

from babel.dates import format_date

from referral import text
from referral.listings.content import Answer, Credential, Licence, Office, Price
from referral.listings.labels import IDENTITY, PlaceNames, area, label, no_names, spoken
from referral.listings.numbers import displayed
from referral.text import _, country_name, language, language_name, listed, minutes, money

WORKED_OUT = ("gazetteer", "geocoder")
"""Sources of a point that was found by the address alone."""


def lines(name: str, value: Any, names: PlaceNames = no_names, people: Callable[[str], str] = str) -> tuple[str, ...]:
    """What the field `name` says as `value`, a line for each thing; none when it says nothing.

    `names` knows regions, `people` whose listing a public id is.
    """
    if name == "partner":
        return (people(value),) if value else ()
    if name in _LISTS:
        return tuple(_LISTS[name](one, names) for one in value)
    return tuple(_plain(name, value))


def _plain(name: str, value: Any) -> Iterator[str]:
    if isinstance(value, bool):
        yield _("Yes") if value else _("No")
    elif isinstance(value, date):
        yield _day(value)
    elif isinstance(value, Mapping):
        yield from (f"{_(IDENTITY.get(str(kind), str(kind)))}: {said}" for kind, said in value.items())
    elif name in _SINGLE and value:
        yield _SINGLE[name](value)
    elif name == "intro_call_minutes" and value is not None:
        yield minutes([value])
    elif value:
        yield from str(value).split("\n")


def _office(office: Office, names: PlaceNames) -> str:
    town = f"{office.postcode} {office.locality}".strip()
    region = names(office.region) if office.region else ""
    where = listed((office.street, town, region, country_name(office.country)))
    shown = {
        "full": _("the address is shown") if office.street else "",
        "area": _("the area is shown"),
        "none": _("only the wider area is shown"),
    }[office.address_visibility]
    told = "; ".join(filter(None, (shown, _pin(office))))
    return f"{where} ({told})" if told else where


def _pin(office: Office) -> str:
    """Where somebody says that it is; a point that follows from the address says nothing of its own."""
    if office.lat is None or office.lon is None or office.point_source in WORKED_OUT:
        return ""
    return f"\N{LEFT-TO-RIGHT ISOLATE}{office.lat:.5f}, {office.lon:.5f}\N{POP DIRECTIONAL ISOLATE}"


def _term(answer: Answer, _names: PlaceNames) -> str:
    if answer.facet == "language":
        return spoken(answer.term, answer.level)
    yes = _("Yes") if answer.facet == "accessibility" else ""
    said = {"yes": yes, "no": _("No"), "ask": _("Please ask")}[answer.answer]
    shown = f"{label(answer.facet, answer.term)}: {said}" if said else label(answer.facet, answer.term)
    return f"{shown} ({answer.level})" if answer.level else shown


def _price(price: Price, _names: PlaceNames) -> str:
    parts = [money(price.amount, price.currency) if price.amount is not None else _("Price on request")]
    if price.minutes:
        parts.append(minutes([price.minutes]))
    if price.least is not None:
        parts.append(_("sliding down to {price}").format(price=money(price.least, price.currency)))
    return listed((*parts, price.note))


def _credential(held: Credential, _names: PlaceNames) -> str:
    parts = [label("credential", held.level), held.issuer, _since(held.issued_on), _until(held.expires_on)]
    return listed((*parts, _verified(held)))


def _licence(held: Licence, names: PlaceNames) -> str:
    parts = [f"{held.title} {held.number}".strip(), area(held.jurisdiction, names), _until(held.expires_on)]
    return listed((*parts, _verified(held)))


def _verified(held: Credential | Licence) -> str:
    return _("verified by {network}").format(network=held.verified_by) if held.verified_by else ""


def _since(day: date | None) -> str:
    return _("since {day}").format(day=_day(day)) if day else ""


def _until(day: date | None) -> str:
    return _("valid until {day}").format(day=_day(day)) if day else ""


def _day(value: date) -> str:
    return format_date(value, "long", locale=text.locale(language()))


_SINGLE: Mapping[str, Callable[[str], str]] = {
    "new_clients": partial(label, "new_clients"),
    "bio_language": language_name,
    "phone": displayed,
}

_LISTS: Mapping[str, Callable[[Any, PlaceNames], str]] = {
    "offices": _office,
    "terms": _term,
    "costs": _price,
    "served": area,
    "credentials": _credential,
    "licences": _licence,
}
