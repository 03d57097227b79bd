"""What a line may mean, kind by kind: as typed, corrected, completed, or the town of an address."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from referral.places import (
    abbreviations,
    addresses,
    areas,
    cities,
    code_words,
    correcting,
    floors,
    matching,
    misdirected,
    parse,
    postcodes,
    posting,
    rank,
    slips,
    spoken,
    surrounded,
    unfinished,
    unlisted,
    usual,
    worded,
)
from referral.places.covering import is_list
from referral.places.folding import fold, unshortened
from referral.places.store import Store
from referral.places.types import Found, country_name
from referral.places.usual import BIG, KNOWN
from referral.terms import plain

SMALL = 3.5
"""An exact match below this (a town of few thousands, a village) is compared with corrections by one letter ..."""

SMALL_ABROAD = 4.2
"""... as is one below this outside the visitor's country: an Australian's "Melbourn" is in no Cambridgeshire ..."""

FAMOUS = 4.2
"""... that score this much, their cost paid ..."""

FAR_ABOVE = 2.0
"""... and are so much better: "Oska" is a name of Huesca, but a hundred times as many people live in Osaka."""

METROPOLIS = 400_000
"""People of a city that is offered beside a place of its name but for a letter ..."""
A_HUNDRED_TIMES = 100
"""... in which so many times fewer live."""

HEARD_OF = 3.0
"""Before a village that only a post office knows, a city of so many people needs no more: Hazipur is Ghazipur."""

OBSCURE = 3.0
"""Score below which one of a place's further names is known to hardly anybody ("Tray", Travelers Rest) ..."""
ABOVE_OBSCURE = 1.2
"""... and by how much a correction that stands before it must be better."""

LARGE = 4.5
"""Score of a city that may stand before a quarter nobody knows, or be meant by two letters and "city"."""

SHADDA = "\u0651"
"""The mark that doubles an Arabic letter; names are compared without it."""

MORE = 0.1
"""By how much more than a close runner-up another correction comes behind: it is no reason to ask."""


def readings(store: Store, text: str, country: str | None) -> list[Found]:
    """The readings of the first kind that gives any: as typed, corrected, completed, the town of an address.

    Of some lines only as typed, see `usual.only`.
    """
    if is_meant := usual.only(text, country):
        return [f for f in strict(store, text, country) if is_meant(f)] or unfinished.match(store, text, country)
    found = _as_marked(text, _readings(store, text, country))
    return [f for f in found if not worded.is_marked(text) or worded.is_marked_so(f, text, country)]


def _readings(store: Store, text: str, country: str | None) -> list[Found]:
    """The same of a line that may be misspelt."""
    found = _as_spelled(store, text, country)
    if not found and (others := _surrounded(store, text, country)):
        return others
    if _is_spelled_right(store, text) or (not found and is_list(store, text)):
        return found
    if not found:
        found = correcting.match(store, text, country)
    elif not _is_deliberate(text, found) and _is_small(found, country, SMALL_ABROAD):
        others = _misspelt(store, text, found, country)
        found += others if _is_small(found, country) else _offered(others, found)
    if not found:
        found = correcting.complete(store, text, country)
    if not found:
        found = _in_address(store, text, country) or _quarter(store, text, country)
    return found


def _surrounded(store: Store, text: str, country: str | None) -> list[Found]:
    """The places that the line names among words that say near, or what kind of area it is; none in a usual word."""
    if spoken.is_said(unshortened(text)):
        return []  # "מורה" is a teacher, not "from" what lacks a letter of Warsaw
    return surrounded.match(
        store, text, country, lambda piece: strict(store, piece, country), lambda piece: usual.only(piece, country)
    )


def _as_spelled(store: Store, text: str, country: str | None) -> list[Found]:
    """The readings of the first kind that gives any and takes no letter for a wrong one."""
    found = _behind_preposition(store, text, strict(store, text, country), country)
    found = found or surrounded.by_both_names(text, lambda piece: strict(store, piece, country))
    found = found or _said_code(store, text, country) or _said_otherwise(store, text, country)
    found = found or _of_kind(store, text, country)
    found = _city(store, text, found, country)
    if not found and (found := matching.area(store, text, country)):
        return surrounded.towns(text, lambda piece: strict(store, piece, country)) or found
    found = found or _address(store, text, country, addresses.marked)
    return found or _written_out(store, text, country)


