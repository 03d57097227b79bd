"""Postcodes in a line: known codes whose remaining words agree."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain

from referral.places import abbreviations, areas, distance, matching, postcodes
from referral.places.folding import OTHER_SCRIPTS, fold
from referral.places.kinds import core
from referral.places.parse import segments
from referral.places.postcodes import Reading
from referral.places.records import Record
from referral.places.store import PostcodeRecord, Store
from referral.places.types import Found, Place

FEW_COUNTRIES = 3
"""With a code in so few countries, towns of each are looked through to the last."""

AGREE_KM = 60.0
"""A postcode and the town typed with it are at most this far apart."""

COARSE = frozenset({"CA", "IE"})
"""Countries whose tables hold half of each code, at points up to ..."""
FAR_KM = 15.0
"""... and more than so far from its town, which then says better where it is."""
ASTRAY_KM = 25.0
"""So far from the big city whose name it bears no code is: its point is a slip of the table."""

CAPITAL, PROVINCES = "Buenos Aires, Argentina", "1500"
"""Argentina's table leaves out its capital: codes below this one, "C1002AAA"."""

BIG = 100_000
"""People of a city whose name no village in its region has a code under, but by a slip of the table."""

READING = 2
"""Steps that it takes to see whether a stretch of the line may be a code."""

SHORT = 2
"""A code of so few letters is one only at home or in capitals ("W1"), as a part ("M1 1AE") or beside a place."""

MOST_NUMBERS = 3
"""Words with a digit that a code and its town have: "SW1A 1AA" has two, "Paris 10" one."""

FIRST_THOUGHT = ("US", "DE", "FR", "GB", "CA", "AU", "IT", "ES", "CH", "AT", "NL", "BE", "ZA", "BR", "MX", "IN", "JP")
"""Countries a bare code is likeliest from, when several have it: those with most people who search by code."""

TERRITORIES = areas.PARTS | {"US": areas.PARTS["US"] | {"MH", "FM", "PW"}}
"""Countries and whose codes their tables may hold besides their own."""

MEANT = 0.5
"""What a code of several countries gains where the town typed with it is thought of first."""

BIAS = 3.0
"""What the visitor's likely country adds: a bare code is nearly always one's own ..."""
OVERSEAS = 2.5
"""... or that of one's country overseas, as Réunion's is for France ..."""
NEIGHBOUR = 1.5
"""... and else rather one near it, the less the further; more than `FIRST_THOUGHT` takes from most ..."""
NEIGHBOUR_KM = 2_000.0
"""... and nothing from so far on."""


def match(store: Store, line: str, country: str | None) -> list[Found]:
    """Places of the postcodes in `line`, unsorted; every other word must agree with the code."""
    found: list[Found] = []
    if sum(any(map(str.isdigit, word)) for word in line.split(" ")) > MOST_NUMBERS:
        return found
    for reading in postcodes.readings(line):
        store.spend(READING)
        known = postcodes.look_up(store, reading)
        rest = segments(f"{reading.before}, {reading.after}") if known else []
        known = _own(_likely(known, reading, rest, line, country))
        towns = store.records([k.place for k in known])
        wide = [k for k in known if _is_coarse(store, k, towns[k.place].place, rest)] if rest else []
        agreeing = _agreeing(store, [k for k in known if k not in wide], towns, rest, country)
        meant = _country_of(store, rest) if len(agreeing) > 1 else ""
        for code in agreeing:
            one = _found(store, code, towns[code.place], reading, rest, country)
            found.append(replace(one, score=one.score + MEANT * (code.country == meant)))
        if not (known or rest) and _is_capital(line, reading):
            found += [replace(f, match="postcode") for f in matching.match(store, CAPITAL, "AR")[:1]]
        for code in wide:
            found += _towns_in(store, code, towns[code.place], reading, rest, country)
    return found


def _likely(
    known: Sequence[PostcodeRecord], reading: Reading, rest: Sequence[str], line: str, country: str | None
) -> list[PostcodeRecord]:
    """Without what is a code only elsewhere: short ones, numbers that may be anything, and where none is so spaced."""
    if reading.is_spaced:
        return [k for k in known if k.written == reading.typed or _is_home(k, country)]
    if rest or (reading.countries and not reading.is_unsure):
        return list(known)
    is_sure = not reading.is_unsure and (len(reading.code) > SHORT or reading.code in line)
    return [k for k in known if is_sure or _is_home(k, country)]


