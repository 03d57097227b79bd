"""Numbers, dates, countries and telephones as people type them, or a UsageError that quotes what cannot be read."""

import math
import re
from datetime import date
from functools import cache

from index.folding import fold
from referral.errors import UsageError
from referral.listings.checks import countries, degrees
from referral.text import _, languages, locale

_NUMBER = re.compile(r"[+-]?[0-9]{1,3}(?:[.,][0-9]{1,18})?")
_SEVERAL = re.compile(r"\s*(?:[;,]|\bor\b|/(?=\s*\+))\s*")
"""What parts two telephone numbers in one cell; "/" alone stands inside many German ones."""


def coordinate(text: str, limit: float) -> float | None:
    """Degrees between -`limit` and `limit`, written plainly with a point or comma; None for nothing."""
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        raise UsageError(_("Not a coordinate: {value}.").format(value=text[:60]))
    value = float(text.replace(",", "."))
    if not math.isfinite(value):
        raise UsageError(_("Not a coordinate: {value}.").format(value=text[:60]))
    return degrees(value, limit)


def whole(text: str) -> int | None:
    """A whole number; None for nothing."""
    if text and not re.fullmatch(r"[0-9]{1,9}", text):
        raise UsageError(_("Not a whole number: {value}.").format(value=text[:60]))
    return int(text) if text else None


def day(text: object, typed: str = "") -> date | None:
    """A date as ISO writes it: 2026-11-23; None for nothing. `typed` is what stands in the file, where it is other."""
    if not text:
        return None
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        said = _("Not a date like 2026-11-23: {value}.")
        raise UsageError(said.format(value=(typed or str(text))[:60])) from None


def country_code(text: str) -> str:
    """The ISO 3166-1 code of a country given by code or by its name in a language spoken here."""
    code = text.upper() if len(text) == 2 else _by_name().get(fold(text), "")
    if code not in countries():
        raise UsageError(_("Unknown country: {value}.").format(value=text[:60]))
    return code


@cache
def _by_name() -> dict[str, str]:
    """What several languages use for different countries is what the first of them means: English is."""
    found: dict[str, str] = {}
    for spoken in languages():
        names = locale(spoken).territories
        for code in sorted(countries()):
            found.setdefault(fold(str(names.get(code, code))), code)
    return found


def telephone(text: str, country: str) -> str:
    """The first number in `text` that can exist, as E.164; read as one of `country` unless it starts with +."""
    if not text:
        return ""
    for part in (text, *_SEVERAL.split(text)):
        found = _e164(part, country)
        if found:
            return found
    raise UsageError(
        _("“{value}” is not a telephone number. One looks like this: +1 312 555 0123.").format(value=text[:60])
    )


def displayed(e164: str) -> str:
    """The number as people write it for somebody abroad; as it is where that is not known."""
    if not e164:
        return ""
    import phonenumbers  # 50 ms that a start need not spend: only a therapist's own pages write a number

    try:
        number = phonenumbers.parse(e164)
    except phonenumbers.NumberParseException:
        return e164
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL))


def _e164(text: str, country: str) -> str:
    import phonenumbers  # 50 ms that a start need not spend: only what is imported or edited is read here

    try:
        number = phonenumbers.parse(text, country or None)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number) or number.extension:
        return ""
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
