"""Taking a typed line apart: what is kept of it, and every way to split name from qualifiers.

Nothing here knows which places exist.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from referral.places.folding import SUFFIXES
from referral.places.slips import ROWS

MAX_LENGTH = 200
"""A longer line names no place."""

MAX_WORDS = 24
MAX_SAME = 4
"""Times the same word may stand in a line; "de" does in the address of a Spanish town."""
MAX_PARTS = 8

_BREAKS = re.compile(r"\s*[,;|،、，；]\s*")
_DASH = re.compile(r"\s+[-–—]\s+|(?<=[^\W\d])\s*/\s*(?=[^\W\d])")
"""Between spaces a dash is a break too, but for the two Congos; so is a slash between words ("Florianópolis/SC")."""

_CEDEX = re.compile(r"\s*\bcedex\b(?:\s+\d{1,2}\b)?", re.IGNORECASE)
"""What the French post adds for large receivers; it says no place."""

_TAG = re.compile(r"[#@](?!\d+\w?(?:[-/]\w+)?,)\w|.*(?:__|://|[{}<>=\\])|\w+:\w+/|`.*`$")

WALK = 4

_BABBLE = re.compile(r"([^\W\d_]{2,3})\1\1")

_TELEPHONE = re.compile(
    r"(?:.*(?<!\w))?\+\d|(?:tel|telefon|t[ée]l[ée]phone|phone|fax|whatsapp)\b[.:]?\s*[(\d]", re.IGNORECASE
)
"""A number with the country's before it, or with a word that says what it is; no town is called Tel or Fax."""

_KIND_BEFORE = re.compile(
    unicodedata.normalize("NFKC", r"((?:^|[,\s])\s*)(?:จังหวัด|อำเภอ(?:เมือง)?|เขต|แขวง|ตำบล|เทศบาล(?:นคร|เมือง)|")
    + r"(?:tỉnh|thành phố|thị xã|huyện|tinh|thanh pho)\s+|TP\.?\s*(?=\w{2})|tp\.?\s+)",
    re.IGNORECASE,
)
KIND_BEFORE_IN = frozenset({"TH", "VN"})
"""The countries that write so."""

_LEADING = re.compile(
    r"\b(?:near|nearby|around|close to|in|at|city of|town of|village of|downtown|central|greater|metro)\s+",
    re.IGNORECASE,
)
_LEADING_ABROAD = re.compile(
    r"(?:nahe|bei|aus|à|a|en|près de|autour de|cerca de|em|perto de|vicino a|ad|bij|nabij|rond|i|ved|omkring|în|lângă)"
    r"\s+(?=[^\W\d_])",
    re.IGNORECASE,
)
"""The same in other languages, before a name with a capital: "a Roma"; many of them are other words too."""

MOST_MIXED = 2
"""Words with letters and digits that a line has with hardly one of letters: "SW1A 2AA"."""
LEAST_WHOLE = 2

_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\u0e00-\u0e7f]{3,16}")
"""Scripts that put no space between an area and a town in it."""

_LARGE_FIRST = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3 ]{3,40}.?")
"""What addresses in the scripts of China, Japan and Korea begin with, and the sign that ends it."""

REVERSED = 1.0
"""Cost of reading the area before the town."""


@dataclass(frozen=True, slots=True)
class Split:
    """One way to read a line: a name, and what it is said to lie in."""

    name: str
    within: tuple[str, ...]
    cost: float = 0.0
    """Of an unusual order."""


def clean(line: str) -> str:
    """`line` less control characters, lone surrogates and "cedex", spaces made single; "" for nothing sensible."""
    if len(line) > 20 * MAX_LENGTH:
        line = line[: 20 * MAX_LENGTH].rstrip() if not line[20 * MAX_LENGTH :].strip() else ""
    kept = "".join(map(_kept, line))
    kept = _CEDEX.sub("", " ".join(unicodedata.normalize("NFKC", kept).split())).strip()
    if len(kept) > MAX_LENGTH or kept.count(" ") >= MAX_WORDS or _is_drawn(kept):
        return ""
    words = Counter(_WORD_BREAKS.split(kept.casefold()))
    return kept if max(words.values()) <= MAX_SAME else ""


def _kept(letter: str) -> str:
    """The letter; a digit of another script as ours, and a space for what says nothing."""
    if letter.isascii():
        return letter if letter.isprintable() else " "
    if letter.isdecimal():
        return str(unicodedata.decimal(letter))
    return " " if unicodedata.category(letter) in _DROPPED and letter not in _READ else letter


def _is_drawn(text: str) -> bool:
    """Whether signs make up most of `text`, as in "¯\\_(ツ)_/¯", or its letters bear marks that no language writes."""
    if len(_MARKS.findall(text)) > MOST_MARKED * len(text):
        return True
    kinds = [unicodedata.category(c)[0] for c in text]
    signs = sum(kind in "PS" for kind in kinds)
    return signs > MOST_SIGNS * sum(kind in "LN" for kind in kinds)


