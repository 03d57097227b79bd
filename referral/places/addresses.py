"""A whole street address, read as far as its town or postcode and marked as a fallback."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import accumulate, islice

from referral.places import areas, distance, misdirected, postcodes, posting, short_codes, streets
from referral.places.areas import Area
from referral.places.covering import HOUSE, NONE, fewest
from referral.places.folding import fold
from referral.places.parse import dashes_broken, fronts, is_jumble, segments
from referral.places.pieces import Piece, bare_words, has_words, letters, pieces
from referral.places.schema import KINDS
from referral.places.scripts import written_in
from referral.places.store import Store
from referral.places.types import Found, Place

MIN_POPULATION = 500
"""A town must have so many people to be read out of an address; smaller ones share their names with streets."""

MIN_LETTERS = 3
MAX_TRIES = 40
PIECE = 6
"""Steps that it takes to look at what stands beside a piece."""
MAX_READ = 12
"""Pieces that are read at most; sensible addresses need under 8."""

LONG_NUMBER = 4
"""Digits of what is no house number; more than two of those beside a town are no address."""

AT_HOME = 1.0
"""What lying in the visitor's country adds to a town of an address, besides its bias: Salem is in Baden then."""

NO_TOWNS = frozenset(
    "street road avenue lane drive court square grove park hill way close place terrace crescent box main high "
    "str strasse straße gasse platz weg allee rue chemin route calle carrera rua via viale piazza straat laan "
    "apt apartment flat unit suite room floor gpo order".split()
)
"""Words at the end of a street that are also names of towns; such a town is named with something else beside it."""
MIDDLE = frozenset("centro center centre centrum zentrum centar downtown cbd".split())
"""What a part of an address says that is in the middle of any town, and elsewhere a name."""
BOXES = frozenset("box postbox postfach boite bp apartado casilla caixa postbus pobox".split())
"""Words before the number of a letter box."""
SPLIT_NUMBER = re.compile(r"(?<!\d)(\d{3}) (?=\d{2}(?!\d))")
"""The space in a postcode of two numbers ("105 63"), which are one."""
LONGEST = 4
"""Words before a piece that a known name may begin with."""

CITY = KINDS.index("city")
KNOWN = 4.5
"""What a part of a line without a number must score as a city to contradict a town far from it."""

ABROAD = 2.0
"""The same beside the name of a country: "Fort Erie, United States" is no Erie."""
LISTED = 2.5
"""The same of two parts, which are no street and no quarter, but a list of towns."""
IN_A_ROW = 3
"""So many towns one after another are a list too."""

TOWN = 3.5
"""What a town must score to be read out of a line without a number: "Bien, United States" is no "Long Bien"."""

Strict = Callable[[str], list[Found]]
"""Finds places for a piece of the line, every word of it understood."""


def marked(store: Store, line: str, strict: Strict, country: str | None) -> list[Found]:
    """The town or postcode of an address whose street or door says what it is; [] when the line has none."""
    address = streets.address(line)
    lines = list(address.lines()) if address else []
    for less in lines:
        if found := [f for f in strict(less) if _is_town(f, less) or _is_village(f)]:
            return [_at_home(f, country) for f in found]
    return match(store, lines[-1], strict, country, is_marked=True) if address and address.is_loose else []


def match(store: Store, line: str, strict: Strict, country: str | None, *, is_marked: bool = False) -> list[Found]:
    """The town or postcode at the end of an address, else at its start; [] when the line is no address.

    An address has a number in it, or at least two parts between commas, or begins with its town and goes on without a
    space or in Hangul ("臺北市大安區"). A part that names another country than the town's makes it no address
    ("nyc, france"); a postcode is one of the country the line ends with, or of those that its script is written in.
    With `is_marked` the line is what is left of an address that had them.
    """
    has_number = is_marked or any(c.isdigit() for c in line)
    parts = segments(dashes_broken(line) if has_number else line)
    for front in fronts(line):
        found = [f for f in strict(front) if f.place.kind in ("city", "village")]
        if found:
            return found
    if (len(parts) < 2 and not has_number) or is_jumble(line) or not has_words(line):
        return []
    sure = postcodes.sure(store, line) if has_number else []
    codes = _countries(store, parts, line) if has_number else None
    likely = (piece for piece in islice(pieces(parts), MAX_TRIES) if _may_be_address(store, piece))
    for piece in islice(likely, MAX_READ):
        read = [f for f in strict(piece.text) if not codes or f.place.kind != "postcode" or f.place.country in codes]
        found = [f for f in _towns(read, piece) if _agrees(store, piece, f)]
        found = [f for f in _hinted(found, piece, country) if not sure or posting.agrees(store, sure, f.place)]
        found = [f for f in found if not (_is_mere_end(piece, f, country) or _is_house(piece, f, country))]
        found = [f for f in found if not _contradicts(store, piece, f, read, has_number)]
        found = [f for f in found if not (sure and f.place.kind == "city" and letters([piece.after]))]
        if found:
            return [_at_home(f, country) for f in found] if has_number else found
    alone = (f for code in sure for f in strict(code.code))
    return [f for f in alone if posting.agrees(store, sure, f.place) and all(_is_in(store, p, f) for p in parts)]


