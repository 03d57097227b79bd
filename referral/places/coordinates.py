"""Points in a typed line: two decimal numbers, or degrees, minutes and seconds with the letters of the compass."""

import re
from collections.abc import Iterator
from itertools import product
from math import inf

Point = tuple[float, float]
"""Latitude and longitude in degrees."""

_DASHES = re.compile(r"(?:^|(?<=[\s,;/]))[−–‒](?=\d)|(?:^|(?<=[,;/]))\s*[-−–‒]\s+(?=\d)")
"""What stands for the minus sign before a number, at the beginning of either also with a space."""

_WRITTEN = str.maketrans({"度": "°", "도": "°", "分": "'", "분": "'", "秒": '"', "초": '"', "٫": "."})
"""Words of one sign for the signs."""
_COMPASS = {
    "N": "north nord norte 北緯 北纬 북위 сш",
    "S": "south süd sud sur sul 南緯 南纬 남위 юш",
    "E": "east ost est este leste 東経 東經 东经 동경 вд",
    "W": "west ouest oeste ovest 西経 西經 西经 서경 зд",
}
_LETTERS = {word: letter for letter, words in _COMPASS.items() for word in words.split(" ")}
_WORD = re.compile(r"[^\W\d_]+(?:\. ?[шд]\.?)?")
"""What people write for the letters of the compass, Russians with points."""
_BRACKETED = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]")

_BETWEEN = r"\s*[,;/\s،、]\s*"
_SIGNED = rf"(\d{{1,2}}\.\d{{2,}}){_BETWEEN}(-\d{{1,3}}\.\d{{2,}})"
_NUMBER = r"([+-]?\d{1,3}(?:\.\d+)?)°?"
_DECIMAL = re.compile(rf"(?:geo:)?{_NUMBER}{_BETWEEN}{_NUMBER}(?:\s*[,;].*)?|{_SIGNED}\s+[^\W\d_]\D*")
"""Behind it, after a comma or beside a minus sign, may stand whatever says where that is."""
_WHOLE = re.compile(r"(?=[+-]|.*[\s,;/][+-])[+-]?(?:0|[1-9]\d{0,2})[,;/\s]+[+-]?(?:0|[1-9]\d{0,2})")
"""Two numbers without a fraction are a point when one of them has a sign: "40 -74"."""
_COMMA = r"([+-]?\d{1,3},\d{2,})"
_DECIMAL_COMMA = re.compile(rf"{_COMMA}\s*[;/\s]\s*{_COMMA}|{_COMMA},\s+{_COMMA}")
"""As most of Europe writes numbers: "48,8566; 2,3522"."""
_SIXTIETHS = r"([+-]?\d{1,3}):(\d\d):(\d\d(?:\.\d+)?)"
_SEXAGESIMAL = re.compile(f"{_SIXTIETHS}{_BETWEEN}{_SIXTIETHS}")
_ANGLE = (
    r"(\d{1,3}(?:[.,]\d+)?)\s*(?:[°ºo:]|d(?:eg)?)?\s*"
    r"(?:(?<![\d.])(\d{1,2}(?:[.,]\d+)?)\s*['′’:m]?\s*)?"
    r"(?:(?<![\d.])(\d{1,2}(?:[.,]\d+)?)\s*(?:[\"″”s]|''|′′)?\s*)?"
)
"""With what `clean` makes of a degree written º and of ″; a space or colon may stand for each sign ("48 51 24 N")."""

_NS, _EW = r"\s*([NS])\s*", r"\s*([EWO])\s*"
_NORTH_FIRST = (
    re.compile(rf"{_ANGLE}{_NS}[,;/،]?\s*{_ANGLE}{_EW}", re.IGNORECASE),
    re.compile(rf"{_NS}{_ANGLE}[,;/،]?{_EW}{_ANGLE}", re.IGNORECASE),
)
_EAST_FIRST = (
    re.compile(rf"{_ANGLE}{_EW}[,;/،]?\s*{_ANGLE}{_NS}", re.IGNORECASE),
    re.compile(rf"{_EW}{_ANGLE}[,;/،]?{_NS}{_ANGLE}", re.IGNORECASE),
)

