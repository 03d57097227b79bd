"""A term with a letter wrong: "Spansh", "slidng scale", "infedility". Always said out loud.

A word that narrows nothing is put right likewise, and nothing is said of it: "thearpist" is nobody's name.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from index.folding import fold
from referral import terms
from referral.search.piece import Piece
from referral.search.times import TIMES
from referral.search.tokens import Token
from referral.terms import Term, plain

ONE_EDIT, TWO_EDITS = 5, 8
"""From so many letters: among all languages' terms a word of four letters is near to too many."""

LONG, LONGER = 8, 10
"""Letters from which one slip, and two, in a word that narrows nothing are no name: "Friedly" is one ..."""

SMALL = 7
"""... and from which one slip is none in a word without a capital: "evnings"."""

MOST_CHANGED = 2
"""Letters that one word may have and the other not: of three, "convince" would be the French for trust."""

MOST = 3
"""Where more words than this are unknown, they are no slips."""


@dataclass(frozen=True, slots=True)
class Respelled:
    """A line with misspelt terms put right."""

    line: Sequence[Token]
    read: Sequence[Piece]
    terms: tuple[tuple[str, Term], ...] = ()
    """What was typed, and the term it was read as."""


def respelled(
    spelled: Respelled, again: Callable[[Sequence[Token]], list[Piece]], known: Callable[[str], bool]
) -> Respelled:
    """The line in which words that nothing is called are read as terms they misspell; as it is where many are unknown.

    `again` reads a line anew, `known` says whether somebody's listing holds a word.
    """
    unread = [p.start for p in spelled.read if p.kind == "text"]
    for n in unread if len(unread) <= MOST else ():
        if not known(spelled.line[n].typed):
            spelled = _with(spelled, n, again) or spelled
    return spelled


def _with(before: Respelled, n: int, again: Callable[[Sequence[Token]], list[Piece]]) -> Respelled | None:
    """The same with word `n` put right, where that makes it one term and no other, or a word that narrows nothing."""
    typed = before.line[n].typed
    found: dict[Term | None, Respelled] = {}
    for word in _near(typed):
        line = [*before.line]
        line[n] = replace(
            line[n], typed=word, forms=(replace(line[n].forms[0], text=word),), is_noise=word in plain.NOISE
        )
        read = again(line)
        piece = next((p for p in read if p.start <= n < p.end), None)
        if piece is not None and (piece.term is not None or piece.kind in ("noise", "time")):
            said = ((typed, piece.term),) if piece.term else ()
            found.setdefault(piece.term, Respelled(line, read, (*before.terms, *said)))
    return next(iter(found.values())) if len(found) == 1 else None


def _near(typed: str) -> list[str]:
    """The known words with the fewest edits from what was typed; [] for a word that is spelled as it is meant."""
    word = fold(typed)
    edits = (len(word) >= ONE_EDIT) + (len(word) >= TWO_EDITS)
    if not edits or any(c.isdigit() for c in word) or plain.is_plain(word):
        return []
    near = process.extract(word, _words().get(word[0], ()), scorer=OSA.distance, score_cutoff=edits, limit=None)
    ranked = {other: (away, _changed(word, other)) for other, away, _at in near}
    ranked = {other: rank for other, rank in ranked.items() if rank[1] <= MOST_CHANGED and _is_slip(typed, other, rank)}
    least = min(ranked.values(), default=None)
    return [other for other, rank in ranked.items() if rank == least]


def _is_slip(typed: str, other: str, rank: tuple[int, int]) -> bool:
    """Whether a word is no name, where the other narrows nothing."""
    one = SMALL if typed.islower() else LONG
    return not (other in plain.NOISE or other in TIMES) or len(typed) >= (one if rank[0] == 1 else LONGER)


def _changed(word: str, other: str) -> int:
    """How many letters one has and the other has not: none where they only changed places."""
    one, two = Counter(word), Counter(other)
    return (one - two).total() + (two - one).total()


@cache
def _words() -> dict[str, tuple[str, ...]]:
    """First letter -> every name of a term, every word of one, and the longer words that narrow nothing."""
    found: dict[str, dict[str, None]] = {}
    for word in _every_word():
        found.setdefault(word[0], {})[word] = None
    return {letter: tuple(words) for letter, words in found.items()}


def _every_word() -> Iterator[str]:
    for name in terms.names():
        yield from (name, *name.split(" "))
    yield from (word for word in (*plain.NOISE, *TIMES) if len(word) >= LONG and " " not in word)
