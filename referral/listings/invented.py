"""People who do not exist, at cities that do: the content of demonstration listings, decided by a seed alone.

Listing number i depends on the seed and i and nothing else but the cities given, so a longer list begins with the
shorter one. Names and sentences lie in `demonstration/*.toml`.
"""

import string
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from hashlib import blake2b
from random import Random

from anyascii import anyascii

from referral.listings import attestations
from referral.listings.content import Answer, Content, Credential, Licence, Office, Price
from referral.listings.towns import FOLDER, Country, Towns, countries
from referral.listings.wording import bio, fake_street
from referral.places.types import Place

_LETTERS = string.ascii_letters + string.digits
_PAIR_EVERY = 31
"""Every so many listings, two share a practice and present together."""

ISSUER = "Demonstration network"
"""Who verified an invented credential: nobody real."""


@cache
def _names() -> Mapping[str, Mapping[str, Sequence[str]]]:
    return tomllib.loads((FOLDER / "names.toml").read_text("utf-8"))


def public_id(seed: int, number: int) -> str:
    """The public id of invented listing `number`: twelve letters and digits."""
    digest = blake2b(f"{seed}:{number}".encode(), digest_size=12).digest()
    return "".join(_LETTERS[byte % len(_LETTERS)] for byte in digest)


def person(seed: int, number: int, towns: Towns, today: date) -> Content:
    """Invented listing `number`; of `today` only its dates depend."""
    leads, follows = number % _PAIR_EVERY == 0, number % _PAIR_EVERY == 1
    city = towns.any(Random(f"{seed}:town:{number - follows}"))
    random = Random(f"{seed}:{number}")
    country = countries()[city.country]
    facilitator = random.random() < 0.06
    content = _dated(random, today, _named(random, country, public_id(seed, number)))
    languages = _languages(random, country)
    delivery = random.choices((("in_person", "online"), ("in_person",), ("online",)), (52, 30, 18))[0]
    years = random.randint(2, 30)
    spoken, text = bio(random, languages, city.name, years)
    return replace(
        content,
        partner=public_id(seed, number + 1) if leads else public_id(seed, number - 1) if follows else "",
        suffix="" if facilitator else random.choice(country.suffixes),
        bio=text,
        bio_language=spoken,
        phone=_phone(random, country),
        offices=tuple(_offices(random, city, towns)) if "in_person" in delivery else (),
        terms=(terms := tuple(_terms(random, languages, delivery, facilitator))),
        costs=tuple(_costs(random, country, sorted(int(a.term) for a in terms if a.facet == "session_length"))),
        served=tuple(_served(random, city, towns)) if "online" in delivery else (),
        credentials=tuple(_credentials(random, facilitator, today, years)),
        licences=() if facilitator else tuple(_licences(random, country, city)),
    )


def _named(random: Random, country: Country, id: str) -> Content:
    style = "long" if random.random() < 0.012 else random.choices(*zip(*country.names.items(), strict=True))[0]
    given, family = random.choice(_names()[style]["given"]), random.choice(_names()[style]["family"])
    name = f"{family}{given}" if style == "ko" else f"{given} {family}"
    latin = anyascii(given).lower().replace(" ", "-")
    return Content(
        name=name,
        public_id=id,
        sort_name=name if style == "ko" else f"{family}, {given}",
        pronouns=_pronouns(random, given) if random.random() < 0.15 else "",
        demonstration=True,
        email=f"{id.lower()}@example.org",
        website=f"https://{''.join(c for c in latin if c.isalnum()) or 'a'}.example.org/"
        if random.random() < 0.4
        else "",
    )


def _pronouns(random: Random, given: str) -> str:
    own = "he/him" if given in _names()["men"]["given"] else "she/her"
    return random.choice((own, own, "they/them"))