def _behind_preposition(store: Store, text: str, found: list[Found], country: str | None) -> list[Found]:
    """The same; where the first word may be a preposition or the area a town lies in, it is the first: "in Boston"."""
    first, _, rest = text.partition(" ")
    bare = parse.without_preposition(text)
    if not found or bare != rest or (first.isupper() and len(first) > 1 and not text.isupper()):
        return found
    if any(f.under.startswith(fold(first)) for f in found):
        return found
    return strict(store, bare, country) or found


def _said_otherwise(store: Store, text: str, country: str | None) -> list[Found]:
    """The readings of the line less what is said around a place, the first of them that has any."""
    ways = (parse.without_preposition, parse.dashes_broken, postcodes.behind_country)
    others = (*(way(text) for way in ways), *cities.arrondissements(text))
    return next((found for other in others if other != text and (found := strict(store, other, country))), [])


def _said_code(store: Store, text: str, country: str | None) -> list[Found]:
    """What a line means that says of a code that it is one, first of all where people say so."""
    bare, countries = code_words.without_word(text)
    found = strict(store, bare, country) if bare != text else []
    if there := [f for f in found if f.place.country in countries]:
        return there
    whole = unlisted.of_whole_town(store, bare) if unlisted.WHOLE_TOWNS in countries else bare
    city = strict(store, whole, country) if whole != bare else []
    return [f for f in city if f.place.country in countries] or found


def _of_kind(store: Store, text: str, country: str | None) -> list[Found]:
    """The places of a line that says what kind they are as Thais and Vietnamese do: "TP. Đà Nẵng", "จังหวัดภูเก็ต"."""
    bare = parse.without_kind(text)
    found = strict(store, bare, country) if bare != text else []
    return [f for f in found if f.place.country in parse.KIND_BEFORE_IN]


def _is_spelled_right(store: Store, text: str) -> bool:
    """Whether it is one usual word, or one of our own pages, as "casada" is: it misspells no place, and begins none."""
    folded = unshortened(text)
    return " " not in text and (store.is_word(folded) or spoken.is_said(folded))


def _city(store: Store, text: str, found: list[Found], country: str | None) -> list[Found]:
    """The same, with the cities a line means that says it means one: before what it names, only in other scripts."""
    bare = cities.without_city(text)
    if bare == text or (found and text.isascii()):
        return found
    bare = parse.without_preposition(bare)
    read = strict(store, bare, country)
    named = [f for f in read if f.place.kind == "city"]
    if len(bare) <= matching.CODE_LETTERS and bare.isascii():
        named = [f for f in named if f.score >= LARGE]  # "LA city", but no "us city"
    else:
        codes = {f.place.country for f in read if f.place.kind == "country"}
        named += [f for code in sorted(codes) for f in matching.city_of(store, code, country)]
    return found + [replace(f, score=f.score - rank.SAID_CITY) for f in named]


def _quarter(store: Store, text: str, country: str | None) -> list[Found]:
    """The quarter of a large city, or the city, that a line names with a hyphen or a letter behind it."""
    name, within = _stated(store, text)
    for piece in cities.quarters(name):
        found = [f for f in strict(store, ", ".join([piece, *within]), country) if f.place.kind == "city"]
        if found and ("," in piece or max(f.score for f in found) >= LARGE):
            return [replace(f, match="fallback") if "," not in piece else f for f in found]
    return []


def _stated(store: Store, text: str) -> tuple[str, Sequence[str]]:
    """The first part of the line, and what it lies in: the parts behind it, else the country at its end."""
    parts = parse.segments(text)
    said = (split for split in parse.splits(parts) if split.within and areas.names_country(store, split.within[-1]))
    split = next(said, None) if len(parts) == 1 else None
    return (split.name, split.within) if split else (text if not parts else parts[0], parts[1:])


def _as_marked(text: str, found: list[Found]) -> list[Found]:
    """The same, a country after its namesake where the line doubles a letter that the country does not: Amman, Oman."""
    if SHADDA not in text:
        return found
    plain = {f.place.id for f in found if f.place.kind == "country" and SHADDA not in country_name(f.place.id, "ar")}
    return [replace(f, score=f.score - rank.DOUBLED) if f.place.id in plain else f for f in found]