_MARKS = re.compile("[\u0300-\u036f\u0488\u0489]")
"""What is left of them when a letter and its mark are one sign, where there is one."""
MOST_MARKED = 0.3

MOST_SIGNS = 2
"""Signs for each letter or digit: a point written with all of them has one."""

_WORD_BREAKS = re.compile(r"[\s,;|]+")
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "So"})
"""Also pictures, some of which would become letters ("™")."""
_READ = "°№"


def segments(line: str) -> list[str]:
    """The parts of `line` between commas and the like; the last eight of more."""
    return [part for part in _BREAKS.split(line) if any(c.isalnum() for c in part)][-MAX_PARTS:]


def without_kind(line: str) -> str:
    """`line` less the words that Thais and Vietnamese write before their provinces, districts and cities."""
    return _KIND_BEFORE.sub(r"\1", line).strip()


def dashes_broken(line: str) -> str:
    """`line` with its spaced dashes and its slashes as commas: "São Paulo - SP"."""
    return _DASH.sub(", ", line)


def without_preposition(line: str) -> str:
    """`line` less a leading "near" or "in", but for "near me" and the like."""
    rest = _LEADING.sub("", line, count=1)
    if rest == line and (found := _LEADING_ABROAD.match(line)):
        return line[found.end() :] if line[found.end()].isupper() else line
    return line if len(rest) < 3 and rest.isascii() and rest.islower() else rest


def splits(parts: list[str]) -> Iterator[Split]:
    """Every reading of the parts as a name and what contains it, the usual order first."""
    if not parts:
        return
    for end in range(1, len(parts) + 1):
        name, within = " ".join(parts[:end]), tuple(parts[end:])
        yield Split(name, within)
        if end == 1:
            for head, tail in _cuts(name):
                yield Split(head, (tail, *within), 0.3)
    if len(parts) > 1:
        yield Split(parts[-1], tuple(parts[:-1]), REVERSED)


def reversed_splits(line: str) -> Iterator[Split]:
    """Readings of one part with the area in front: "경기도 광명시", "東京都港区"."""
    for head, tail in _cuts(line):
        yield Split(tail, (head,), REVERSED)
    if is_unspaced(line):
        for at in range(len(line) - 1, 1, -1):
            yield Split(line[at:], (line[:at],), REVERSED)


def is_unspaced(text: str) -> bool:
    """Whether areas and towns may follow one another in `text` with no space between them."""
    return _UNSPACED.fullmatch(text) is not None


def fronts(line: str) -> Iterator[str]:
    """What an address that goes from large to small begins with and that is a town or area, longest first.

    Up to its first number; a last letter says so ("東京都港区六本木6"), or a space ("부산광역시 해운대구 우동").
    """
    begun = _LARGE_FIRST.match(line)
    for at in range(len(begun[0]) - 1 if begun else 0, 1, -1):
        if line[at - 1] in SUFFIXES and line[at - 2] != " ":
            yield line[:at]


def is_large_first(line: str) -> bool:
    """Whether it is an address that begins with a large area in the scripts of China, Japan and Korea, to its house."""
    return any(map(str.isdigit, line)) and next(fronts(line), None) is not None


def _cuts(text: str) -> Iterator[tuple[str, str]]:
    """(front, back) at each space, the longest front first; the back has at most five words."""
    words = text.split(" ")
    for at in range(len(words) - 1, max(0, len(words) - 6), -1):
        yield " ".join(words[:at]), " ".join(words[at:])


def is_tag(line: str) -> bool:
    """Whether it is what programs and networks write, in which nobody mistypes a place: "#hashtag", "__proto__"."""
    return _TAG.match(line) is not None


def is_babble(folded: str) -> bool:
    """Whether one syllable stands three times in a row, or a finger walked along the keys: "hohoho", "ytre"."""
    walked = len(folded) >= WALK and any(folded in row or folded[::-1] in row for row in ROWS)
    return walked or _BABBLE.search(folded) is not None


def is_said_twice(folded: str) -> bool:
    """Whether it is one short word twice: "bla bla"."""
    words = folded.split(" ")
    return len(words) == LEAST_WHOLE and words[0] == words[1] and len(words[0]) <= WALK


def is_telephone(line: str) -> bool:
    """Whether it is a telephone number that says so: "+41 44 000 00 00", "tel. 555 0147"."""
    return _TELEPHONE.match(line) is not None


def is_jumble(line: str) -> bool:
    """Whether its words mix letters and digits as those of no address do: "b3e bbu4kn 5qihja"."""
    lettered = [word for word in line.split(" ") if any(map(str.isalpha, word))]
    mixed = sum(any(map(str.isdigit, word)) for word in lettered)
    return mixed > MOST_MIXED and len(lettered) - mixed < LEAST_WHOLE
