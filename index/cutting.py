"""Where a text may be cut: between words; where a script writes none apart, and in a word too long, between clusters.

A grapheme cluster is what a reader takes for one character (https://unicode.org/reports/tr29/). Nothing here knows what
a text means.
"""

import re
from dataclasses import dataclass
from functools import cache

from index.folding import APOSTROPHES, marks

_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    "\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff00-\uff9f\U00020000-\U0003ffff"  # Japanese, Chinese
)
"""Scripts without spaces between words, and their punctuation."""

_LEADING = "\u200d\u1100-\u115f\u094d\u09cd\u0acd\u0b4d\u0c4d\u0d4d\u1039\u17d2"
"""What comes after these belongs to them: after the joiner of emoji, Korean initials, signs that stack consonants."""

_TRAILING = "\u200c\u200d\u0e33\u0eb3\u1160-\u11ff\ud7b0-\ud7ff\uff9e\uff9f\U0001f3fb-\U0001f3ff\U000e0020-\U000e01ef"
"""What belongs to the character before, beside marks."""

_FLAGS = "\U0001f1e6-\U0001f1ff"
"""Letters that make flags two by two; a row of flags stays whole."""


@dataclass(frozen=True, slots=True)
class Patterns:
    """How text is taken apart."""

    run: re.Pattern[str]
    """A word, without what is around it."""
    word: re.Pattern[str]
    """A place where the next word begins."""
    cluster: re.Pattern[str]
    """A place where the next cluster begins."""


@cache
def patterns() -> Patterns:
    """Made when first needed: the marks of Unicode are worked out."""
    trailing = marks() + _TRAILING
    cluster = rf"(?<![{_LEADING}])(?![{trailing}])(?:(?<![{_FLAGS}])|(?![{_FLAGS}]))"
    return Patterns(
        run=re.compile(rf"[^\W_](?:[^\W_]|[{trailing}{APOSTROPHES}])*"),
        word=re.compile(rf"(?:(?<=\s)(?=\S)|(?<=[{_UNSPACED}])(?=[{_UNSPACED}])){cluster}"),
        cluster=re.compile(cluster),
    )


def last_before(place: re.Pattern[str], text: str, at: int, low: int) -> int | None:
    """The last place of a kind after `low` and up to `at`; None when there is none."""
    return next((here for here in range(at, low, -1) if place.match(text, here)), None)


def ending(text: str, begin: int, length: int) -> int:
    """Where at most `length` characters from `begin` may end: before a space, if there is one."""
    if len(text) - begin <= length:
        return len(text)
    limit = begin + length
    end = last_before(patterns().word, text, limit + text[limit].isspace(), begin)
    if end is None:
        end = last_before(patterns().cluster, text, limit, begin) or limit
    return len(text[:end].rstrip())