def _countries(store: Store, parts: Sequence[str], line: str) -> frozenset[str] | None:
    """The only countries whose postcode it may be: the one the line ends with, else those that write so; else None."""
    words = parts[-1].split(" ")
    for at in range(max(0, len(words) - LONGEST), len(words)):
        meant = areas.meanings(store, " ".join(words[at:])) if letters(words[at]) else []
        if meant and all(area.is_country for area in meant):
            return areas.countries(meant)
    return written_in(line)


def _hinted(found: list[Found], piece: Piece, country: str | None) -> list[Found]:
    """Of the countries that have a bare code those whose town shares a word with what stands beside it, if any do.

    Else a short number is a code only with another beside it, or at home ("testing 123"); behind "PO Box" it is none.
    """
    if letters([piece.text]):
        return found
    if fold(piece.before).rpartition(" ")[2] in BOXES:
        return []
    beside = {word for part in piece.others for word in fold(part).split(" ") if len(word) > MIN_LETTERS}
    hinted = [f for f in found if not beside.isdisjoint(fold(f.place.name).split(" "))]
    is_alone = len(piece.text) <= LONG_NUMBER and not any(map(str.isdigit, "".join(piece.others)))
    return hinted or [f for f in found if not is_alone or f.place.country == country]


def _at_home(found: Found, country: str | None) -> Found:
    """The same, likelier in the visitor's country: whoever types a street looks at home."""
    return replace(found, score=found.score + AT_HOME * (found.place.country == country))


def _may_be_address(store: Store, piece: Piece) -> bool:
    """Whether what is beside the piece may be a street: no list of towns, no numbers alone, no name cut in two."""
    store.spend(PIECE)
    if piece.before and piece.after and not letters([piece.text]) and not any(map(str.isdigit, "".join(piece.others))):
        return False
    words = [bare_words(part) for part in piece.others]
    beside = (SPLIT_NUMBER.sub(r"\1", part) for part in piece.others)
    numbers = [len(w) for part in beside for w in part.split(" ") if w.isdigit()]
    if sum(digits >= LONG_NUMBER for digits in numbers) > 2 or (len(numbers) > 1 and not letters(piece.others)):
        return False
    if any(IN_A_ROW <= fewest(store, part, towns=True) < NONE for part in words):
        return False
    return not _cuts(store, piece)


def _cuts(store: Store, piece: Piece) -> bool:
    """Whether a known name begins before the piece and ends in it, or goes on behind it.

    "Sri Lanka" is no Lanka in Assam, "Vişeu de Sus" no Viseu in Portugal.
    """
    before, name = fold(piece.before).split(" "), fold(piece.text.partition(",")[0])
    starts = range(max(0, len(before) - LONGEST), len(before)) if piece.before else ()
    if any(store.named(f"{' '.join(before[at:])} {name}", 1) for at in starts):
        return True
    after = fold(piece.after).split(" ")[:LONGEST] if "," not in piece.text else [""]
    return any(store.named(f"{name} {words}", 1) for words in accumulate(after, "{} {}".format) if words)


def _is_house(piece: Piece, found: Found, country: str | None) -> bool:
    """Whether a number with no town beside it is rather a house's than a short postcode abroad: "Somewhere 400"."""
    return piece.text.isdigit() and len(piece.text) <= HOUSE and found.place.country != country


def _is_mere_end(piece: Piece, found: Found, country: str | None) -> bool:
    """Whether a later part only ends with the name of a town little known: "…, Casillas de Flores" is in no Brazil."""
    if piece.is_first or not piece.before or any(map(str.isdigit, piece.before)):
        return False
    return found.score < KNOWN and found.place.country != country


def _contradicts(store: Store, piece: Piece, found: Found, read: Sequence[Found], has_number: bool) -> bool:
    """Whether the rest of the line names other towns, so that this one is not meant."""
    elsewhere = [score for part in piece.others if (score := _elsewhere(store, part, found))]
    if sum(score >= LISTED for score in elsewhere) > 1:
        return True
    names_country = any(f.place.kind == "country" for f in read)
    if has_number:
        if names_country and any(score >= KNOWN for score in elsewhere):
            return True  # "Marseille 16, Andorra"
        if not letters([piece.text]) and any(_is_city_elsewhere(store, part, found) for part in piece.others):
            return True  # "80331 Munich, France"
        return bool(elsewhere) and not letters([piece.text]) and not _says_country(store, piece)
    least = ABROAD if names_country else KNOWN
    return found.score < TOWN or any(score >= least for score in elsewhere)