_LABELS = re.compile(r"\b(?:latitude|longitude|lat|lon|lng|long)\b\.?\s*[:=]?\s*", re.IGNORECASE)

_NO_NUMBER = re.compile(
    rf"NaN|(?i:nan){_BETWEEN}(?i:nan)|NaN{_BETWEEN}-?\d{{1,3}}(?:\.\d+)?|-?\d{{1,3}}(?:\.\d+)?{_BETWEEN}NaN"
    rf"|(?i:nan){_BETWEEN}-?\d{{1,3}}\.\d+|-?\d{{1,3}}\.\d+{_BETWEEN}(?i:nan)"
)
"""What programs write for a coordinate they do not have; Nan is a town."""

_SIGNS = {"N": (1,), "S": (-1,), "E": (1,), "W": (-1,), "O": (-1, 1)}
"""O is west in French and Spanish and east in German."""


def points(line: str) -> list[Point]:
    """The point that the line is, two of them where its letters can be read in two ways; [] when it is none."""
    return [point for point in _typed(line) if is_on_earth(*point)]


def off_earth(line: str) -> bool:
    """Whether the line is a point, and none on earth, or says a latitude alone."""
    if _NO_NUMBER.fullmatch(line):
        return True
    typed = list(_typed(line))
    if not typed and _LABELS.match(line):
        return not any(map(str.isalpha, _LABELS.sub("", line)))
    return bool(typed) and not any(is_on_earth(*point) for point in typed)


def is_on_earth(lat: float, lon: float) -> bool:
    """Whether these are a latitude and a longitude."""
    return abs(lat) <= 90 and abs(lon) <= 180


def _typed(line: str) -> Iterator[Point]:
    """What a line that has the form of a point says, whatever the numbers are."""
    if not any(map(str.isdigit, line)):
        return
    line = _plain(line)
    if found := _DECIMAL_COMMA.fullmatch(line):
        lat, lon = (float(number.replace(",", ".")) for number in found.groups() if number)
        yield lat, lon
    elif found := _DECIMAL.fullmatch(line):
        north, east = (number for number in found.groups() if number)
        if "." in north + east or _WHOLE.fullmatch(line):
            yield float(north), float(east)
    elif found := _SEXAGESIMAL.fullmatch(line):
        yield _sixtieths(*found.groups()[:3]), _sixtieths(*found.groups()[3:])
    else:
        yield from _angles(line)


def _plain(line: str) -> str:
    """The line without labels and brackets, its signs and words as `_typed` reads them."""
    if bracketed := _BRACKETED.fullmatch(line):
        line = bracketed[1].strip()
    line = _DASHES.sub("-", _LABELS.sub("", line) if line[:1] in "lL" else line)
    return _WORD.sub(_letter, line.translate(_WRITTEN))


def _letter(word: re.Match[str]) -> str:
    """The letter of the compass that a word stands for, else the word."""
    return _LETTERS.get(word[0].casefold().replace(".", "").replace(" ", ""), word[0])


def _sixtieths(degrees: str, minutes: str, seconds: str) -> float:
    """Degrees of "48:51:24"."""
    if int(minutes) >= 60 or float(seconds) >= 60:
        return inf
    size = abs(int(degrees)) + int(minutes) / 60 + float(seconds) / 3600
    return -size if degrees.startswith("-") else size


def _angles(line: str) -> Iterator[Point]:
    """Both angles of a line with letters of the compass, the latitude first whichever was typed first."""
    for shapes, is_latitude_first in ((_NORTH_FIRST, True), (_EAST_FIRST, False)):
        found = next((found for shape in shapes if (found := shape.fullmatch(line))), None)
        if found:
            said = found.groups()
            first, second = (list(_angle(said[:4])), list(_angle(said[4:])))
            yield from product(first, second) if is_latitude_first else product(second, first)
            return


def _angle(said: tuple[str | None, ...]) -> Iterator[float]:
    """Degrees, minutes and seconds with the side before or behind them, as degrees."""
    side = next(part for part in said if part and part.isalpha())
    degrees, minutes, seconds = (float((part or "0").replace(",", ".")) for part in said if part is not side)
    size = inf if minutes >= 60 or seconds >= 60 else degrees + minutes / 60 + seconds / 3600
    yield from (sign * size for sign in _SIGNS[side.upper()])
