"""What a listing's content must keep to before it is stored: clean text, known terms, real countries, sane numbers.

Pure: content in, content out, or UsageError with one sentence a person can act on.
"""

import math
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache, lru_cache
from urllib.parse import urlsplit

from babel import Locale

from referral import terms
from referral.errors import UsageError
from referral.listings.cleaning import line, paragraphs
from referral.listings.content import Answer, Content, Credential, Licence, Office, Price
from referral.mail.addressing import LONGEST, kept
from referral.model.practitioner import NEW_CLIENTS, STATUSES, VISIBILITIES
from referral.text import _

NAME, BIO, LONG, SHORT = 160, 1200, 200, 60
"""The longest name, bio, other line and code, in characters."""

MANY = 300
"""The most offices, terms, prices, areas or credentials of one listing."""

GRID = {"area": 0.02, "none": 0.1}
"""Degrees between coarse points: about 2 km where the area is shown, 11 km where nothing is."""

REACH_KM = {"full": 5.0, "area": 2.0, "none": 10.0}
"""How far from its public point an office may lie; "full" is that of a town or postcode, where no address was found."""

_REGION = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,8}")
_CURRENCY = re.compile(r"[A-Z]{3}")
_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
_LINK = re.compile(r"://|\bwww\.|@", re.IGNORECASE)
_NOT_COUNTRIES = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}
_PUBLIC_ID = re.compile(r"[A-Za-z0-9]{6,32}")


@cache
def countries() -> frozenset[str]:
    """The ISO 3166-1 codes, as Babel knows them."""
    codes = (c for c in map(str, Locale("en").territories) if len(c) == 2 and c.isalpha())
    return frozenset(c for c in codes if c not in _NOT_COUNTRIES)


def checked(content: Content) -> Content:
    """`content` as it may be stored.

    Raises UsageError naming the first field that cannot be.
    """
    _require(content.status in STATUSES, _("Unknown status: {value}."), content.status)
    _require(content.new_clients in NEW_CLIENTS, _("Unknown answer about new clients: {value}."), content.new_clients)
    _require(not content.public_id or bool(_PUBLIC_ID.fullmatch(content.public_id)), _("Not a public id: {value}."), "")
    for several in (content.offices, content.terms, content.costs, content.served, content.credentials):
        _require(len(several) <= MANY, _("More entries than a listing can have."), "")
    name = line(content.name, _("The name"), NAME)
    _require(bool(name), _("The name is missing."), "")
    _require(any(map(str.isalpha, name)) and not _LINK.search(name), _("This is not a name."), "")
    return replace(
        content,
        name=name,
        sort_name=line(content.sort_name, _("The name"), NAME) or name,
        suffix=line(content.suffix, _("The suffix"), SHORT),
        pronouns=line(content.pronouns, _("The pronouns"), SHORT),
        identity={line(k, _("The field"), SHORT): line(v, _("The text"), LONG) for k, v in content.identity.items()},
        source=line(content.source, _("The source"), LONG),
        bio=paragraphs(content.bio, _("The description"), BIO),
        photo_alt=line(content.photo_alt, _("The picture’s description"), LONG),
        website=_shaped(content.website, web_address, _("Not a web address: {value}.")),
        phone=_shaped(
            content.phone,
            _E164.fullmatch,
            _("“{value}” is not a telephone number with its country code. One looks like this: +1 312 555 0123."),
        ),
        email=content.email and kept(line(content.email, _("The e-mail address"), LONGEST)),
        offices=tuple(map(_office, content.offices)),
        terms=_ordered(content.terms),
        costs=tuple(map(_price, content.costs)),
        served=tuple(sorted({_area(code) for code in content.served})),
        credentials=tuple(map(_credential, content.credentials)),
        licences=tuple(map(_licence, content.licences)),
    )


def degrees(value: float | None, limit: float) -> float | None:
    """`value`, if it is a finite number of degrees between -`limit` and `limit`; -0 becomes 0.

    Raises UsageError otherwise.
    """
    if value is None:
        return None
    _require(math.isfinite(value) and -limit <= value <= limit, _("Not a coordinate: {value}."), str(value))
    return value + 0.0


