"""Words that only say that a city is meant, in many languages: "Ciudad de Madrid", "м. Київ", "تونس العاصمة"."""

import re
from collections.abc import Iterator

from referral.places.folding import fold
from referral.places.parse import is_unspaced, segments

BEFORE = frozenset(
    fold(words)
    for words in """
    ciudad de, la ciudad de, municipio de, cidade de, cidade do, municipio do, citta di, comune di, ville de, ville d,
    la ville de, commune de, stadt, stad, gemeinde, gemeente, staden, miasto, mesto, grad, oras, orasul,
    municipiul, kota, bandar, thanh pho, город, г, місто, м, град, гр, مدينة, شهر, עיר, העיר
    """.split(",")
)
"""Folded, what stands before the name."""

AFTER = frozenset(
    fold(words)
    for words in """
    city, town, area, metro area,
    stadt, ville, stad, capital, capitale, hauptstadt, centrum, sehri, kenti, merkez, varos, linn, kaupunki,
    العاصمة, المدينة, سيتي, הבירה, סיטי, 시티, シティ,
    ciudad, cidade, hb, hbf, bhf, hauptbahnhof, bahnhof
    """.split(",")
)
"""Folded, what stands after it: that it is a city, or its station."""

UNSPACED = ("市", "城", "시")
"""The same with no space before it ("巴拿马城")."""

_QUARTER = re.compile(r"([^\W\d]{3,})-([^\W\d]{3,}.*)")
_LETTER = re.compile(r"(.{4,}?)\s+[^\W\d_]$")

_TOWN = r"(?P<town>paris|lyon|marseille)"
_NUMBER = r"(?P<number>\d{1,2})\s?"
_ORDINAL = r"(?:er|ère|re|ème|eme|nde|nd|e|è)"
_SAID = r"(?:arrondissement|arrdt|arr|ardt)\.?"
_ARRONDISSEMENT = (
    re.compile(
        rf"{_TOWN}[\s,]+{_NUMBER}(?:{_ORDINAL}|{_ORDINAL}?[\s,]*{_SAID})(?P<rest>,.*)?",
        re.IGNORECASE,
    ),
    re.compile(rf"(?:le\s)?{_NUMBER}{_ORDINAL}?\s*{_SAID},?\s+(?:de\s|à\s)?{_TOWN}(?P<rest>,.*)?", re.IGNORECASE),
)
"""An arrondissement of one of the three cities that have any."""

LONGEST = 3
"""Words of the longest of these."""


def without_city(line: str) -> str:
    """The line less such words around the name of its first part, else the line as it is."""
    first, *within = segments(line) or [""]
    if is_unspaced(first) and first.endswith(UNSPACED):
        return ", ".join([first[:-1], *within])
    words = first.split(" ")
    for length in range(min(LONGEST, len(words) - 1), 0, -1):
        if fold(" ".join(words[:length])) in BEFORE:
            return ", ".join([" ".join(words[length:]), *within])
        if fold(" ".join(words[-length:])) in AFTER:
            return ", ".join([" ".join(words[:-length]), *within])
    return line


def quarters(name: str) -> Iterator[str]:
    """The quarter in the city before it ("Köln-Ehrenfeld"), else the city; a city less its letter ("Aarhus C")."""
    if found := _QUARTER.fullmatch(name):
        yield f"{found[2]}, {found[1]}"
        yield found[1]
    if found := _LETTER.fullmatch(name):
        yield found[1]


def arrondissements(line: str) -> Iterator[str]:
    """The arrondissement that a line names as the gazetteer may, then its city, of which it is a part in any case."""
    found = next((f for shape in _ARRONDISSEMENT if (f := shape.fullmatch(line))), None)
    if found:
        town, number, rest = found["town"], int(found["number"]), found["rest"] or ""
        yield f"{town} {number:02}{rest}"
        yield f"{town} {number}e arrondissement{rest}"
        yield f"{town}{rest}"