def _dated(random: Random, today: date, content: Content) -> Content:
    """With status, dates and what is said of new clients: most are fresh, some stale, some say nothing.

    So fresh that the first nights ask one in a hundred whether all is still correct, and hide nobody.
    """
    status = random.choices(("active", "unconfirmed", "paused"), (91, 5, 4))[0]
    age = 91 + random.randint(0, 27) // 2 if status == "unconfirmed" else _days(random.randint(0, 88))
    attested = None if random.random() < 0.06 else today - timedelta(age)
    clients = random.choices(("accepting", "existing_only", "no"), (80, 13, 7))[0]
    opening = timedelta(random.randint(3, 80)) if random.random() < 0.2 else None
    return replace(
        content,
        status=status,
        attested_on=attested,
        next_due=attested + timedelta(90) if attested else None,
        consented_on=today - timedelta(age + random.randint(1, 900) * (attested is not None)),
        new_clients=clients,
        new_clients_confirmed_on=None if random.random() < 0.1 else today - timedelta(min(age, random.randint(0, 60))),
        next_opening=today + opening if opening and clients == "accepting" else None,
        waitlist=clients != "no" and random.random() < 0.2,
        intro_call_minutes=random.choice((15, 20, 30)) if random.random() < 0.5 else None,
    )


def _days(drawn: int) -> int:
    """Since they last said that all is correct: one in 89 has just come to where the night asks."""
    return attestations.REMINDED[0] if drawn == 88 else drawn * 2 // 3


def _languages(random: Random, country: Country) -> list[str]:
    return [code for code, percent in country.languages.items() if random.random() * 100 < percent][:4]


def _phone(random: Random, country: Country) -> str:
    if not country.phones or random.random() < 0.4:
        return ""
    return f"+1{random.choice(country.phones)}55501{random.randint(0, 99):02}"


def _offices(random: Random, city: Place, towns: Towns) -> Iterable[Office]:
    yield _office(random, city)
    if random.random() < 0.12:
        other = towns.of(city.country, random)
        if other.region_code == city.region_code:
            yield _office(random, other)


def _office(random: Random, city: Place) -> Office:
    """An office somewhere in the city, a few kilometres around its middle."""
    spread = min(0.08, 0.004 + (city.population / 1e6) ** 0.5 * 0.03)
    visibility = random.choices(("full", "area", "none"), (30, 60, 10))[0]
    return Office(
        country=city.country,
        region=city.region_code if "-" in city.region_code else "",
        locality=city.name,
        street=fake_street(random, city.country) if visibility == "full" else "",
        address_visibility=visibility,
        lat=round(max(-89.9, min(89.9, random.gauss(city.lat, spread))), 5),
        lon=round(max(-179.9, min(179.9, random.gauss(city.lon, spread))), 5),
        precision="address" if visibility == "full" else "locality",
        point_source="demonstration",
    )


_CHOICES: tuple[tuple[str, Mapping[str, int]], ...] = (
    (
        "works_with",
        {"couples": 97, "one_partner": 42, "singles": 30, "same_sex_couples": 45, "premarital": 35, "separated": 25}
        | {"parents": 22, "families": 14, "long_distance": 10, "interfaith": 12, "intercultural": 20}
        | {"trans_and_nonbinary": 14, "open_relationships": 9, "teams": 3},
    ),
    (
        "topic",
        {"communication": 70, "conflict": 60, "affair": 38, "trust": 42, "intimacy": 40, "sex": 22, "parenting": 28}
        | {"new_baby": 16, "infertility": 8, "grief": 18, "trauma": 22, "anxiety": 18, "depression": 14, "addiction": 8}
        | {"money": 10, "work_stress": 16, "blended_family": 12, "in_laws": 10, "long_distance": 8, "separation": 26}
        | {"divorce_decision": 18, "premarital": 16, "culture_and_faith": 12, "neurodiversity": 10}
        | {"chronic_illness": 7, "retirement": 5, "military": 3, "adoption": 4, "lgbtq": 18},
    ),
    ("session_length", {"50": 35, "60": 40, "75": 22, "90": 48, "120": 16}),
    (
        "payment",
        {"self_pay": 80, "insurance": 22, "sliding_scale": 30, "reduced_fee": 14}
        | {"invoice": 35, "card": 40, "bank_transfer": 45, "cash": 30},
    ),
)
"""Facet -> term -> percent of the invented people who carry it."""

