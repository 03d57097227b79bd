"""Postcodes that somebody is still typing: what of them a country's table can begin with. Reads no file itself."""

import re

from referral.places.postcodes import MAIL_PREFIX
from referral.places.schema import RUNS
from referral.places.store import PostcodeRecord, Store

LETTERS = 3
"""Signs of a begun postcode: two begin ten thousand."""

_GOES_ON = {
    "CA": re.compile(r"([A-Z]\d[A-Z])\d(?:[A-Z]\d?)?"),
    "IE": re.compile(r"([AC-FHKNPRTV-Y]\d[\dW])[AC-FHKNPRTV-Y\d]{1,4}"),
    "NL": re.compile(r"(\d{4})[A-Z]{1,2}"),
    "US": re.compile(r"(\d{5})\d{1,4}"),
}
"""Codes of which the table holds only a part, with the first of what comes after it."""

_BRITISH = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?) ?\d[A-Z]{0,2}")
"""The same in Britain, where the space tells "M1 1" from M11."""

_PREFIXED = re.compile(r"([A-Z]{1,3}) ?- ?(\d.*)")
"""Letters of a country as the post puts them before a code."""


def known(store: Store, typed: str, country: str | None, limit: int) -> list[PostcodeRecord]:
    """Up to `limit` postcodes that begin so, in order: of the country that is typed before them, else the visitor's."""
    text = typed.upper()
    if prefixed := _PREFIXED.fullmatch(text):
        country, text = MAIL_PREFIX.get(prefixed[1], prefixed[1]), prefixed[2]
    bare = text.replace(" ", "").replace("-", "")
    if country is None or len(text) < LETTERS or not bare.isalnum() or not any(map(str.isdigit, bare)):
        return []
    if country == "GB" and " " in text and (whole := _BRITISH.fullmatch(text)):
        return store.postcodes_from(whole[1], country, 1)
    return store.postcodes_from(bare, country, limit) or _of_whole(store, bare, country)


def _of_whole(store: Store, bare: str, country: str) -> list[PostcodeRecord]:
    """The part of a code, begun or whole, that the table of its country holds."""
    if country == RUNS and bare.isdigit() and len(bare) <= len("00000000"):
        first = store.run(bare.ljust(len("00000000"), "0"))
        return [first] if first else []
    shape = _BRITISH if country == "GB" else _GOES_ON.get(country)
    whole = shape.fullmatch(bare) if shape else None
    return [code for code in store.postcodes(whole[1]) if code.country == country] if whole else []
