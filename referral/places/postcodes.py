"""The shapes postcodes are typed in, and the one form each is kept in.

Several countries' tables hold less than the whole code (CA 3 characters, GB outward, IE routing key, NL 4 digits), so
what people type is shortened to what is kept.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from referral.places.schema import RUNS
from referral.places.store import PostcodeRecord, Store

_OWN_PREFIX = {"AD": "AD", "AI": "AI", "AZ": "AZ", "HT": "HT", "LU": "L", "LV": "LV", "MD": "MD", "NR": "NRU"}
"""Letters the table writes before every code of a country; kept without."""

MAIL_PREFIX = {
    "A": "AT", "B": "BE", "D": "DE", "DK": "DK", "E": "ES", "EST": "EE", "F": "FR", "FIN": "FI", "FL": "LI", "H": "HU",
    "I": "IT", "L": "LU", "N": "NO", "NRU": "NR", "P": "PT", "RUS": "RU", "S": "SE", "SLO": "SI", "SLW": "SK",
}  # fmt: skip
"""Letters people put before a code to say the country, besides its ISO code."""

_LETTERED = (
    re.compile(r"([A-Z]{1,3})(?: ?- ?| )?(\d.*)"),
    re.compile(r"(CA|GB)[ -]([A-Z]{1,2}\d.*)"),
    re.compile(r"([A-Z]{2}) ?- ?([A-Z]{1,3} ?\d.*)"),
)
"""A country's letters before a code; before one that begins with letters itself only with a dash: "IE-D04"."""

_OF_DUBLIN = re.compile(r"\b(Dublin),? (?:D ?)?(\d|1\d|2[0-4]|6W)(?=$|\s*,|\s+Ireland\b)", re.IGNORECASE)
_DUBLIN = re.compile(r"D ?(\d)")
"""A district of Dublin, which the post writes with two digits: "D04"."""

_BEFORE_TOWN = re.compile(r"([A-Z]{1,3})-([^\W\d_]{3}.*)")

_PROVINCE = re.compile(
    r"(?=A4|B[12678]|C1|D5|E[23]|F5|G[34]|H3|J5|K[45]|L[68]|M5|N3|P3|Q8|R8|S[236]|T4|U[89]|V9|W3|X[256]|Y4|Z[89])"
    r"[A-Z](\d{4})"
)
"""An Argentine province's letter and code, between which nothing stands ("B-1000" is in Brussels)."""

_PLUS_FOUR = re.compile(r"(\d{5})\d{4}")
"""A ZIP code and its four digits in one ..."""

_COUNTED = "01234567890"
"""... which digits that are only counted up are not, nor are they any other."""
COUNTED = 8
"""So many of them: "12345" is in Schenectady."""

_SHORTENED = [
    (_PLUS_FOUR, ("US", "PR", "GU", "VI", "AS", "MP")),
    (re.compile(r"([A-Z]\d[A-Z])\d[A-Z]\d"), ("CA",)),
    (re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)\d[A-Z]{2}"), ("GB", "GG", "JE", "IM")),
    (re.compile(r"(\d{4})[A-Z]{2}"), ("NL",)),
    (re.compile(r"([AC-FHKNPRTV-Y]\d[\dW])[AC-FHKNPRTV-Y\d]{4}"), ("IE",)),
    (re.compile(r"([A-Z]{3})\d{2,4}"), ("MT",)),
    (re.compile(r"[A-HJ-NP-Z](\d{4})[A-Z]{3}"), ("AR",)),
    (_PROVINCE, ("AR",)),
    (re.compile(r"S(\d{6})"), ("SG",)),
]
"""Whole codes whose table holds only a part: what is looked up, and where."""

_SECTOR = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?) \d")
"""A British district and the first digit of what follows, with the space that tells "DH1 1" from DH11."""

_NATIONAL = {re.compile(r"\d\d-\d{3}"): "PL", re.compile(r"\d{4}-\d{3}"): "PT"}
"""Ways to write a code that one country alone has."""

_SURE = re.compile(r"\b(?:[A-Z]\d[A-Z] ?\d[A-Z]\d|[A-Z]{1,2}\d[A-Z\d]? ?(?!1ST|2ND|3RD|\dTH)\d[A-Z]{2})\b")
"""Whole Canadian and British codes: what has their shape is nothing else."""

