"""What is said of a network, as a form."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, ClassVar, cast

from wtforms import Form

from referral import terms
from referral.editing.fields import OneOf, Several, Typed, Written, language_choices
from referral.errors import UsageError
from referral.listings.jurisdictions import area, is_called
from referral.networks import facts
from referral.networks.areas import area_label
from referral.networks.facts import Facts
from referral.places.gazetteer import Gazetteer
from referral.text import N_

LEVEL = "level_"


class FactsForm(Form):
    """What a network says of itself; the whole site guards its forms."""

    class Meta:
        """The library's own texts are not used."""

        csrf = False
        locales: ClassVar[list[str]] = []

    website = Typed(N_("Website"), longest=300, inputmode="url")
    directory_url = Typed(N_("Your own list of therapists"), N_("The page of your website, if there is one."), 300)
    workshops_url = Typed(N_("Your own list of workshops"), N_("The page of your website, if there is one."), 300)
    phone = Typed(N_("Telephone"), N_("With the country: +49 89 123456."), 60, inputmode="tel")
    email = Typed(N_("E-mail address"), N_("For everybody to see; protected from harvesters."), 254, inputmode="email")
    city = Typed(N_("Seat"), N_("The town the network has its office in."), 160)
    postal_address = Written(N_("Postal address"), "", 300, rows=2)
    own_language = OneOf(N_("Your own language"), language_choices)
    languages = Several(N_("Other languages you answer in"), "language")
    offers = Written(N_("What you offer"), N_("In a few words, with a semicolon between two things."), 600, rows=3)
    training = Written(
        N_("Training for professionals"),
        N_("What you train therapists and others in, with a semicolon between two things. Leave empty if you do not."),
        600,
        rows=3,
    )
    areas = Written(
        N_("Countries and regions you are responsible for"),
        N_("One a line, by name or code: Canada, or US-IL."),
        2000,
        rows=4,
    )


def form(given: Any = None, data: Mapping[str, Any] | None = None) -> FactsForm:
    """The form, with a field for the network's own name of every level."""
    return _kind()(given, data=data)


def told(said: Facts, area_name: Any) -> dict[str, Any]:
    """What the fields hold before anything is typed."""
    spoken: list[str] = list(said["languages"])
    levels = {LEVEL + level: name for level, name in said["level_labels"].items()}
    lines = "\n".join(f"{code} {area_label(code, area_name)}" for code in said["areas"])
    plain = {name: said[name] for name in facts.FIELDS if name not in ("languages", "level_labels", "areas")}
    return {**plain, **levels, "own_language": (spoken or [""])[0], "languages": spoken[1:], "areas": lines}


def wished(filled: FactsForm, places: Gazetteer, current: Facts) -> dict[str, Any] | None:
    """What was typed, as the network would say it; None when something cannot be meant, which the form then says."""
    valid = filled.validate()
    said = {name: filled[name].data for name in facts.FIELDS if name not in ("languages", "level_labels", "areas")}
    said["languages"] = [c for c in dict.fromkeys([filled["own_language"].data, *filled["languages"].data]) if c]
    levels = (field for field in filled if field.short_name.startswith(LEVEL))
    said["level_labels"] = {field.short_name[len(LEVEL) :]: field.data for field in levels if field.data}
    try:
        said["areas"] = _areas(filled["areas"].data.splitlines(), places)
    except UsageError as error:
        said["areas"] = list(current["areas"])
        valid = _wrong(filled, "areas", error)
    for name in facts.FIELDS:
        try:
            facts.checked({**_EMPTY, name: said[name]})
        except UsageError as error:
            valid = _wrong(filled, name, error)
    return said if valid else None


_EMPTY: Facts = {**dict.fromkeys(facts.FIELDS, ""), "languages": [], "areas": [], "level_labels": {}}


def _wrong(filled: FactsForm, name: str, error: UsageError) -> bool:
    """Say what is wrong beside the field; of the names of levels beside the first that is too long."""
    levels = [f for f in filled if f.short_name.startswith(LEVEL)]
    field = max(levels, key=lambda f: len(f.data or "")) if name == "level_labels" else filled[name]
    if not field.errors:
        field.errors = [*field.errors, error.text]
    return False


def _areas(lines: Iterable[str], places: Gazetteer) -> list[str]:
    """The codes of these countries and regions, each written as a code, a code and a name, or a name."""
    codes = [read_area(line.strip(), places) for line in lines if line.strip()]
    return sorted(dict.fromkeys(codes))


def read_area(line: str, places: Gazetteer) -> str:
    """The code of one country or region, as it was written. Raises UsageError for what is unsure."""
    first, _blank, rest = line.partition(" ")
    code = first.strip(",:;").upper()
    place = places.place(code) if facts.is_area(code) else None
    if place is not None and (len(code) > 2 or not rest.strip() or is_called(place, rest)):  # La Rioja is not in Laos
        return code
    return area(line, "", places)


@cache
def _kind() -> type[FactsForm]:
    levels = {LEVEL + id: Typed(term.label, longest=80) for id, term in terms.facets()["credential"].terms.items()}
    return cast(type[FactsForm], type("LevelsForm", (FactsForm,), levels))