def coarse(lat: float | None, lon: float | None, visibility: str) -> tuple[float, float] | None:
    """The public point of an office: itself where the address is shown, else the middle of its square of GRID.

    Two offices in one square have the same public point, so nobody can tell them apart by it.
    """
    if lat is None or lon is None:
        return None
    step = GRID.get(visibility)
    if step is None:
        return round(lat, 5) + 0.0, round(lon, 5) + 0.0
    return _middle(lat, step, 90.0), _middle(lon, step, 180.0)


def _middle(degrees: float, step: float, limit: float) -> float:
    cell = min(math.floor((degrees + limit) / step), round(2 * limit / step) - 1)
    return round((cell + 0.5) * step - limit, 4) + 0.0


def _require(holds: bool, sentence: str, value: str) -> None:
    if not holds:
        raise UsageError(sentence.format(value=value[:SHORT]))


def _shaped(value: str, fits: Callable[[str], object], sentence: str) -> str:
    clean = line(value, sentence.format(value="").strip(" :."), LONG)
    _require(not clean or bool(fits(clean)), sentence, clean)
    return clean


def web_address(text: str) -> bool:
    """Whether this is the address of a page: http or https, and a host that has a name with a dot, for nobody alone."""
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
        named = "." in host and not host.rpartition(".")[2].isdigit()
        return parts.scheme in {"http", "https"} and named and "@" not in parts.netloc and " " not in text
    except ValueError:
        return False


def _country(code: str) -> str:
    _require(code in countries(), _("Unknown country: {value}."), code)
    return code


def _area(code: str) -> str:
    """An ISO 3166-1 or -2 code."""
    _country(code[:2])
    _require(len(code) == 2 or bool(_REGION.fullmatch(code)), _("Unknown region: {value}."), code)
    return code


def _office(office: Office) -> Office:
    _require(office.address_visibility in VISIBILITIES, _("Unknown visibility: {value}."), office.address_visibility)
    _require(
        not office.region or _area(office.region)[:2] == office.country, _("Wrong region: {value}."), office.region
    )
    lat, lon = degrees(office.lat, 90), degrees(office.lon, 180)
    _require((lat is None) == (lon is None), _("A point needs latitude and longitude."), "")
    public = coarse(lat, lon, office.address_visibility)
    return replace(
        office,
        country=_country(office.country),
        locality=line(office.locality, _("The town"), NAME),
        postcode=line(office.postcode, _("The postcode"), SHORT),
        street=line(office.street, _("The street"), LONG),
        time_zone=line(office.time_zone, _("The time zone"), SHORT),
        lat=lat,
        lon=lon,
        public_lat=public[0] if public else None,
        public_lon=public[1] if public else None,
    )


def _ordered(answers: tuple[Answer, ...]) -> tuple[Answer, ...]:
    """The answers by facet, within each in the practitioner's order; of two on one term the last counts."""
    places = {facet: place for place, facet in enumerate(terms.facets())}
    known = {(a.facet, a.term): a for a in map(_answer, answers)}
    return tuple(sorted(known.values(), key=lambda a: places[a.facet]))


@lru_cache(maxsize=4096)
def _answer(answer: Answer) -> Answer:
    known = terms.term(answer.facet, answer.term) is not None
    _require(known, _("Unknown term: {value}."), f"{answer.facet} {answer.term}")
    _require(answer.answer in {"yes", "no", "ask"}, _("Unknown answer: {value}."), answer.answer)
    return answer


def _price(price: Price) -> Price:
    _require(bool(_CURRENCY.fullmatch(price.currency)), _("Unknown currency: {value}."), price.currency)
    for number in (price.amount, price.least, price.minutes):
        _require(number is None or 0 <= number <= 10_000_000, _("Not a price: {value}."), str(number))
    return replace(price, note=line(price.note, _("The note"), LONG))


def _credential(credential: Credential) -> Credential:
    _require(
        terms.term("credential", credential.level) is not None, _("Unknown credential: {value}."), credential.level
    )
    return replace(
        credential,
        issuer=line(credential.issuer, _("The issuer"), LONG),
        verified_by=line(credential.verified_by, _("The verifier"), LONG),
    )


def _licence(licence: Licence) -> Licence:
    _area(licence.jurisdiction)
    title = line(licence.title, _("The licence"), LONG)
    _require(bool(title), _("The licence has no name."), "")
    return replace(
        licence,
        title=title,
        number=line(licence.number, _("The licence number"), SHORT),
        verified_by=line(licence.verified_by, _("The verifier"), LONG),
    )
