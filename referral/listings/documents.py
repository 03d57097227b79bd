"""A listing as the index sees it: a document with coarse points, what can be chosen, and what is found by words."""

from collections.abc import Iterable
from datetime import date
from functools import cache

from babel import Locale

from index.types import Document
from referral import terms
from referral.listings import sketches
from referral.listings.cards import point
from referral.listings.content import Content, Office
from referral.listings.published import Published
from referral.places.folding import spelled_out
from referral.terms import approaches
from referral.text import own_country_name

COUNTRY = "country"
"""A facet of the index that is no list of terms: the ISO 3166-1 codes of the offices, so that they can be counted."""

NETWORK = "network"
"""Another: the slugs of the networks that know them as members. A search asks for one and all that depend on it."""

_BY_DAY = "accepting"
"""The answer the index reads from `accepts` and `confirmed_on`, because it turns into "ask" by itself."""

_IN_WORDS = ("topic", "works_with", "format")
"""Facets whose names and other names are found as words too: "infidelity" finds the topic affair."""


def document(listing: Published, today: date) -> Document:
    """What the index knows of a public listing on `today`: coarse points, and only credentials that are valid."""
    told = listing.content
    points = (point(office) for office in told.offices)
    sketch = sketches.sketch(listing)
    bio = sketch.words
    return Document(
        id=listing.id,
        public_id=listing.public_id,
        points=tuple(dict.fromkeys(p for p in points if p is not None)),
        areas=_areas(told),
        serves=frozenset(told.served) if "online" in told.chosen("delivery") else frozenset(),
        terms=_terms(told, today) | _networks(listing, today),
        texts=_texts(told, bio, today),
        language=told.bio_language,
        called=_called(told, bio, today),
        accepts=told.new_clients == _BY_DAY,
        confirmed_on=told.new_clients_confirmed_on,
        attested=told.status != "unconfirmed",
        sketch=sketches.written(sketch),
    )


def _areas(told: Content) -> frozenset[str]:
    return frozenset(code for o in told.offices for code in (o.country, o.region) if code) | {told.home} - {""}


def _terms(told: Content, today: date) -> dict[str, frozenset[str]]:
    """Facet -> what can be searched: only "yes", and of "new clients" only what no day can change."""
    chosen: dict[str, set[str]] = {}
    for answer in told.terms:
        if answer.answer == "yes":
            chosen.setdefault(answer.facet, set()).add(answer.term)
    if levels := {c.level for c in told.credentials if c.holds(today)}:
        chosen["credential"] = levels
    if told.new_clients != _BY_DAY:
        chosen["new_clients"] = {told.new_clients}
    if countries := {*(office.country for office in told.offices), told.home} - {""}:
        chosen[COUNTRY] = countries
    return {facet: frozenset(found) for facet, found in chosen.items()}


def _networks(listing: Published, today: date) -> dict[str, frozenset[str]]:
    found = frozenset(one.network for one in listing.networks if one.holds(today))
    return {NETWORK: found} if found else {}


def _texts(told: Content, bio: str, today: date) -> dict[str, str]:
    """One text for each field of a document; a field with nothing in it is left out."""
    texts = {
        "name": _joined([told.name, told.suffix, spelled_out(told.name)]),
        "credentials": _joined(one.title for one in told.licences if one.holds(today)),
        "places": _joined([part for office in told.offices for part in _place_words(office)]),
        "bio": bio,
    }
    return {name: text for name, text in texts.items() if text}


def _joined(parts: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(part for part in parts if part))


def _called(told: Content, bio: str, today: date) -> dict[str, dict[str, list[str]]]:
    """What the terms are called, by field and language; of approaches all names, where the bio has one."""
    chosen = [(facet, term) for facet in _IN_WORDS for term in told.chosen(facet)]
    called = {
        "credentials": _names([("credential", c.level) for c in told.credentials if c.holds(today)]),
        "topics": _names(chosen, approaches.named_in(bio)),
    }
    return {field: names for field, names in called.items() if names}


def _names(chosen: Iterable[tuple[str, str]], approach: str = "") -> dict[str, list[str]]:
    """What these terms are called: labels in English, and other names, which are of many languages."""
    named = [_names_of(facet, term) for facet, term in chosen]
    held = {"en": [label for label, _ in named if label], "": [*(names for _, names in named if names)]}
    if approach:
        held[""].append(approach)
    return {language: phrases for language, phrases in held.items() if phrases}


@cache
def _names_of(facet: str, id: str) -> tuple[str, str]:
    """The term's label, and its other names that are one word.

    Names of several words are understood as a whole when a line is read; their words would double the index.
    """
    found = terms.term(facet, id)
    if found is None:
        return "", ""
    label = found.label.lower()
    words = label.split()
    return label, " ".join(name for name in found.synonyms if " " not in name and name not in words)


def _place_words(office: Office) -> tuple[str, ...]:
    """Town and country, and the postcode of a public address: of a hidden one it could tell the house."""
    postcode = office.postcode if office.address_visibility == "full" else ""
    return office.locality, postcode, _country_names(office.country)


@cache
def _country_names(code: str) -> str:
    """The country in English and in its own languages, where Babel knows them."""
    names = [Locale("en").territories.get(code), own_country_name(code)]
    return _joined(str(name) for name in names if name)
