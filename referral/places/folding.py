"""How a place name is compared: the shared folding and what is special to names of places.

The same code runs when the gazetteer is built and when it is asked.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from index import folding

SIGNS = Path(__file__).with_name("signs.toml")
"""The Han signs that are one for whoever asks, kept by hand."""

_SAME = {"saint": "st", "sankt": "st", "sint": "st", "sainte": "ste", "fort": "ft", "mount": "mt"}
"""Words people shorten; the short form is the one compared."""
SHORTENED = frozenset(_SAME.values())

_LETTERS = str.maketrans({"ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ہ": "ه", "ھ": "ه"})
"""Arabic, Persian and Urdu letters that keyboards mix up."""

_HIRAGANA = {number: chr(number + 0x60) for number in range(0x3041, 0x3097)}
"""To katakana: either is typed for the other."""

_NASALS = re.compile(
    "|".join(
        f"([{''.join(chr(block + nasal) for nasal in (0x19, 0x1E, 0x23, 0x28, 0x2E))}]{chr(block + 0x4D)})"
        f"(?=[{chr(block + 0x15)}-{chr(block + 0x39)}])"
        for block in (0x900, 0x980, 0xA80, 0xB00, 0xC00, 0xC80)
    )
)
"""An Indic nasal joined to the next consonant, which many write as a dot above: बेङ्गलूरु and बेंगलूरु."""

_SPELLED_OUT = str.maketrans(
    {
        "ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe",
        "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "Å": "Aa", "Ø": "Oe",
    }
)  # fmt: skip
"""Umlauts as people without them write them; folding alone makes ü a u."""

_UMLAUTS = re.compile(f"[{''.join(map(chr, _SPELLED_OUT))}]")


def fold(text: str) -> str:
    """`text` as names of places are compared; folding it again changes nothing."""
    return _shortened(unshortened(text))


def unshortened(text: str) -> str:
    """The same with "saint" and "fort" left as typed, so that a wrong letter in them is only one."""
    words = folding.fold(text)
    return words if words.isascii() else _NASALS.sub(_dot, words.translate(_one_letter()))


@cache
def _one_letter() -> Mapping[int, str]:
    """Letters and signs that are written in several ways, and the one they are compared as."""
    signs = tomllib.loads(SIGNS.read_text("utf-8"))["signs"]
    return _LETTERS | _HIRAGANA | {ord(other): word[-1] for word in signs.split() for other in word[:-1]}


def _dot(nasal: re.Match[str]) -> str:
    """The anusvara of the script a nasal is in."""
    return chr((ord(nasal[0][0]) & ~0x7F) + 2)


def _shortened(words: str) -> str:
    # Most names hold none of the words: asking so, spelled out, is five times faster than looking at each.
    if "int" in words or "sankt" in words or "fort" in words or "mount" in words:
        return " ".join([_SAME.get(word, word) for word in words.split(" ")])
    return words


def spellings(name: str) -> list[str]:
    """Every folded form under which `name` is kept: plain, with its umlauts spelled out, with long words left long."""
    long = unshortened(name)
    short = _shortened(long)
    if name.isascii() or not _UMLAUTS.search(name):
        return [short] if short == long else [short, long]
    return list(dict.fromkeys([short, fold(name.translate(_SPELLED_OUT)), long]))


def spelled_out(name: str) -> str:
    """The name with its umlauts as people without them write them, Baumgaertner; empty for a name with none."""
    return name.translate(_SPELLED_OUT) if not name.isascii() and _UMLAUTS.search(name) else ""


def without_suffix(text: str) -> str:
    """A Chinese, Japanese or Korean name without the character that says what it is (市, 県, 구), else `text`."""
    return text[:-1] if len(text) > 2 and text[-1] in SUFFIXES else text


def without_kind(folded: str) -> str:
    """A region's folded name less what says its kind, which Chinese and Koreans leave out (新疆, 경기)."""
    return _KIND.sub("", folded)


_KIND = re.compile("(?<=..)(?:省|(?:.族|维吾尔)?自治区|特别行政区|특별자치도|특별자치시|특별시|광역시|도)$|(?<=...)州$")
"""州 only behind three signs: that of 加利福尼亚州, but not that of 杭州."""

OTHER_SCRIPTS = "\u0370"
"""The first letter of the scripts after ours."""

SUFFIXES = frozenset("都道府県市省区區县縣州郡시군구도")
"""What a Chinese, Japanese or Korean name ends with to say which kind of area it is."""