_IN_RUN = re.compile(r"\d\d\.?\d{3}-\d{3}|0\d{7}|\d\d(?!000)\d{3}000")
"""A code of `store.RUNS` as it is written there, or as no number begins, or as that of a town and no street ends ..."""
_MAYBE_IN_RUN = re.compile(r"\d{8}")
"""... and eight digits, which may be any number: a code at home, or beside a place that agrees."""

WHOLE_RUN = 8
"""Digits of a whole code there."""

_SPACED = re.compile(r"\d{3} \d{2}")
"""As only a few countries write their codes ("111 20")."""

_BRACKETED = re.compile(r"\bS ?\((\d{6})\)", re.IGNORECASE)
"""A code of Singapore as its post writes it; the brackets are none around a part of the line."""

_DASHED_TOWN = re.compile(r"(?<!\S)(\d{4,6}) ?- ?(?=[^\W\d_]{3})")
"""A code with a dash before its town ("80331-München")."""

_OUTWARD = re.compile(r"[A-Z]\d")
"""The shortest code there is: a British district ("W1")."""

_MALTESE = (
    re.compile(r"(?P<code>[a-z]{3})[\s,]+(?P<rest>malta)", re.IGNORECASE),
    re.compile(r"(?P<code>[A-Z]{3})[\s,]+(?P<rest>\S.*)"),
    re.compile(r"(?P<rest>.*\S)[\s,]+(?P<code>[A-Z]{3})"),
    re.compile(r"(?P<code>[A-Z]{3}|[a-z]{3})(?P<rest>)"),
)
"""Malta's table holds three letters: a code with the country beside it, or in capitals with another place, or alone at
home."""

_WORDS = re.compile(r"[^\W_]+(?:-[^\W_]+)*")

_ONE = re.compile(r"[^\W_]+(?:[\s\u2010-\u2015\u2212-]+[^\W_]+)*|\d\d\.\d{3}[- ]?\d{3}")
"""Between the parts of a code stand spaces or dashes, a dot in Brazil alone: "12:30" and "3.14159" are no codes."""
_OF_NUMBERS = frozenset("$€£¥₹%")
"""What stands at a sum and at no code."""


_DISTRICT = re.compile(r"(?: \d+(?:er?|e)?| [A-ZÖ]{1,2}| \d+\. .*)$")
"""What a post office adds to a town's name: "Paris 01", "København K"."""


def without_district(name: str) -> str:
    """A town's name less the number or letter of a district."""
    return _DISTRICT.sub("", name)


def without_brackets(name: str) -> str:
    """A town's name less what an office adds in brackets: "Oschersleben (Bode)"."""
    return name.partition(" (")[0]


@dataclass(frozen=True, slots=True)
class Reading:
    """A stretch of the line that may be a postcode."""

    code: str
    """As kept."""
    countries: tuple[str, ...]
    """Where alone it can be; empty for anywhere."""
    before: str
    """What was typed before it."""
    after: str
    """What was typed after it."""
    in_run: bool = False
    """Whether the table holds only the first code of each town's run."""
    is_unsure: bool = False
    """Whether it is a code only at home or beside a place."""
    typed: str = ""
    """As typed, in capitals."""

    @property
    def is_spaced(self) -> bool:
        """Whether it is typed with the space that only a few countries write."""
        return _SPACED.fullmatch(self.typed) is not None


def kept(country: str, code: str) -> str:
    """The form of `code` that the gazetteer keeps: letters and digits only, without the country's own prefix."""
    if code.isdigit():
        return code
    bare = "".join(c for c in code.upper().partition("CEDEX")[0] if c.isalnum())
    return bare.removeprefix(_OWN_PREFIX.get(country, ""))


def readings(line: str) -> Iterator[Reading]:
    """Every stretch of up to three words of `line` that could be a postcode, longest first."""
    line = _DASHED_TOWN.sub(r"\1 ", _BRACKETED.sub(r"S\1", line))
    line = _OF_DUBLIN.sub(lambda found: f"{found[1]} D{found[2].upper().zfill(2)}", line)
    words = list(_WORDS.finditer(line))[:24]
    for size in (3, 2, 1):
        for first in range(len(words) - size + 1):
            stretch = words[first : first + size]
            start, end = stretch[0].start(), stretch[-1].end()
            typed = line[start:end].upper()
            beside = {line[:start].rstrip()[-1:], line[end:].lstrip()[:1]}
            if (
                len(typed) <= 12
                and any(c.isdigit() for c in typed)
                and _ONE.fullmatch(typed)
                and not beside & _OF_NUMBERS
            ):
                yield from _readings(typed, line[:start], line[end:])
    if maltese := _maltese(line):
        yield Reading(maltese["code"].upper(), ("MT",), "", maltese["rest"], is_unsure=not maltese["rest"])


