"""The columns a table of listings may have: how each cell changes a content, and how a content is written as cells.

Reading a cell and writing it are inverse. Lists are written with semicolons, and read with commas too; a term that does
not apply is written "lift=no". What has many parts (further offices, licences, prices) stands as JSON in one cell.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any

from referral import terms
from referral.errors import UsageError
from referral.listings.content import Answer, Content, Credential, Licence, Office, Price, as_json
from referral.listings.numbers import coordinate, country_code, day, telephone, whole
from referral.mail.addressing import compared
from referral.text import _

Read = Callable[[Content, str], Content]
Write = Callable[[Content], str]

NOWHERE = Office(country="")
"""An office nothing is known of yet."""


def _plain(name: str) -> tuple[Read, Write]:
    return (lambda c, cell: replace(c, **{name: cell})), (lambda c: str(getattr(c, name)))


def _address(content: Content, cell: str) -> Content:
    """The same address in other letters is the same address: it stays as it is known."""
    return content if cell and compared(cell) == compared(content.email) else replace(content, email=cell)


def _choice(name: str, default: str) -> tuple[Read, Write]:
    return (lambda c, cell: replace(c, **{name: cell or default})), (lambda c: str(getattr(c, name)))


def _date(name: str) -> tuple[Read, Write]:
    return (lambda c, cell: replace(c, **{name: day(cell)})), (lambda c: _iso(getattr(c, name)))


def _iso(value: date | None) -> str:
    return value.isoformat() if value else ""


def _yes(name: str) -> tuple[Read, Write]:
    return (lambda c, cell: replace(c, **{name: _truth(cell)})), (lambda c: "yes" if getattr(c, name) else "")


def _truth(cell: str) -> bool:
    if cell.lower() not in {"", "yes", "no", "true", "false", "1", "0"}:
        raise UsageError(_("Neither yes nor no: {value}.").format(value=cell))
    return cell.lower() in {"yes", "true", "1"}


def _first(content: Content) -> Office:
    return content.offices[0] if content.offices else NOWHERE


def _office(name: str, read: Callable[[str], object] = str) -> tuple[Read, Write]:
    """A column of the first office."""

    def change(content: Content, cell: str) -> Content:
        if not cell and not content.offices:
            return content
        office = replace(_first(content), **{name: read(cell)})  # type: ignore[arg-type]  # `read` fits the field
        return replace(content, offices=(office, *content.offices[1:]))

    def written(content: Content) -> str:
        value = getattr(_first(content), name) if content.offices else None
        return "" if value is None else str(value)

    return change, written


def _degrees(limit: float) -> Callable[[str], float | None]:
    return lambda cell: coordinate(cell, limit)


def _facet(facet: str) -> tuple[Read, Write]:
    def change(content: Content, cell: str) -> Content:
        others = tuple(a for a in content.terms if a.facet != facet)
        return replace(content, terms=(*others, *_answers(facet, cell)))

    return change, lambda c: ";".join(_written(a) for a in c.terms if a.facet == facet)


_COMMA = re.compile("[,،、，]")
"""As people part a list by, in the scripts they write."""


def _parts_of(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def _answers(facet: str, cell: str) -> Iterator[Answer]:
    """The terms of a cell, parted by semicolons, or by commas where they are no part of a term's name."""
    for part in _parts_of(cell):
        for one in [part] if _known(facet, part) else filter(str.strip, _COMMA.split(part)):
            try:
                yield answer(facet, one)
            except UsageError as error:
                how = _("Several in one cell are parted by semicolons or commas.")
                raise UsageError(f"{error.text} {how}") from None


def answer(facet: str, text: str) -> Answer:
    """One term: "es", "Spanish", "lift=no", "de@native". Raises UsageError for one nobody knows."""
    text, _at, level = text.partition("@")
    text, _is, applies = text.partition("=")
    found = _known(facet, text.strip())
    if found is None:
        raise UsageError(_("Unknown term: {value}.").format(value=text.strip()[:60]))
    return Answer(facet, found.id, applies.strip() or "yes", level.strip())


def _known(facet: str, text: str) -> terms.Term | None:
    return terms.term(facet, text) or next((t for t in terms.find(text) if t.facet == facet), None)


def _written(answer: Answer) -> str:
    applies = "" if answer.answer == "yes" else f"={answer.answer}"
    return f"{answer.term}{applies}" + (f"@{answer.level}" if answer.level else "")


def _parts(name: str, kind: type[Any]) -> tuple[Read, Write]:
    """A column that holds several values of `kind` as JSON; levels alone may be a plain list."""

    def change(content: Content, cell: str) -> Content:
        values: dict[str, Any] = {name: _from_json(cell, kind) if cell.startswith("[") else _named(cell, kind)}
        return replace(content, **values)

    return change, lambda c: _json(as_json(replace(Content(""), **{name: getattr(c, name)})).get(name))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) if value else ""


