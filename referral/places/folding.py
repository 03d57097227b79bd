"""How a place name is compared: the shared folding and what is special to names of places.

The same code runs when the gazetteer is built and when it is asked.
"""

from index import folding

_SAME = {"saint": "st", "sankt": "st", "sint": "st", "sainte": "ste", "fort": "ft", "mount": "mt"}
"""Words people shorten; the short form is the one compared."""

_LETTERS = str.maketrans({"ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ہ": "ه", "ھ": "ه"})
"""Arabic, Persian and Urdu letters that keyboards mix up."""

_SPELLED_OUT = str.maketrans(
    {
        "ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe",
        "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "Å": "Aa", "Ø": "Oe",
    }
)  # fmt: skip
"""Umlauts as people without them write them; folding alone makes ü a u."""


def fold(text: str) -> str:
    """`text` as names of places are compared; folding it again changes nothing."""
    words = folding.fold(text)
    if not words.isascii():
        words = words.translate(_LETTERS)
    return " ".join([_SAME.get(word, word) for word in words.split(" ")])


def spellings(name: str) -> list[str]:
    """Every folded form under which `name` is kept: plain first, then with its umlauts spelled out."""
    plain = fold(name)
    if name.isascii():
        return [plain]
    return list(dict.fromkeys((plain, fold(name.translate(_SPELLED_OUT)))))
