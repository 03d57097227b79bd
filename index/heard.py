"""Where the names stand that sound as an asked word of another script, or nearly so.

Names lie in the word table behind their skeletons (`words.py`), so that only those with the same one are compared:
Latin ones all at once, those of other scripts one by one.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from index import fitting, sounding, words
from index.arrays import Ints
from index.fitting import Latin
from index.lists import Lists, key_bytes
from index.snapshot import Postings

_LATIN, _OTHERS = 8_000, 500
"""So many Latin names are compared with a word at most, and so many others."""


class _Keys(NamedTuple):
    """Keys of names."""

    places: Ints
    skeletons: Ints
    """How many bytes stand before each name."""


def places(held: Postings, word: str) -> list[int]:
    """The places of the names that sound as a folded word."""
    others = {_name(held.table, place): place for place in _others(held, word)}
    alike = [others[name] for name in sounding.alike(word, others)]
    if sounding.is_latin(word):
        return alike
    keys = _latin(held, [word])
    return [*keys.places[sounding.which(word, _letters(held.table, keys))].tolist(), *alike]


def nearly(held: Postings, word: str) -> set[str]:
    """The names that sound as a folded word of a script other than Latin, but for one of its letters."""
    shorter = sounding.without_a_letter(word)
    keys = _latin(held, shorter)
    letters = _letters(held.table, keys)
    alike = np.logical_or.reduce([sounding.which(one, letters) for one in shorter])
    near = sounding.may_be_spelled(word, letters) & ~alike
    near[len(_latin(held, [word]).places) :] = False
    others = [[_name(held.table, place) for place in _others(held, one)] for one in shorter]
    near_ones = [*_named(held.table, keys.places[near].tolist()), *others[0]]
    return {
        *_named(held.table, keys.places[alike].tolist()),
        *(name for name in near_ones if sounding.is_spelled_nearly(word, name)),
        *(name for one, names in zip(shorter, others, strict=True) for name in sounding.alike(one, names)),
    }


def _latin(held: Postings, spelled: Iterable[str]) -> _Keys:
    """The keys of Latin names that may sound as any of some words, those of the first word first."""
    return _begun(held, spelled, [sounding.LATIN], _LATIN)


def _others(held: Postings, word: str) -> list[int]:
    """The places of names in other scripts that may sound as a word."""
    scripts = [script for script in held.scripts if script != sounding.LATIN]
    places: list[int] = _begun(held, [word], scripts, _OTHERS).places.tolist()
    return places


def _begun(held: Postings, spelled: Iterable[str], scripts: Sequence[str], most: int) -> _Keys:
    begun = dict.fromkeys(key_bytes(key) for one in spelled for key in words.begun_by(one, scripts))
    ranges = [held.table.range(key) for key in begun]
    places = np.concatenate([np.zeros(0, dtype=np.int64), *(np.arange(low, high) for low, high in ranges)])
    lengths = np.array([len(key) for key in begun], dtype=np.int64)
    return _Keys(places[:most], lengths.repeat([high - low for low, high in ranges])[:most])


def _letters(table: Lists, keys: _Keys) -> Latin:
    """Latin names, to be compared all at once."""
    starts = table.ends[keys.places] + keys.skeletons
    sizes = np.minimum(table.ends[keys.places + 1] - starts, fitting.LONGEST)
    at = (starts - sizes.cumsum() + sizes).repeat(sizes) + np.arange(sizes.sum())
    return fitting.many(table.letters[at], sizes)


def _named(table: Lists, places: Iterable[int]) -> Iterator[str]:
    return (_name(table, place) for place in places)


def _name(table: Lists, place: int) -> str:
    """The name that a key holds behind its skeleton."""
    return table.text(place).decode("utf-8", "surrogatepass").rpartition(words.STEM_MARK)[2]
