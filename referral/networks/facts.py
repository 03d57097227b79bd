"""What a network says of itself that its coordinators may change: as values, checked, and compared in words. Pure."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from referral import terms
from referral.errors import UsageError
from referral.listings.checks import countries, web_address
from referral.listings.cleaning import line, paragraphs
from referral.listings.differences import Difference, difference
from referral.listings.labels import label
from referral.mail.addressing import LONGEST, kept
from referral.model import Network
from referral.networks.areas import area_label
from referral.text import N_, _, language_name

Facts = Mapping[str, Any]
"""Field -> value: text, or for `languages` and `areas` a list of codes, for `level_labels` level -> name."""

FIELDS: Mapping[str, str] = {
    "website": N_("Website"),
    "directory_url": N_("Its own list of therapists"),
    "workshops_url": N_("Its own list of workshops"),
    "phone": N_("Telephone"),
    "email": N_("E-mail address"),
    "city": N_("Seat"),
    "postal_address": N_("Postal address"),
    "languages": N_("Languages"),
    "offers": N_("What it offers"),
    "training": N_("Training for professionals"),
    "areas": N_("Responsible for"),
    "level_labels": N_("What it calls the levels"),
}
"""Field -> what people call it, in the order of the page."""

AT_ONCE = frozenset({"website", "directory_url", "workshops_url", "phone", "email"})
"""How the network is reached is published at once; everything else waits for a moderator."""

WEB = ("website", "directory_url", "workshops_url")
MANY = 300
"""The most areas or languages."""

_PHONE = re.compile(r"\+?[0-9][0-9 ()./-]{4,38}[0-9]")
_AREA = re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?")


def facts(network: Network) -> dict[str, Any]:
    """What the network says now."""
    said = {name: getattr(network, name) for name in FIELDS if name != "areas"}
    return {**said, "languages": list(network.languages), "areas": sorted(a.code for a in network.areas)}


def checked(wish: Facts) -> dict[str, Any]:
    """`wish` as it may be stored, every field of it. Raises UsageError naming the first that cannot be."""
    told: dict[str, Any] = {name: _web(wish[name], name) for name in WEB}
    told["phone"] = _shaped(line(wish["phone"], _("The telephone"), 60), _PHONE.fullmatch, _("Not a telephone number."))
    email = line(wish["email"], _("The e-mail address"), LONGEST)
    told["email"] = email and kept(email)
    told["city"] = line(wish["city"], _("The seat"), 160)
    told["postal_address"] = line(wish["postal_address"], _("The postal address"), 300)
    for name in ("offers", "training"):
        told[name] = paragraphs(wish[name], field_label(name), 600)
    told["languages"] = _codes(wish["languages"], lambda c: terms.term("language", c) is not None)
    told["areas"] = sorted(_codes(wish["areas"], is_area))
    told["level_labels"] = _levels(wish["level_labels"])
    return {name: told[name] for name in FIELDS}


def is_area(code: str) -> bool:
    """Whether it has the shape of a country or region: ISO 3166-1 or -2."""
    return bool(_AREA.fullmatch(code)) and code[:2] in countries()


def field_label(name: str) -> str:
    """What people call the field."""
    return _(FIELDS.get(name, name))


def between(before: Facts, after: Facts, area_name: Callable[[str], str]) -> list[Difference]:
    """Every field that differs, in words: what a moderator reads, and who meets somebody else's change."""
    names = (name for name in FIELDS if name in after and before[name] != after[name])
    return [_of(name, before[name], after[name], area_name) for name in names]


def _of(name: str, before: Any, after: Any, area_name: Callable[[str], str]) -> Difference:
    return difference(name, field_label(name), _lines(name, before, area_name), _lines(name, after, area_name))


def _lines(name: str, value: Any, area_name: Callable[[str], str]) -> tuple[str, ...]:
    if name == "languages":
        return tuple(map(language_name, value))
    if name == "areas":
        return tuple(area_label(code, area_name) for code in value)
    if name == "level_labels":
        return tuple(f"{label('credential', level)}: {said}" for level, said in value.items())
    return tuple(value.splitlines())


def _web(value: str, name: str) -> str:
    said = _("{field} is not a web address: write it whole, with https.").format(field=field_label(name))
    return _shaped(line(value, field_label(name), 300), web_address, said)


def _shaped(value: str, fits: Callable[[str], object], sentence: str) -> str:
    if value and not fits(value):
        raise UsageError(sentence)
    return value


def _codes(values: list[str], fits: Callable[[str], bool]) -> list[str]:
    codes = list(dict.fromkeys(values))
    if len(codes) > MANY or not all(map(fits, codes)):
        raise UsageError(_("Choose from the list."))
    return codes


def _levels(said: Mapping[str, str]) -> dict[str, str]:
    told = {level: line(name, _("The name of a level"), 80) for level, name in said.items()}
    if any(terms.term("credential", level) is None for level in told):
        raise UsageError(_("Choose from the list."))
    return {level: name for level, name in told.items() if name}