_FORMATS: Mapping[bool, Mapping[str, int]] = {
    False: {"couple_sessions": 96, "individual_sessions": 45, "intensive": 24, "couples_workshop": 20}
    | {"advanced_workshop": 6, "singles_workshop": 7, "group": 9, "family_sessions": 12},
    True: {"couples_workshop": 60, "singles_workshop": 30, "group": 50, "couple_sessions": 35},
}
"""Facilitator or not -> format -> percent."""


def _terms(random: Random, languages: Sequence[str], delivery: Sequence[str], facilitator: bool) -> Iterable[Answer]:
    yield from (Answer("language", code) for code in languages)
    yield from (Answer("delivery", way) for way in delivery)
    yield Answer("track", "facilitator" if facilitator else "clinical")
    if facilitator and random.random() < 0.1:
        yield Answer("track", "clinical")
    for facet, shares in (("format", _FORMATS[facilitator]), *_CHOICES):
        yield from (Answer(facet, term) for term, percent in shares.items() if random.random() * 100 < percent)
    if "in_person" in delivery:
        for term in ("step_free_entrance", "lift", "accessible_toilet", "parking", "public_transport"):
            if random.random() < 0.35:
                yield Answer("accessibility", term, random.choices(("yes", "no", "ask"), (70, 20, 10))[0])


def _costs(random: Random, country: Country, lengths: Sequence[int]) -> Iterable[Price]:
    """Prices of sessions as long as theirs are; of an hour, and perhaps one and a half, where that is not said."""
    if random.random() < 0.15:
        return
    least, most = country.price
    step = 5 if most < 1000 else 50 if most < 10_000 else 5000
    hour = random.randint(least // step, most // step) * step
    slides = random.random() < 0.3
    shortest, *longer = lengths or (60, 90)
    first = hour * shortest // 60 // step * step
    yield Price(country.currency, first, shortest, first * 6 // 10 // step * step if slides else None)
    if random.random() < 0.4 and longer:
        yield Price(country.currency, hour * longer[0] // 60 // step * step, longer[0])


def _served(random: Random, city: Place, towns: Towns) -> Iterable[str]:
    """Their own region and perhaps a few more where regions license; elsewhere the country, at times a neighbour."""
    regions = towns.regions(city.country)
    if city.country in {"US", "CA"} and "-" in city.region_code:
        return sorted({city.region_code, *random.sample(regions, min(len(regions), random.choice((0, 0, 1, 2, 4))))})
    german = {"DE", "AT", "CH"}
    if city.country in german and random.random() < 0.4:
        return sorted(german)
    return [city.country]


def _credentials(random: Random, facilitator: bool, today: date, years: int) -> Iterable[Credential]:
    levels = ["certified_imago_facilitator"] if facilitator else ["certified_imago_therapist"]
    if not facilitator and random.random() < 0.12:
        levels = ["imago_trainee"]
    elif not facilitator:
        more = {
            "advanced_imago_clinician": 22,
            "workshop_presenter": 17,
            "imago_supervisor": 6,
            "clinical_instructor": 2,
        }
        levels += [level for level, percent in more.items() if random.random() * 100 < percent]
    for level in levels:
        issued = date(today.year - random.randint(1, years), random.randint(1, 12), 1)
        verified = today - timedelta(random.randint(5, 400)) if random.random() < 0.8 else None
        expires = today + timedelta(random.randint(-200, 900)) if random.random() < 0.15 else None
        yield Credential(level, ISSUER, issued, expires, ISSUER if verified else "", verified)


def _licences(random: Random, country: Country, city: Place) -> Iterable[Licence]:
    if country.licences and random.random() < 0.75:
        regional = city.country in {"US", "CA"} and "-" in city.region_code
        yield Licence(random.choice(country.licences), city.region_code if regional else city.country)
