"""The parts of an address that say what they are: a street, a door, what stands before a town's or county's name.

`streets.toml` holds the words, kept by hand; `shapes.py` what they look like. Nothing here knows which places exist.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from referral.places.shapes import shapes

_BREAKS = re.compile(r"\s*[,;|،、，；]\s*|\s+[-–—]\s+")
"""What stands between the parts; no slash, which "C/ Mayor", "c/o" and "s/n" have within."""
_STATE = re.compile(r"(?<=[^\W\d_]{2})\s?[-/]\s?([A-Z]{2})$")
"""A Brazilian state behind its town: "Londrina-PR"."""
_POSTCODE_FIRST = re.compile(r"(?:〒\s?|\()?\d{3,6}(?:-\d{4})?\)?\s*(?=[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3])")
"""What stands before an address that goes from large to small: "110 台北市", "〒150-0002 東京都"."""
_DISTRICT = re.compile(r"(?<=[^\W\d_]{3}) (?:\d{1,2}|[A-Z]|D\.C\.)$")
"""A town's district behind its name: "Lima 18", "Odense C", "Bogotá D.C."."""


Told = tuple[str, str]
"""What a part says of the place as it is typed, and less what the gazetteer may not know; empty for nothing."""


OF_ADDRESS = 3
"""So many parts before and with a county are an address: "The Square, Dingle, Co. Kerry"."""


@dataclass(frozen=True, slots=True)
class Address:
    """What is left of an address less its streets and doors."""

    told: Sequence[Told]
    is_loose: bool
    """Whether a street or a door says that it is one, or there are so many parts, so that some may stay unread."""

    def lines(self) -> Iterator[str]:
        """Ways to say where it is: as typed, less what may be unknown, without a town's district."""
        typed, sure = [typed for typed, _ in self.told], [sure for _, sure in self.told]
        bare = [_DISTRICT.sub("", part) for part in sure]
        yield from dict.fromkeys(", ".join(filter(None, parts)) for parts in (typed, sure, bare) if any(parts))


def counties_whole(line: str) -> str:
    """The line with the country behind a county that "Co." stands before, which is no country and state itself."""
    return shapes().short_county.sub(lambda found: f"{found[1]}, {_country(found[1])}", line)


def _country(county: str) -> str:
    return shapes().counties[county.casefold()]


def split(line: str) -> list[str]:
    """The parts of an address."""
    return [part for part in _BREAKS.split(line) if any(map(str.isalnum, part))]


def address(line: str) -> Address | None:
    """What is left of an address; None for a line in which nothing says that it is one, or with nothing else."""
    whole = _POSTCODE_FIRST.sub("", line)
    parts = split(whole)
    streets = [_street(parts, at) for at in range(len(parts))]
    areas = [_area(part) if at else None for at, part in enumerate(parts)]
    told = list(chain.from_iterable(_told(*one) for one in zip(parts, streets, areas, strict=True)))
    is_street = whole != line or any(rest is not None for rest in streets)
    if not told or not (is_street or any(areas) or _side(parts[-1])):
        return None
    return Address(told, is_street or len(parts) >= OF_ADDRESS)


def _told(part: str, street: Sequence[str] | None, area: Told | None) -> list[Told]:
    if street is not None:
        return [(words, words) for words in street]
    if area:
        return [area]
    typed = _STATE.sub(r", \1", part)
    return [(typed, "" if shapes().unnumbered.fullmatch(part) else _side(part) or typed)]


def _area(part: str) -> Told | None:
    """A county that says it is one, or an old one, and its country."""
    found = shapes().county.fullmatch(part)
    name, country = (found[1], _country(found[1])) if found else (part, shapes().shires.get(part.casefold(), ""))
    return (f"{name}, {country}", country) if country else None


def _side(part: str) -> str:
    """The town, in its country, of which a part is a side: "Jakarta Selatan 12190"; empty for none."""
    found = shapes().side.fullmatch(part)
    return f"{found[1]}, {shapes().sides[found[2].casefold()]}" if found else ""


def _street(parts: Sequence[str], at: int) -> Sequence[str] | None:
    """What a part says besides its street or door; None for one that has neither."""
    if _is_its_number(parts, at) or _is_named_house(parts, at) or _is_in_two(shapes().begun, parts, at):
        return ()
    return _rest(parts[at])


def _rest(part: str) -> Sequence[str] | None:
    """What a part says besides its street or door; None for one that has neither."""
    if shapes().door.fullmatch(part):
        return ()
    if found := shapes().town.fullmatch(part):
        return _rest(found[1]) or (found[1],)
    street = next((f for shape in shapes().streets if (f := shape.fullmatch(part))), None)
    if street is None:
        return None
    beside = (words.strip() for words in (street["head"], street["tail"]) if words)
    return [words for words in beside if not shapes().door.fullmatch(words)]


def _is_its_number(parts: Sequence[str], at: int) -> bool:
    """Whether a part is the number of the house in the street before it: "C/ Real, 5"."""
    if not at or not shapes().house.fullmatch(parts[at]):
        return False
    return _street(parts, at - 1) == [] or _is_named_house(parts, at - 1) or _is_in_two(shapes().begun, parts, at - 1)


def _is_named_house(parts: Sequence[str], at: int) -> bool:
    """Whether a part is a Cyrillic name with a number, beside a town: "Казань, Ленина 5", "Казань, Ленина, 5"."""
    if not shapes().cyrillic_house.fullmatch(parts[at]):
        return at > 0 and _is_in_two(shapes().cyrillic, parts, at) and bool(shapes().cyrillic.fullmatch(parts[at - 1]))
    return any(shapes().cyrillic.fullmatch(part) for i, part in enumerate(parts) if i != at)


def _is_in_two(shape: re.Pattern[str], parts: Sequence[str], at: int) -> bool:
    """Whether a part has this shape and the next one is the number of a house."""
    return at < len(parts) - 1 and bool(shape.fullmatch(parts[at]) and shapes().house.fullmatch(parts[at + 1]))
