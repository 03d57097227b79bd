"""What a line wishes of the therapist that no listing says, as a woman or somebody of a faith: left out, and said."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache

from index.folding import fold
from referral import terms
from referral.search.piece import NOISE, Piece, runs
from referral.search.tokens import Token, joined, runs_of, words_of

UNSAID = runs_of("unsaid.txt")

ORIGINS = runs_of("origins.txt")
"""Where somebody's family comes from, or how they look ..."""
BESIDE = words_of("origins_beside.txt")
"""... and what says so beside a word for a therapist alone."""

LONGEST = 4
"""Words of such a wish."""

LIKELIER = 0.5
"""Of the cost of a word that narrows nothing: some of these are such words, too."""

SHORTEST = 3
"""Letters of a word for a therapist: shorter ones stand between two words."""


def pieces(line: Sequence[Token], borne: Callable[[str], bool]) -> Iterator[Piece]:
    """Every run of words that is such a wish, beside anything else: alone it may be a name.

    `borne` says whether somebody listed is called by some words: "joan white, therapist".
    """
    for start, end in runs(line, LONGEST):
        is_wish = len(line) > end - start and _says_so(line, start, end, borne)
        if is_wish and not _is_a_name(line, start, end):
            yield Piece(start, end, NOISE * LIKELIER, "unsaid")


def wished(line: Sequence[Token], read: Sequence[Piece]) -> tuple[str, ...]:
    """What is wished, as it was typed."""
    return tuple(joined(line[p.start : p.end]) for p in read if p.kind == "unsaid")


def is_origin(words: str) -> bool:
    """Whether such a wish is one for where somebody comes from, or how they look."""
    return fold(words) in ORIGINS or fold(words) in BESIDE


def _says_so(line: Sequence[Token], start: int, end: int, borne: Callable[[str], bool]) -> bool:
    said = fold(joined(line[start:end]))
    if said in UNSAID or said in ORIGINS:
        return True
    beside = (fold(line[n].typed) for n in (start - 1, end) if 0 <= n < len(line))
    is_wish = said in BESIDE and any(word in _therapists() or word in UNSAID for word in beside)
    return is_wish and not (start and borne(joined(line[start - 1 : end])))


@cache
def _therapists() -> frozenset[str]:
    """The words of what therapists and their work are called."""
    found = (terms.term("track", "clinical"), terms.term("format", "couple_sessions"))
    names = (name for one in found if one for name in (one.label, *one.synonyms, *one.said))
    return frozenset(word for name in names for word in fold(name).split() if len(word) >= SHORTEST)


def _is_a_name(line: Sequence[Token], start: int, end: int) -> bool:
    """Whether it is one word with a capital beside another that says nothing else: Christian Huber, Erkek Yılmaz."""
    if end - start > 1 or not line[start].typed[:1].isupper() or line[start].typed.isupper():
        return False
    beside = (line[n] for n in (start - 1, end) if 0 <= n < len(line))
    return any(one.typed[:1].isupper() and not one.is_noise and not one.follows_in for one in beside)
