"""Text as it may be stored: composed, without invisible characters, no longer than its field.

Pure: no table, no list of terms. See item 21 of the checklist in docs/architecture.md.
"""

import re
import unicodedata

from referral.errors import UsageError
from referral.text import _

_NEVER = re.compile("[\x00\ud800-\udfff]")
"""NUL and lone surrogates: not text at all, so whoever sent them is told."""

_MARKS = 4
"""More combining marks than this on one letter are a prank, not a language."""

_ENCLOSING = re.compile("[\u0488\u0489\u1abe\u20dd-\u20e0\u20e2-\u20e4\ua670-\ua672]")
"""The combining marks that have no combining class."""

_JOINERS = "\u200c\u200d"
"""Persian and Indic words and many emoji need them; kept in running text, not in names."""


def line(text: str, field: str, most: int) -> str:
    """`text` as one clean line of at most `most` characters.

    Raises UsageError, naming `field`, when it is longer or holds what is not text.
    """
    if not (text.isascii() and text.isprintable()):
        text = _visible(_composed(text, field), keep="")
    return _capped(" ".join(text.split()), field, most)


def paragraphs(text: str, field: str, most: int) -> str:
    """`text` with its line breaks, otherwise as `line`."""
    if not (text.isascii() and text.isprintable()):
        plain = _composed(text, field).replace("\r\n", "\n").replace("\r", "\n")
        text = _visible(plain, keep="\n" + _JOINERS)
    return _capped(text.strip(), field, most)


def _composed(text: str, field: str) -> str:
    if _NEVER.search(text):
        raise UsageError(_("{field} holds characters that are not text.").format(field=field))
    return unicodedata.normalize("NFC", text)


def _visible(text: str, keep: str) -> str:
    """Without control, format and private characters but those in `keep`; white space becomes a space."""
    shown = text.replace("\n", " ") if "\n" in keep else text
    if shown.isprintable() and not any(map(unicodedata.combining, text)) and not _ENCLOSING.search(text):
        return text
    kept: list[str] = []
    marks = 0
    for character in text:
        category = unicodedata.category(character)
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        if character in keep:
            kept.append(character)
        elif category[0] == "Z" or character in "\t\n\v\f\r\x85":
            kept.append(" ")
        elif category not in {"Cc", "Cf", "Co", "Cn"} and marks <= _MARKS:
            kept.append(character)
    return "".join(kept)


def _capped(text: str, field: str, most: int) -> str:
    if len(text) > most:
        said = _("{field} is {length} characters long; at most {most} fit.")
        raise UsageError(said.format(field=field, length=len(text), most=most))
    return text