def _is_city_elsewhere(store: Store, part: str, found: Found) -> bool:
    """Whether all of a part is the name of a city far from the code beside it, and no number of a house is in it."""
    return not any(map(str.isdigit, part)) and _elsewhere(store, part, found) >= KNOWN + 1


def _says_country(store: Store, piece: Piece) -> bool:
    return any(areas.names_country(store, part) for part in piece.others)


def _towns(found: list[Found], piece: Piece) -> list[Found]:
    """The towns and postcodes among the readings of a piece; none when it rather names a country ("Costa Rica")."""
    best = max(found, key=lambda f: f.score, default=None)
    if best is None or (best.place.kind == "country" and not _is_one_town(found, best)):
        return []
    is_tail = any(map(str.isdigit, piece.before))
    return [f for f in found if _is_town(f, piece.text) and not misdirected.is_byname(f, best, is_tail=is_tail)]


def _is_one_town(found: list[Found], country: Found) -> bool:
    """Whether a city in the country bears its name, as Singapore does."""
    inside = [f for f in found if f.place.kind == "city" and f.place.country == country.place.country]
    return any(f.score >= KNOWN for f in inside)


def _agrees(store: Store, piece: Piece, found: Found) -> bool:
    """Whether all that is beside the piece lies where the place does; a country with a number is a street before it."""
    if short_codes.is_airport(found, piece.text) or _is_common(piece):
        return False
    if not all(_allows(store, part, found) for part in piece.others if letters(part) and fold(part) not in MIDDLE):
        return False
    numbered = [words for part in piece.others if (words := bare_words(part)) != fold(part)] if piece.is_first else []
    return all(_is_in(store, words, found) for words in numbered)


def _is_common(piece: Piece) -> bool:
    """Whether the piece is only a word of streets, boxes or flats, and more stands beside it."""
    return bool(piece.before or piece.after) and fold(piece.text) in NO_TOWNS | BOXES


def _allows(store: Store, part: str, found: Found) -> bool:
    """Whether a part beside it names no country or region but those the town lies in ("Berlin, Texas")."""
    meant = areas.meanings(store, part) or _country_at_end(store, part)
    likely = [a for a in meant if a.is_country] or [a for a in meant if a.region and not a.county] or meant
    return not likely or any(_may_hold(store, area, found.place) for area in likely)


def _is_in(store: Store, part: str, found: Found) -> bool:
    """Whether a part names no country but the one the place lies in."""
    countries = [area for area in areas.meanings(store, part) if area.is_country]
    return not countries or any(area.holds_country(found.place.country) for area in countries)


def _country_at_end(store: Store, part: str) -> list[Area]:
    """The country behind a number ("15 Fiji") or a known town ("Saitama Uzbekistan"), but of no street."""
    words = part.split(" ")
    for at in range(1, len(words)):
        before, countries = (
            " ".join(words[:at]),
            [a for a in areas.meanings(store, " ".join(words[at:])) if a.is_country],
        )
        if countries and (before.isdigit() or fewest(store, fold(before), towns=True) == 1):
            return countries
    return []


def _may_hold(store: Store, area: Area, place: Place) -> bool:
    """Whether the town lies in that country or region; which county it lies in is not known here."""
    if not area.holds_country(place.country):
        return False
    if area.county or not area.region:
        return True
    return store.records([area.region])[area.region].place.region_code == place.region_code


def _elsewhere(store: Store, part: str, found: Found) -> float:
    """What a part beside the town scores when it is a city itself, and not near it ("Ahvaz, Singapore"); else 0."""
    named = store.named(bare_words(part), 1) if fold(part) not in MIDDLE else []
    if not named or named[0].kind != CITY:
        return 0.0
    city = store.records([named[0].place])[named[0].place].place
    far = distance.km(city.lat, city.lon, found.place.lat, found.place.lon) > areas.NEAR_TOWN_KM
    return -named[0].rank / 100 if far else 0.0


def _is_village(found: Found) -> bool:
    """Whether it is a place, however small, in what is said to hold it."""
    return found.place.kind in ("city", "village") and found.match == "qualifier"


def _is_town(found: Found, piece: str) -> bool:
    if found.place.kind == "postcode":
        return True
    letters = sum(c.isalpha() for c in piece)
    if letters < MIN_LETTERS and piece.isascii():
        return False
    return found.place.kind == "city" and (found.place.population >= MIN_POPULATION)