def _country_of(store: Store, rest: Sequence[str]) -> str:
    """The country of the town that is thought of first by a name typed with a code: Santo Domingo's is no village's."""
    named = (f for part in rest[:1] for f in matching.match(store, part, None))
    best = max(named, key=lambda f: f.score, default=None)
    return best.place.country if best else ""


def _is_home(code: PostcodeRecord, country: str | None) -> bool:
    return country is not None and (code.country == country or code.country in TERRITORIES.get(country, ()))


def _is_capital(line: str, reading: Reading) -> bool:
    """Whether it is one of the codes that Argentina's table leaves out, with the capital's letter."""
    return reading.countries == ("AR",) and line[:1] in "Cc" and reading.code < PROVINCES


def _is_wide(code: PostcodeRecord) -> bool:
    """Whether the code stands for all the villages of half a province: in Canada, one with a 0."""
    return code.country == "CA" and code.code[1:2] == "0"


def _is_coarse(store: Store, code: PostcodeRecord, town: Place, rest: Sequence[str]) -> bool:
    """Whether the town typed with the code says better where it is: in some countries, and where the table slipped."""
    return code.country in COARSE or any(_is_astray(store, code, town, part) for part in rest)


def _is_astray(store: Store, code: PostcodeRecord, town: Place, part: str) -> bool:
    """Whether a part names the city whose code this is, in its region, and that lies far from it."""
    if part[:1] < OTHER_SCRIPTS and fold(part) != _bare(town.name):
        return False
    if town.population >= BIG and _km(code, town) <= ASTRAY_KM:
        return False
    typed = _largest(store, part, town)
    if typed is None or typed.population < BIG or _km(code, typed) <= ASTRAY_KM:
        return False
    return _is_called(store, town, part)


def _is_called(store: Store, town: Place, part: str) -> bool:
    """Whether a part is a name of the town, in whatever script."""
    named = matching.match(store, part, town.country)
    return fold(part) == _bare(town.name) or any(f.place.id == town.id for f in named)


def _bare(name: str) -> str:
    """The folded name of a town less the number of an office in it: "Самара 99"."""
    return " ".join(word for word in fold(name).split(" ") if not word.isdigit())


def _largest(store: Store, name: str, town: Place) -> Place | None:
    """The most prominent town of that name in the region of another."""
    named = [f for f in matching.match(store, name, town.country) if _is_like(f.place, town)]
    return max(named, key=lambda f: f.score).place if named else None


def _is_like(place: Place, town: Place) -> bool:
    """Whether a town lies in the region of another."""
    return place.kind in ("city", "village") and (place.country, place.region_code) == (town.country, town.region_code)


def agrees(store: Store, known: Sequence[PostcodeRecord], place: Place) -> bool:
    """Whether a place lies where one of these codes is: in the province of a coarse one."""
    return any(_is_in_region(store, k, place) if k.country in COARSE else _is_at(k, place) for k in known)


def _is_in_region(store: Store, code: PostcodeRecord, place: Place) -> bool:
    town = store.records([code.place])[code.place].place
    return (place.country, place.region_code) == (town.country, town.region_code)


def _is_at(code: PostcodeRecord, place: Place) -> bool:
    return place.country == code.country and _km(code, place) < AGREE_KM


def _towns_in(
    store: Store, code: PostcodeRecord, town: Record, reading: Reading, rest: Sequence[str], country: str | None
) -> list[Found]:
    """The towns typed with so coarse a code, where they are themselves; else the code where its parts agree."""
    usual = _found(store, code, town, reading, rest, country)
    for part in (p for p in rest if not _is_around(store, p, town)):
        inside = _largest(store, part, town.place)
        if inside and (_is_wide(code) or _km(code, inside) > FAR_KM):
            return [replace(usual, place=inside)]
    return [usual] if _agreeing(store, [code], {code.place: town}, rest, country) else []


def _is_around(store: Store, part: str, town: Record) -> bool:
    """Whether the part says the province: "QC" is not the city here."""
    return any(area.holds(town) for area in areas.meanings(store, part) if not (area.county or area.near))


def _own(known: Sequence[PostcodeRecord]) -> list[PostcodeRecord]:
    """Without the codes of a country's territories that its own table holds again: Guernsey, the Marshall Islands."""
    countries = {k.country for k in known}
    return [k for k in known if countries.isdisjoint(TERRITORIES.get(k.country, ()))]


