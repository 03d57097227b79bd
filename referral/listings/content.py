"""Everything a listing publishes, as one value: what a form, an import or a demonstration hands to `revisions`.

Values only: nothing here reads or writes a table, and nothing is checked before `checks.checked`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, get_args


@dataclass(frozen=True, slots=True)
class Credential:
    """An Imago level somebody holds."""

    level: str
    """A term of the facet `credential`."""
    issuer: str = ""
    issued_on: date | None = None
    expires_on: date | None = None
    verified_by: str = ""
    verified_on: date | None = None

    def holds(self, today: date) -> bool:
        """Whether it is still valid on `today`."""
        return self.expires_on is None or self.expires_on >= today


@dataclass(frozen=True, slots=True)
class Licence:
    """A state's permission to practise."""

    title: str
    jurisdiction: str
    """ISO 3166-1 or -2."""
    number: str = ""
    expires_on: date | None = None
    verified_by: str = ""
    verified_on: date | None = None

    def holds(self, today: date) -> bool:
        """Whether it is still valid on `today`."""
        return self.expires_on is None or self.expires_on >= today


@dataclass(frozen=True, slots=True)
class Office:
    """A place where people are seen."""

    country: str
    """ISO 3166-1."""
    region: str = ""
    """ISO 3166-2, or empty where it is not known."""
    locality: str = ""
    postcode: str = ""
    street: str = ""
    time_zone: str = ""
    address_visibility: str = "area"
    """One of "full", "area", "none"; decides how coarse the public point is."""
    lat: float | None = None
    lon: float | None = None
    """Where it really is, degrees WGS 84."""
    precision: str = ""
    """One of "address", "postcode", "locality", or empty where it is not known."""
    point_source: str = ""
    """One of "gazetteer", "geocoder", "pin", "demonstration"; empty where it came with the listing."""
    public_lat: float | None = None
    public_lon: float | None = None
    """The coarse point; computed by `checks`, whatever is given here."""
    looked_up_on: date | None = None
    """When a geocoder was last asked for this very address."""
    replaces: tuple[str, ...] = ()
    """In a wish: the address of the office of theirs whose place it takes; empty in what is published."""

    @property
    def address(self) -> tuple[str, str, str, str]:
        """What it is found by: (country, locality, postcode, street). Another one is another place."""
        return self.country, self.locality, self.postcode, self.street


@dataclass(frozen=True, slots=True)
class Answer:
    """One term of a controlled list, and whether it applies."""

    facet: str
    term: str
    answer: str = "yes"
    """One of "yes", "no", "ask"."""
    level: str = ""


@dataclass(frozen=True, slots=True)
class Price:
    """What a session costs, in whole units of the currency."""

    currency: str
    """ISO 4217."""
    amount: int | None = None
    minutes: int | None = None
    least: int | None = None
    """The lowest of a sliding scale."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """One practitioner and all that is published of them."""

    name: str
    public_id: str = ""
    """Whose listing it is: an existing one is replaced; empty makes a new one."""
    status: str = "active"
    source: str = ""
    """Where an imported listing came from, with its own number there."""
    sort_name: str = ""
    """Empty: the name itself."""
    suffix: str = ""
    pronouns: str = ""
    identity: Mapping[str, str] = field(default_factory=dict)
    """Self-described, and only the fields the person opted in to."""
    demonstration: bool = False
    new_clients: str = "accepting"
    new_clients_confirmed_on: date | None = None
    next_opening: date | None = None
    waitlist: bool = False
    intro_call_minutes: int | None = None
    bio: str = ""
    """Markdown."""
    bio_language: str = "en"
    website: str = ""
    phone: str = ""
    """E.164."""
    email: str = ""
    no_enquiries: bool = False
    """Whether they want no messages through the directory."""
    photo: str = ""
    photo_alt: str = ""
    partner: str = ""
    """Public id of the listing they present together with."""
    consented_on: date | None = None
    attested_on: date | None = None
    next_due: date | None = None
    offices: tuple[Office, ...] = ()
    terms: tuple[Answer, ...] = ()
    costs: tuple[Price, ...] = ()
    served: tuple[str, ...] = ()
    """ISO 3166-1 and -2 codes where online clients may live."""
    credentials: tuple[Credential, ...] = ()
    licences: tuple[Licence, ...] = ()

    @property
    def home(self) -> str:
        """ISO 3166-1: where they work from, as far as it is said; the office's country, else the law's."""
        codes = [*(o.country for o in self.offices), *(n.jurisdiction for n in self.licences), *self.served]
        return codes[0][:2] if codes else ""

    def chosen(self, facet: str) -> tuple[str, ...]:
        """The terms of `facet` that apply, in the practitioner's order."""
        return tuple(a.term for a in self.terms if a.facet == facet and a.answer == "yes")


Part = Content | Credential | Licence | Office | Answer | Price


def as_json(content: Content) -> dict[str, Any]:
    """What a revision keeps of `content`: every field that says something, dates as ISO text."""
    return dict(_said(content))


_NAMES = {
    kind: tuple(one.name for one in fields(kind)) for kind in (Content, Credential, Licence, Office, Answer, Price)
}


def _said(part: "Part") -> Iterator[tuple[str, Any]]:
    for name in _NAMES[type(part)]:
        value = getattr(part, name)
        if value:
            yield name, _plain(value)
        elif value == 0 and value is not False:  # a price or a coordinate of nought says something
            yield name, value


def _plain(value: object) -> Any:
    if isinstance(value, str | int | float):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    return dict(value) if isinstance(value, Mapping) else dict(_said(value))  # type: ignore[arg-type]  # a part


def from_json(kept: Mapping[str, Any]) -> Content:
    """The content a revision keeps as `kept`: `as_json` read back; what says nothing has its default.

    A name that this version of the program does not know is left out. Raises ValueError for a date that is none.
    """
    made: Content = _made(Content, {"name": "", **kept})
    return made


_PARTS = {"offices": Office, "terms": Answer, "costs": Price, "credentials": Credential, "licences": Licence}
_DATES = {f.name for kind in _NAMES for f in fields(kind) if date in get_args(f.type)}


def _made(kind: type[Any], kept: Mapping[str, Any]) -> Any:
    return kind(**{name: _value(name, kept[name]) for name in _NAMES[kind] if name in kept})


def _value(name: str, value: Any) -> Any:
    if name in _PARTS:
        return tuple(_made(_PARTS[name], one) for one in value)
    if name in _DATES and value:
        return date.fromisoformat(value)
    return tuple(value) if isinstance(value, list) else value
