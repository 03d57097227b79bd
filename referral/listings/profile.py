"""What a therapist's own page shows: all of the card, and the rest of what is published.

Pure: one listing in, one value out, in the language of the moment. What is not public never enters it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from index.folding import fold
from index.types import Point
from referral import terms
from referral.listings import cards, labels, sketches
from referral.listings.cards import Card, Cost
from referral.listings.checks import REACH_KM
from referral.listings.content import Content, Credential, Licence, Office
from referral.listings.labels import PlaceNames, no_names
from referral.listings.numbers import displayed
from referral.listings.published import Published
from referral.places.distance import unit
from referral.places.framing import Framed, framed
from referral.text import _, at, country_name, listed


@dataclass(frozen=True, slots=True)
class CredentialView:
    """An Imago level with everything known of it."""

    id: str
    label: str
    note: str
    """One sentence on what the level means."""
    issuer: str
    issued_on: date | None
    expires_on: date | None
    verified_by: str
    verified_on: date | None


@dataclass(frozen=True, slots=True)
class LicenceView:
    """A state's permission to practise."""

    title: str
    number: str
    jurisdiction: str
    """ISO 3166-1 or -2."""
    jurisdiction_label: str
    expires_on: date | None
    verified_by: str
    verified_on: date | None


@dataclass(frozen=True, slots=True)
class OfficeView:
    """An office, as far as the practitioner lets it be seen."""

    street: str
    """Empty unless the address is public."""
    postcode: str
    """Empty unless the address is public."""
    locality: str
    town: str
    """The same as people say it, with its region: "Evanston, Illinois"."""
    region: str
    region_label: str
    country: str
    country_label: str
    time_zone: str
    point: Point | None
    """The coarse public point."""
    exact: bool
    """Whether the point is the address itself."""
    precision: str
    """One sentence on how exact the point is."""
    reach_km: float
    """How far from the point the place may lie: 0 where it is the address."""
    is_met: bool
    """Whether people are met there in person."""

    @property
    def line(self) -> str:
        """The address on one line."""
        return listed((self.street, self.locality, f"{self.region_label} {self.postcode}".strip(), self.country_label))


@dataclass(frozen=True, slots=True)
class Access:
    """One question of accessibility, answered."""

    id: str
    label: str
    answer: str
    """One of "yes", "no", "ask"."""
    answer_label: str


@dataclass(frozen=True, slots=True)
class PartnerView:
    """The other half of a pair who present together."""

    name: str
    url: str
    pair_url: str
    """The page of the two."""


@dataclass(frozen=True, slots=True)
class Phone:
    """A telephone number meant for the public."""

    e164: str
    display: str


@dataclass(frozen=True, slots=True)
class Profile:
    """One therapist or facilitator, in full."""

    card: Card
    bio: str
    """Markdown: to be rendered and sanitised by the page."""
    credentials: tuple[CredentialView, ...]
    licences: tuple[LicenceView, ...]
    identity: tuple[tuple[str, str], ...]
    languages: tuple[str, ...]
    """Labels, with how well each is spoken where that was said."""
    language_levels: dict[str, str]
    """Code -> one of `labels.SPOKEN`, of those languages."""
    offices: tuple[OfficeView, ...]
    formats: tuple[str, ...]
    """Labels, as all lists of text below."""
    works_with: tuple[str, ...]
    topics: tuple[str, ...]
    payment: tuple[str, ...]
    ways_to_pay: tuple[str, ...]
    """The same without the sliding scale, which stands with the costs."""
    session_minutes: tuple[int, ...]
    intro_call_minutes: int | None
    waitlist: bool
    costs: tuple[Cost, ...]
    sliding_scale: bool
    accessibility: tuple[Access, ...]
    serves: tuple[str, ...]
    """Where online clients may live; empty when they do not work online or have not said."""
    serves_people_in: tuple[str, ...]
    """The same for a reader: each country once, with its regions."""
    website: str
    phone: Phone | None
    partner: PartnerView | None
    attested_on: date | None
    next_due: date | None
    updated_on: date
    demonstration: bool


