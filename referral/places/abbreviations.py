"""Shortened words written out: "W. Palm Beach", "Sta Fe", "Frankfurt a. M.", "Rothenburg o.d.T.", "Krems/Donau"."""

from collections.abc import Iterator
from functools import cache
from itertools import islice, product

from referral.places.folding import fold
from referral.places.kept import by_hand
from referral.places.parse import segments
from referral.places.store import Store

MANY = 4
"""Ways to write a line out that are tried."""

FIRST_LETTERS = 3
"""Letters that must be whole before words are given by their beginnings alone ..."""
BEGUN = 3
"""... of at most so many letters."""
LOOKED_THROUGH = 200
"""Names with that beginning that are looked through."""
KNOWN = 3.7
"""Score a name needs to be meant by beginnings of its words: "Anna B." is no bay in Australia."""

BY_RIVER = 2.9
"""The same of a town and its river, which say more."""
_BY = frozenset("a am an auf b bei d dem den der i im in o ob u unter v vor sur sous en les".split())
"""German and French words between the two, whole or short."""


def written_out(store: Store, line: str) -> Iterator[str]:
    """The line with its shortened words whole, likeliest first; nothing when it has none."""
    first, *others = segments(line) or [""]
    words = first.split(" ")
    choices = [[*_short("words").get(fold(word), ()), word] for word in words]
    if len(words) > 1:
        choices[-1] = [*_regions(words[-1]), *choices[-1]]
    within = [next(_regions(other), other) for other in others]
    if within != others or any(len(known) > 1 for known in choices):
        for chosen in islice(product(*choices), MANY):
            yield ", ".join([" ".join(chosen), *within])
    for name in (*_begun(store, fold(first)), *_by_river(store, first)):
        yield ", ".join([name, *within])


def _regions(text: str) -> Iterator[str]:
    """The region that `text` is short for behind a town."""
    yield from _short("after").get(fold(text), ())


@cache
def _short(table: str) -> dict[str, list[str]]:
    """Folded short word → what it stands for, in a table of the hand-kept names."""
    kept: dict[str, list[str] | str] = by_hand()[table]
    return {short: [whole] if isinstance(whole, str) else whole for short, whole in kept.items()}


def _begun(store: Store, folded: str) -> Iterator[str]:
    """The well-known names whose later words begin so: "freiburg i br"; at least two of them are only begun."""
    words = folded.split(" ")
    short = next((at for at, word in enumerate(words) if at and len(word) <= BEGUN), len(words))
    if len(words) - short < 2 or sum(map(len, words[:short])) < FIRST_LETTERS:
        return
    for name in store.names_from(" ".join(words[: short + 1]), LOOKED_THROUGH, KNOWN):
        whole = name.split(" ")
        if len(whole) == len(words) and all(w.startswith(b) for w, b in zip(whole, words, strict=True)):
            yield name


def _by_river(store: Store, text: str) -> Iterator[str]:
    """The names that a town and the river by it stand for, or the land around: "Krems/Donau", "Offenbach a.M."."""
    *words, river = fold(text).split(" ")
    town = [word for at, word in enumerate(words) if not at or word not in _BY]
    is_meant = len(town) < len(words) or "/" in text or "(" in text
    if not is_meant or sum(map(len, town)) < FIRST_LETTERS:
        return
    begun = (*_short("words").get(river, ()), river)
    for name in store.names_from(f"{' '.join(town)} ", LOOKED_THROUGH, BY_RIVER):
        *between, last = name.split(" ")[len(town) :]
        if last.startswith(begun) and _BY.issuperset(between):
            yield name