def _named(cell: str, kind: type[Any]) -> tuple[Any, ...]:
    if not cell:
        return ()
    if kind is not Credential:
        raise UsageError(_("Not a list in JSON: {value}.").format(value=cell[:60]))
    return tuple(Credential(one.term) for one in _answers("credential", cell))


def _from_json(cell: str, kind: type[Any]) -> tuple[Any, ...]:
    try:
        entries = json.loads(cell, parse_constant=_no_number)
        return tuple(_part(kind, entry) for entry in entries)
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise UsageError(_("Not a list in JSON: {value}.").format(value=cell[:60])) from None


def _no_number(text: str) -> float:
    raise ValueError(text)


def _part(kind: type[Any], entry: Mapping[str, Any]) -> Any:
    """One value of `kind`; dates as ISO text, everything else as JSON has it, each of its field's type."""
    values: dict[str, Any] = {}
    for one in fields(kind):
        if one.name in entry:
            value = entry[one.name]
            values[one.name] = day(value) if "date" in str(one.type) else value
            _fits(str(one.type), values[one.name])
    if set(entry) - set(values):
        raise ValueError(entry)
    return kind(**values)


def _fits(annotation: str, value: object) -> None:
    """Raise TypeError unless `value` is of the type a field is annotated with."""
    wanted: dict[str, Any] = {"str": str, "int": int, "float": (int, float), "date": date}
    kind = next(kind for name, kind in wanted.items() if name in annotation)
    if isinstance(value, bool) or not (isinstance(value, kind) or (value is None and "None" in annotation)):
        raise TypeError(value)


def _more_offices() -> tuple[Read, Write]:
    read, write = _parts("offices", Office)

    def change(content: Content, cell: str) -> Content:
        return replace(content, offices=(*content.offices[:1], *read(Content(""), cell).offices))

    return change, lambda c: write(replace(c, offices=c.offices[1:]))


def _areas() -> tuple[Read, Write]:
    def change(content: Content, cell: str) -> Content:
        return replace(content, served=tuple(_parts_of(_COMMA.sub(";", cell))))

    return change, lambda c: ";".join(c.served)


def _phone() -> tuple[Read, Write]:
    def change(content: Content, cell: str) -> Content:
        return replace(content, phone=telephone(cell, _first(content).country))

    return change, lambda c: c.phone


def _identity() -> tuple[Read, Write]:
    def change(content: Content, cell: str) -> Content:
        try:
            told = json.loads(cell or "{}")
            return replace(content, identity={str(k): str(v) for k, v in told.items()})
        except (ValueError, AttributeError, RecursionError):
            raise UsageError(_("Not a list in JSON: {value}.").format(value=cell[:60])) from None

    return change, lambda c: _json(dict(c.identity))


def _minutes(name: str) -> tuple[Read, Write]:
    return (lambda c, cell: replace(c, **{name: whole(cell)})), (lambda c: str(getattr(c, name) or ""))


_DERIVED = ("credential", "new_clients")
"""Facets whose terms follow from columns of their own."""

COLUMNS: Mapping[str, tuple[Read, Write]] = {
    "public_id": _plain("public_id"),
    "source": _plain("source"),
    "status": _choice("status", "pending"),
    "demonstration": _yes("demonstration"),
    "name": _plain("name"),
    "sort_name": _plain("sort_name"),
    "suffix": _plain("suffix"),
    "pronouns": _plain("pronouns"),
    "identity": _identity(),
    "country": _office("country", country_code),
    "region": _office("region"),
    "locality": _office("locality"),
    "postcode": _office("postcode"),
    "street": _office("street"),
    "time_zone": _office("time_zone"),
    "address_visibility": _office("address_visibility", lambda cell: cell or "area"),
    "lat": _office("lat", _degrees(90)),
    "lon": _office("lon", _degrees(180)),
    "precision": _office("precision"),
    "point_source": _office("point_source"),
    "looked_up_on": _office("looked_up_on", day),
    "more_offices": _more_offices(),
    "phone": _phone(),
    "email": (_address, lambda c: c.email),
    "no_enquiries": _yes("no_enquiries"),
    "website": _plain("website"),
    "bio": _plain("bio"),
    "bio_language": _choice("bio_language", "en"),
    "new_clients": _choice("new_clients", "accepting"),
    "new_clients_confirmed_on": _date("new_clients_confirmed_on"),
    "next_opening": _date("next_opening"),
    "waitlist": _yes("waitlist"),
    "intro_call_minutes": _minutes("intro_call_minutes"),
    "photo": _plain("photo"),
    "photo_alt": _plain("photo_alt"),
    "partner": _plain("partner"),
    "consented_on": _date("consented_on"),
    "attested_on": _date("attested_on"),
    "next_due": _date("next_due"),
    "credentials": _parts("credentials", Credential),
    "licences": _parts("licences", Licence),
    "costs": _parts("costs", Price),
    "served": _areas(),
    **{facet: _facet(facet) for facet in terms.facets() if facet not in _DERIVED},
}
"""Column -> how a cell of it changes a content, and how a content is written into it; in the order of an export."""
