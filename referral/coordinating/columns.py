"""The columns a roster may have: fewer than an import of the operator, each found by the names people give it.

A coordinator says who belongs to the network, where they work and what papers they hold; never whether somebody is
shown, or has agreed to be. An empty cell says nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from referral.errors import UsageError
from referral.listings import headers
from referral.listings.columns import COLUMNS, Read, Write, answer
from referral.listings.content import Content, Credential
from referral.listings.faults import Dependent
from referral.listings.mapping import OWN_ID
from referral.listings.numbers import day
from referral.text import N_, _, languages, speaking

NAMED = "\N{SECTION SIGN} named in the roster"
"""Stands as verifier of every paper a row names, until it is settled who verified it."""

LABELS: Mapping[str, str] = {
    OWN_ID: N_("Your own number for them"),
    "public_id": N_("Number in this directory"),
    "name": N_("Name"),
    "sort_name": N_("Listed under"),
    "suffix": N_("After the name"),
    "email": N_("E-mail address"),
    "phone": N_("Telephone"),
    "website": N_("Website"),
    "country": N_("Country"),
    "region": N_("Region"),
    "locality": N_("Town"),
    "postcode": N_("Postcode"),
    "street": N_("Street"),
    "language": N_("Languages"),
    "level": N_("Imago training"),
    "issued_on": N_("Issued on"),
    "expires_on": N_("Valid until"),
    "credentials": N_("All Imago training, in one cell"),
}
"""Field -> what the page calls it, in the order they are offered and read."""


def guessed(header: Sequence[str]) -> dict[str, str]:
    """Field -> the column of the file that seems to be it; each column and field once."""
    return headers.guessed(header, LABELS, _labelled())


@cache
def _labelled() -> Mapping[str, str]:
    """What our own pages call each field, in every language they speak -> the field."""
    found: dict[str, str] = {}
    for spoken in languages():
        with speaking(spoken):
            found |= {headers.plain(_(label)): field for field, label in LABELS.items()}
    return found


def agreed(chosen: Mapping[str, str], header: Sequence[str]) -> dict[str, str]:
    """Field -> column, as somebody `chosen` (column -> field) it, in the order the fields are read.

    Raises UsageError for a field that stands twice, and without a name.
    """
    fields = [field for column, field in chosen.items() if field in LABELS and column in header]
    twice = sorted({field for field in fields if fields.count(field) > 1})
    if twice:
        raise UsageError(_("Two columns cannot both be “{name}”.").format(name=_(LABELS[twice[0]])))
    by_field = {field: column for column, field in chosen.items() if field in LABELS and column in header}
    if "name" not in by_field:
        raise UsageError(_("Say which column holds the names."))
    return {field: by_field[field] for field in LABELS if field in by_field}


def _level(content: Content, cell: str) -> Content:
    """Name one training: the one of that level if there is one, else a new one; it stands first."""
    level = answer("credential", cell).term
    mine = next((one for one in content.credentials if one.level == level), Credential(level))
    others = tuple(one for one in content.credentials if one is not mine)
    return replace(content, credentials=(replace(mine, verified_by=NAMED), *others))


def _dated(name: str) -> Read:
    def read(content: Content, cell: str) -> Content:
        change: dict[str, date | None] = {name: _day(cell)}
        if not content.credentials or (len(content.credentials) > 1 and content.credentials[0].verified_by != NAMED):
            raise Dependent(_("There is a day, but no training it belongs to."), "level")
        first, *others = content.credentials
        return replace(content, credentials=(replace(first, verified_by=NAMED, **change), *others))  # type: ignore[arg-type]  # `name` is a date

    return read


def _day(cell: str) -> date | None:
    """A day as ISO writes it, or with points as much of Europe does: 31.12.2027."""
    parts = cell.split(".")
    turned = len(parts) == 3 and len(parts[2]) == 4
    return day(f"{parts[2]}-{parts[1]:0>2}-{parts[0]:0>2}" if turned else cell, cell)


def _all(content: Content, cell: str) -> Content:
    """Name all training: as JSON with its dates, or by the levels alone, which keep the dates they have.

    What an export wrote and nobody changed says nothing new: a claim does not become proven by going round.
    """
    read = COLUMNS["credentials"][0](Content(""), cell).credentials
    if not cell.startswith("["):
        there = {one.level: one for one in reversed(content.credentials)}
        read = tuple(there.get(one.level, one) for one in read)
    told = (one if cell.startswith("[") and one in content.credentials else _named(one) for one in read)
    return replace(content, credentials=tuple(told))


def _named(one: Credential) -> Credential:
    return replace(one, verified_by=NAMED, verified_on=None)


def _said(read: Read) -> Read:
    """The same, but an empty cell changes nothing."""
    return lambda content, cell: read(content, cell) if cell else content


_OWN: Mapping[str, Read] = {
    "level": _level,
    "issued_on": _dated("issued_on"),
    "expires_on": _dated("expires_on"),
    "credentials": _all,
}

ROSTER: Mapping[str, tuple[Read, Write]] = {
    field: (_said(_OWN[field] if field in _OWN else COLUMNS[field][0]), str) for field in LABELS if field != OWN_ID
}
"""Field -> how a cell of it changes a content; a roster is never written by these."""