def _misspelt(store: Store, text: str, found: Sequence[Found], country: str | None) -> list[Found]:
    """What a line that names these small places may misspell: before them only what is far above them."""
    best = max(found, key=lambda f: f.score)
    likely = correcting.match(store, text, country, most=1) + _written_out(store, text, country)
    is_short = len(fold(text)) <= floors.SHORT and rank.is_its_name(best)  # such a name is near some town for certain
    others = [f for f in likely if f.score > (max(FAMOUS, best.score) if is_short else best.score)]
    villages = all(f.place.kind == "village" and f.match == "exact" for f in found) and best.place.country != country
    return [
        f
        if _is_marked_so(text, f, best) or f.score >= _far_above(f, best, villages, country)
        else replace(f, score=best.score - rank.CLOSE + (MORE if _is_offered(f, found) else -MORE))
        for f in others
    ]


def _is_marked_so(text: str, found: Found, named: Found) -> bool:
    """Whether the line has its accents from this place, not from the one it names: "Honnāi" is Honnāli, no Honnai."""
    return slips.marks_missing(text, named.place.name) > slips.marks_missing(text, found.place.name) == 0


def _far_above(found: Found, named: Found, villages: bool, country: str | None) -> float:
    """What a correction must score to stand before what the line names; `villages` when that is nothing larger."""
    famous = HEARD_OF if villages and found.place.population >= BIG else FAMOUS
    above = FAR_ABOVE
    if named.place.kind == "city" and named.score < OBSCURE and not rank.is_its_name(named):
        famous, above = HEARD_OF, ABOVE_OBSCURE
    abroad = named.place.country == country != found.place.country
    return max(famous, named.score + above + rank.BIAS * abroad)


def _written_out(store: Store, text: str, country: str | None) -> list[Found]:
    """The readings of the line with its shortened words whole."""
    for whole in abbreviations.written_out(store, text):
        if found := strict(store, whole, country) or matching.area(store, whole, country):
            return found
    return []


def _in_address(store: Store, text: str, country: str | None) -> list[Found]:
    """The town or postcode of an address, which no word of its street is where the town is named; as a fallback."""
    is_named = misdirected.names_town(text)
    found = [] if is_named else _address(store, text, country, addresses.match)
    return found or [replace(f, match="fallback") for f in misdirected.match(store, text, country)]


def _address(
    store: Store,
    text: str,
    country: str | None,
    read: Callable[[Store, str, addresses.Strict, str | None], list[Found]],
) -> list[Found]:
    """The town or postcode of a street address, marked as a fallback; figures alone are none, but telephone numbers."""
    if not any(map(str.isalpha, text)):
        return []
    found = read(store, text, lambda piece: _town(store, piece, country), country)
    return [replace(f, match="fallback") for f in found]


def _town(store: Store, piece: str, country: str | None) -> list[Found]:
    """What a piece of an address may mean; a usual word in it is no small town ("Windows 11 Home")."""
    found = strict(store, piece, country)
    return [f for f in found if f.place.population >= KNOWN] if plain.is_plain(piece) else found


def strict(store: Store, text: str, country: str | None) -> list[Found]:
    """Readings that understand every word as typed; a number alone is only ever a postcode."""
    may_hold = postcodes.may_hold(text)
    found = (posting.match(store, text, country) or unlisted.match(store, text)) if may_hold else []
    return found or (matching.match(store, text, country) if any(map(str.isalpha, text)) else [])


def _is_small(found: Sequence[Found], country: str | None, least: float = SMALL) -> bool:
    """Whether these are so little known that the line may rather misspell something; see `SMALL`."""
    best = max(found, key=lambda f: f.score)
    return best.score < (SMALL_ABROAD if country and best.place.country != country else least)


def _offered(others: Sequence[Found], named: Sequence[Found]) -> list[Found]:
    """Of the corrections of a line that names a town of thousands the great cities, each behind it."""
    behind = max(f.score for f in named) - rank.CLOSE + MORE
    return [replace(f, score=min(f.score, behind)) for f in others if _is_offered(f, named)]


def _is_offered(found: Found, named: Sequence[Found]) -> bool:
    """Whether a correction is a city beside which these are nothing: who lives in no Johannesberg is asked."""
    people = max(f.place.population for f in named)
    return found.place.population >= max(METROPOLIS, A_HUNDRED_TIMES * people)


def _is_deliberate(text: str, found: Sequence[Found]) -> bool:
    """Whether the line spells one of these with its accents: nobody mistypes them into being."""
    return not text.isascii() and any(f.place.name.casefold() == text.casefold() for f in found)