def profile(listing: Published, today: date, place_names: PlaceNames = no_names) -> Profile:
    """The page of `listing` on `today`; `place_names` gives regions their names."""
    told = listing.content
    chosen = {f: labels.labels(f, told.chosen(f)) for f in ("format", "works_with", "topic", "payment")}
    return Profile(
        card=cards.card(listing, today, place_names=place_names),
        bio=told.bio,
        credentials=tuple(_credential(c) for c in told.credentials if c.holds(today)),
        licences=tuple(_licence(one, place_names) for one in told.licences if _valid(one.expires_on, today)),
        identity=tuple(told.identity.items()),
        languages=tuple(labels.spoken(a.term, a.level) for a in told.terms if a.facet == "language"),
        language_levels={a.term: a.level for a in told.terms if a.facet == "language" and a.level in labels.SPOKEN},
        offices=tuple(_office(office, place_names, "in_person" in told.chosen("delivery")) for office in told.offices),
        formats=chosen["format"],
        works_with=chosen["works_with"],
        topics=chosen["topic"],
        payment=chosen["payment"],
        ways_to_pay=labels.labels("payment", (way for way in told.chosen("payment") if way != "sliding_scale")),
        session_minutes=sketches.session_minutes(told),
        intro_call_minutes=told.intro_call_minutes,
        waitlist=told.waitlist,
        costs=tuple(sketches.cost(p) for p in told.costs if p.amount is not None),
        sliding_scale=_slides(told),
        accessibility=tuple(_access(a.term, a.answer) for a in told.terms if a.facet == "accessibility"),
        serves=tuple(labels.area(code, place_names) for code in _served(told)),
        serves_people_in=labels.areas(_served(told), place_names),
        website=told.website,
        phone=_phone(told.phone),
        partner=_partner(listing),
        attested_on=told.attested_on,
        next_due=told.next_due,
        updated_on=listing.updated_at.date(),
        demonstration=told.demonstration,
    )


def _valid(until: date | None, today: date) -> bool:
    return until is None or until >= today


def _credential(held: Credential) -> CredentialView:
    found = terms.term("credential", held.level)
    return CredentialView(
        id=held.level,
        label=labels.label("credential", held.level),
        note=_(found.note) if found and found.note else "",
        issuer=held.issuer,
        issued_on=held.issued_on,
        expires_on=held.expires_on,
        verified_by=held.verified_by,
        verified_on=held.verified_on,
    )


def _licence(held: Licence, names: PlaceNames) -> LicenceView:
    return LicenceView(
        title=held.title,
        number=held.number,
        jurisdiction=held.jurisdiction,
        jurisdiction_label=labels.area(held.jurisdiction, names),
        expires_on=held.expires_on,
        verified_by=held.verified_by,
        verified_on=held.verified_on,
    )


def _office(office: Office, names: PlaceNames, is_met: bool) -> OfficeView:
    shown = office.address_visibility == "full"
    named = names(office.region, office.locality) if office.region else office.locality
    return OfficeView(
        street=office.street if shown else "",
        postcode=office.postcode if shown else "",
        locality=office.locality if shown else named,
        town=labels.town(office.locality, office.region, names),
        region=office.region,
        region_label=_region(office, names),
        country=office.country,
        country_label=country_name(office.country),
        time_zone=office.time_zone,
        point=cards.point(office),
        exact=shown and office.precision == "address",
        precision=_precision(office, is_met),
        reach_km=0.0 if shown and office.precision == "address" else REACH_KM[office.address_visibility],
        is_met=is_met,
    )


def address(office: Office, names: PlaceNames) -> str:
    """What the page shows of where it lies, on one line."""
    return _office(office, names, is_met=True).line


def _region(office: Office, names: PlaceNames) -> str:
    """What the region is called; empty where the town is called the same."""
    name = names(office.region) if office.region else ""
    return "" if fold(name) == fold(office.locality) else name


def whereabouts(offices: Iterable[OfficeView]) -> Framed | None:
    """The small map of where they meet people; None where no office has a point."""
    return framed([(*office.point, office.reach_km) for office in offices if office.point and office.is_met], digits=5)


def _precision(office: Office, is_met: bool) -> str:
    """How exact the public point is, in one sentence; empty where there is none, or where nobody is met in person."""
    if office.public_lat is None or not is_met:
        return ""
    miles = unit(office.country) == "mi"
    if office.address_visibility == "none":
        roughly = _("The place is shown only roughly, to about ten kilometres.")
        return _("The place is shown only roughly, to about six miles.") if miles else roughly
    if office.address_visibility == "area":
        about = _("The place is shown to about two kilometres; the address comes with the appointment.")
        return _("The place is shown to about a mile; the address comes with the appointment.") if miles else about
    if office.precision == "address":
        return _("The place is the address.")
    return _("The place is the middle of the town or postcode.")


def _access(term: str, answer: str) -> Access:
    said = {"yes": _("Yes"), "no": _("No"), "ask": _("Please ask")}
    return Access(term, labels.label("accessibility", term), answer, said[answer])


def _slides(told: Content) -> bool:
    return "sliding_scale" in told.chosen("payment") or any(p.least is not None for p in told.costs)


def _served(told: Content) -> tuple[str, ...]:
    return told.served if "online" in told.chosen("delivery") else ()


def _phone(e164: str) -> Phone | None:
    """The number, and as its own country writes it for people abroad; None for none."""
    return Phone(e164, displayed(e164)) if e164 else None


def _partner(listing: Published) -> PartnerView | None:
    other = listing.partner
    if other is None or not other.public:
        return None
    first, second = sorted((listing.slug, other.slug))
    return PartnerView(other.name, at(f"/therapists/{other.slug}"), at(f"/therapists/{first}/and/{second}"))