def _maltese(line: str) -> re.Match[str] | None:
    return next((found for shape in _MALTESE if (found := shape.fullmatch(line))), None)


def behind_country(line: str) -> str:
    """The line with the letters of a country that the post puts before a town behind it: "D-München"."""
    found = _BEFORE_TOWN.fullmatch(line)
    country = MAIL_PREFIX.get(found[1], found[1]) if found else ""
    return f"{found[2]}, {country}" if found and len(country) == 2 else line


def may_hold(line: str) -> bool:
    """Whether there can be a postcode in `line` at all."""
    return any(c.isdigit() for c in line) or _maltese(line) is not None


def _readings(typed: str, before: str, after: str) -> Iterator[Reading]:
    bare = "".join(c for c in typed if c.isalnum())
    if not bare.isascii() or not 2 <= len(bare) <= 10 or (len(bare) >= COUNTED and bare in _COUNTED):
        return
    if code := _in_one_country(typed, bare):
        yield Reading(*code, before, after)
        return
    yield from _prefixed(typed, before, after)
    if len(bare) >= 3 or _OUTWARD.fullmatch(bare):
        yield Reading(bare, (), before, after, typed=typed)
    for shape, countries in _SHORTENED:
        if whole := shape.fullmatch(bare if shape is not _PROVINCE else typed):
            yield Reading(whole[1], countries, before, after)
    yield from _unwhole(typed, bare, before, after)


def _unwhole(typed: str, bare: str, before: str, after: str) -> Iterator[Reading]:
    """What is a code by the run it lies in, or with a digit that is left out."""
    if district := _DUBLIN.fullmatch(typed):
        yield Reading(f"D0{district[1]}", ("IE",), before, after, is_unsure=True)
    if _IN_RUN.fullmatch(typed):
        yield Reading(bare, (RUNS,), before, after, in_run=True)
    elif _MAYBE_IN_RUN.fullmatch(typed):
        yield Reading(bare, (), before, after, in_run=True, is_unsure=True)


def _in_one_country(typed: str, bare: str) -> tuple[str, tuple[str]] | None:
    """The code, and the country that alone writes codes in the form it is typed in."""
    if sector := _SECTOR.fullmatch(typed):
        return sector[1], ("GB",)
    return next(((bare, (country,)) for shape, country in _NATIONAL.items() if shape.fullmatch(typed)), None)


def _prefixed(typed: str, before: str, after: str) -> Iterator[Reading]:
    """The code behind letters that say its country."""
    prefix = next((found for shape in _LETTERED if (found := shape.match(typed))), None)
    if not prefix:
        return
    country = MAIL_PREFIX.get(prefix[1], prefix[1] if len(prefix[1]) == 2 else "")
    code = "".join(c for c in prefix[2] if c.isalnum())
    for known in (code, *_parts(code, country)) if country else ():
        yield Reading(known, (country,), before, after, in_run=country == RUNS and len(known) == WHOLE_RUN)


def _parts(code: str, country: str) -> Iterator[str]:
    """The part of a whole code that its country's table holds ("NL-3011 AD")."""
    for shape, countries in _SHORTENED:
        if country in countries and (whole := shape.fullmatch(code)):
            yield whole[1]


def sure(store: Store, line: str) -> list[PostcodeRecord]:
    """The code in the line that can be nothing else, whatever stands beside it."""
    typed = _SURE.search(line.upper())
    return [found for reading in (_readings(typed[0], "", "") if typed else ()) for found in look_up(store, reading)]


def look_up(store: Store, reading: Reading) -> list[PostcodeRecord]:
    """The postcodes a reading names, one per country."""
    if reading.in_run:
        first = store.run(reading.code)
        return [first] if first else []
    found = store.postcodes(reading.code)
    return [p for p in found if not reading.countries or p.country in reading.countries]
