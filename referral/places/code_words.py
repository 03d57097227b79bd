"""Words that say of what stands behind them that it is a postcode: "PLZ 10115", "CAP 00184", "우편번호 06236"."""

import re
import tomllib
from functools import cache
from pathlib import Path

CODE_WORDS = Path(__file__).with_name("code_words.toml")
"""The words, kept by hand."""

INITIALS = 3
"""Letters that may each have a point: "C.P.", "C. A. P."."""


def without_word(line: str) -> tuple[str, frozenset[str]]:
    """The line less such a word, and the countries where people say so; the line itself and none without one.

    No countries also of a word that is said everywhere.
    """
    found = _shape().search(line)
    if not found:
        return line, frozenset()
    rest = f"{line[: found.start()]}{line[found.end() :]}".strip()
    return rest, _words()[_bare(found[1])]


@cache
def _words() -> dict[str, frozenset[str]]:
    """Each word and the countries where it is said."""
    said: dict[str, frozenset[str]] = {}
    for countries, words in tomllib.loads(CODE_WORDS.read_text("utf-8"))["words"].items():
        for word in map(_bare, words):
            said[word] = said.get(word, frozenset()) | frozenset(countries.split())
    return said


@cache
def _shape() -> re.Pattern[str]:
    words = sorted(_words(), key=len, reverse=True)
    spelled = (r"\.?\s?".join(word) if len(word) <= INITIALS else re.escape(word) for word in words)
    points = "|".join(spelled)
    return re.compile(rf"(?<!\w)({points})\.?\s*[:#=№-]?\s*(?=\S*\d)", re.IGNORECASE)


def _bare(word: str) -> str:
    """As words are compared: small, and initials without their points."""
    small = word.casefold()
    initials = "".join(c for c in small if c.isalnum())
    return initials if len(initials) <= INITIALS else small
