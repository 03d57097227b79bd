"""The town of a street address that has a letter wrong in it; no word of the street is a place then."""

from collections.abc import Iterator

from referral.places import correcting, spoken, streets, usual
from referral.places.folding import unshortened
from referral.places.pieces import letters
from referral.places.rank import is_its_name
from referral.places.shapes import shapes
from referral.places.store import Store
from referral.places.types import Found

MOST = 3
"""Ways to say the town that are tried: each looks through the misspelt names."""
BIG = 100_000
"""People of a city that is meant by its further names too, where a street or a region is called so."""


def match(store: Store, line: str, country: str | None) -> list[Found]:
    """The cities that an address misspells, less its street, unsorted; [] where nothing says that it is one."""
    for told in list(dict.fromkeys(_told(line)))[:MOST]:
        if found := [f for f in _misspelt(store, told, country) if f.place.kind == "city"]:
            return found
    return []


def names_town(line: str) -> bool:
    """Whether the line says beside a street, that is one for sure, what its town is called."""
    address = streets.address(line)
    return address is not None and address.is_loose and letters([typed for typed, _ in address.told])


def is_byname(found: Found, best: Found, *, is_tail: bool) -> bool:
    """Whether a small town is only called so too, and it is a region first ("Illinois") or the end of a street.

    "12 rue de la Paix" is in no Toul, which once was La Paix.
    """
    if found.place.kind != "city" or found.place.population >= BIG or is_its_name(found):
        return False
    return is_tail or best.place.kind == "region"


def _told(line: str) -> Iterator[str]:
    """What is left of the line less its street, where it has one."""
    address = streets.address(line)
    if address and address.is_loose:
        yield from (told for told in address.lines() if letters([told]))
        return
    parts = streets.split(line)
    for at, part in enumerate(parts):
        if tail := shapes().street_before_town.fullmatch(part):
            yield ", ".join([tail[1], *parts[at + 1 :]])


def _misspelt(store: Store, told: str, country: str | None) -> list[Found]:
    """What is put right as it is alone: usual words misspell nothing."""
    if usual.only(told, country) or store.is_word(unshortened(told)) or spoken.is_said(unshortened(told)):
        return []
    return correcting.match(store, told, country)