def _found(
    store: Store, code: PostcodeRecord, town: Record, reading: Reading, rest: Sequence[str], country: str | None
) -> Found:
    score = 6.0 + len(rest) - _thought(code.country) / 10 + _bias(store, code, country)
    if reading.countries:
        score += 0.5
    return Found(place_of(code, town), "postcode", score)


def _bias(store: Store, code: PostcodeRecord, country: str | None) -> float:
    """What the visitor's likely country adds to its own codes, those of its parts, and those near it."""
    if not country or code.country == country:
        return BIAS if country else 0.0
    if code.country in TERRITORIES.get(country, ()):
        return OVERSEAS
    home = store.once(("country", country), lambda: store.by_code(country))
    away = _km(code, home.place) if home else NEIGHBOUR_KM
    return NEIGHBOUR * max(0.0, 1 - away / NEIGHBOUR_KM)


def place_of(code: PostcodeRecord, town: Record) -> Place:
    """The postcode as a place that bears its town's name."""
    id = f"{code.country}:{code.code}"
    called = town.place.spoken

    def spoken(place: str, locale: str) -> str:
        return called(town.place.id if place == id else place, locale) if called else ""

    return replace(
        town.place,
        id=id,
        kind="postcode",
        country=code.country,
        lat=code.lat,
        lon=code.lon,
        population=0,
        postcode=code.written,
        within="",
        spoken=spoken,
    )


def _thought(country: str) -> int:
    return FIRST_THOUGHT.index(country) if country in FIRST_THOUGHT else len(FIRST_THOUGHT) + 3


def _agreeing(
    store: Store, known: Sequence[PostcodeRecord], towns: Mapping[int, Record], rest: Sequence[str], home: str | None
) -> list[PostcodeRecord]:
    """The codes whose country, region or neighbourhood every remaining part names."""
    kept = list(known)
    for part in rest:
        if not kept:
            break
        holding = areas.meanings(store, part)
        inside = [k for k in kept if any(a.holds(_here(k, towns)) for a in holding)]
        called = [k for k in kept if fold(part) == fold(towns[k.place].place.name)]
        kept = inside or called or _near(store, kept, part, home)
    return kept


def _near(store: Store, known: Sequence[PostcodeRecord], part: str, home: str | None) -> list[PostcodeRecord]:
    """The codes near a town called `part`, or so without what a post office adds ("København K", "Viljandi vald")."""
    bare = (part, postcodes.without_district(part), postcodes.without_brackets(part), core(part))
    for name in chain(dict.fromkeys(bare), abbreviations.written_out(store, part)):
        if near := _near_town(store, known, name, home):
            return near
    return []


def _near_town(store: Store, known: Sequence[PostcodeRecord], part: str, home: str | None) -> list[PostcodeRecord]:
    countries = {k.country for k in known}
    asked: list[str | None] = list(countries) if len(countries) <= FEW_COUNTRIES else [None]
    named = [f for country in asked for f in matching.match(store, part, country)]
    best = max(named, key=lambda f: f.score, default=None)
    return [k for k in known if any(_is_near(k, f.place) and not _is_elsewhere(store, k, f, best, home) for f in named)]


def _is_elsewhere(store: Store, code: PostcodeRecord, near: Found, best: Found | None, home: str | None) -> bool:
    """Whether the town typed with a code is another city than the code's: "1012 AB Rotterdam", "10000 Rabat".

    Two cities near each other have codes of their own, and a hamlet is hardly meant by the name of a city abroad.
    """
    if near.place.kind == "village":
        is_abroad = best is not None and best.place.population >= BIG and best.place.country != code.country
        return is_abroad and code.code.isdigit() and code.country != home
    town = store.records([code.place])[code.place].place
    far = _km(code, near.place) > ASTRAY_KM
    return far and near.place.id != town.id and min(near.place.population, town.population) >= BIG


def _is_near(code: PostcodeRecord, place: Place) -> bool:
    return place.kind in ("city", "village") and _is_at(code, place)


def _km(code: PostcodeRecord, place: Place) -> float:
    return distance.km(place.lat, place.lon, code.lat, code.lon)


def _here(code: PostcodeRecord, towns: Mapping[int, Record]) -> Record:
    return replace(towns[code.place], place=place_of(code, towns[code.place]))
