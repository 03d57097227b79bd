"""What a line says is not wished ("no insurance", "not in Chicago"): it is left out, never asked for.

Of the two ways to meet, who does not wish one wishes the other: "not online", "online değil".
Nothing here knows places: it takes the pieces that were read and says which of them stand beside a "not".
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from index.folding import fold
from referral import terms
from referral.search import sentence, tokens
from referral.search.piece import Piece
from referral.search.tokens import BEFORE_PLACES, NOT_AFTER, NOT_BEFORE, Token, words_of

BETWEEN = words_of("not_between.txt")
"""Words that may stand between "not" and what is not wished."""
NEEDED = words_of("not_needed.txt")
"""Words that, after "not", speak of what stands before it: "insurance not required"."""
VERBS = words_of("not_verbs.txt")
"""Words that need another verb: a place at once behind them is where somebody is ("i dont portland")."""
OR = tokens.OR | frozenset({"nor", "noch", "ni", "y"})
"""What one "not" goes on after."""

MOST_BETWEEN = 3
"""Words between "not" and what is not wished."""

WORTH = 1.0
"""How much likelier a wish beside "not" is none ..."""
SURE = 1.0
"""... and how much surer a way to meet is: "pas en ligne" is not about Ligne."""

IN_THE = frozenset({"no", "mai", "nu"})
"""Words that stand before places and names in some language and say nothing: "no Porto" is in Porto."""

LACKING = frozenset({"communication", "trust", "intimacy", "sex", "money"})
"""Topics whose lack is what brings people here: "no trust", "kein Vertrauen"."""

WANTED = frozenset(map(fold, "wanted possible gewünscht möglich souhaité mogelijk gewenst ønsket".split()))
"""Words behind both that say it is not wished, and not that one may do without it: "online nicht möglich"."""

NEED = frozenset("be need needs needing brauche brauchen besoin nodig necesito necesita necesitamos".split())
"""Words between the two that say one may do without it, and not that it may not be: "does not have to be online"."""

OTHER_WAY = {"online": "in_person", "in_person": "online"}
"""How one meets who does not meet so."""

Starts = Mapping[int, Sequence[Piece]]


def negated(line: Sequence[Token], found: Sequence[Piece]) -> Iterator[Piece]:
    """A piece for each reading beside a "not", with the "not" in it; none where "not" is part of a term's name."""
    at = [n for n, token in enumerate(line) if not token.is_code and _words(token) & (NOT_BEFORE | NOT_AFTER)]
    if not at:
        return
    within = {n for p in found if p.kind == "term" and p.end - p.start > 1 for n in range(p.start, p.end)}
    starts: dict[int, list[Piece]] = defaultdict(list)
    for piece in found:
        if piece.kind in ("place", "text") or (piece.term and piece.term.id not in LACKING):
            starts[piece.start].append(piece)
    is_told = sentence.is_of_themselves(line)
    for n in at:
        if n in within:
            continue
        words = _words(line[n])
        if words & NOT_AFTER or _speaks_of_before(line, n):
            yield from _behind(line, n, starts)
        if words & NOT_BEFORE:
            yield from (_of_a_sentence(piece) if is_told else piece for piece in _ahead(line, n, starts))


def _of_a_sentence(piece: Piece) -> Piece:
    """ "He never listens" tells what is the matter, and wishes nobody away."""
    return replace(piece, kind="noise") if piece.is_shy else piece


def _words(token: Token) -> frozenset[str]:
    return frozenset((fold(token.typed),))


def _speaks_of_before(line: Sequence[Token], n: int) -> bool:
    """Whether it is the last word of its phrase ("online nicht"), or "needed" comes next."""
    after = line[n + 1] if n + 1 < len(line) else None
    return after is None or after.phrase != line[n].phrase or bool(_words(after) & NEEDED)


def _behind(line: Sequence[Token], n: int, starts: Starts) -> Iterator[Piece]:
    end = (
        n + 2 if n + 1 < len(line) and line[n + 1].phrase == line[n].phrase and _words(line[n + 1]) & NEEDED else n + 1
    )
    for pieces in starts.values():
        for piece in pieces:
            if piece.end == n and piece.kind != "text" and line[piece.start].phrase == line[n].phrase:
                yield _without(piece, piece.start, end, is_needless=end > n + 1 and not _words(line[n + 1]) & WANTED)


def _ahead(line: Sequence[Token], n: int, starts: Starts) -> Iterator[Piece]:
    is_near = fold(line[n].typed) not in IN_THE
    for at in range(n + 1, min(n + 2 + MOST_BETWEEN, len(line))):
        if line[at].phrase != line[n].phrase:
            return
        is_place = at == n + 1 and fold(line[n].typed) in VERBS and any(map(_is_place, starts.get(at, ())))
        for piece in starts.get(at, ()) if not is_place else ():
            if piece.kind == "term" or is_near:
                yield from _with_others(line, n, piece, starts)
        if not _words(line[at]) & BETWEEN:
            return
        is_near = (is_near or at == n + 1) and bool(_words(line[at]) & BEFORE_PLACES)


def _is_place(piece: Piece) -> bool:
    """Whether it is a place that people know."""
    return piece.kind == "place" and not piece.is_shy


def _with_others(line: Sequence[Token], n: int, piece: Piece, starts: Starts) -> Iterator[Piece]:
    """The piece as not wished, and with each that "or" adds: "not in Chicago or Evanston"."""
    is_needless = any(_words(token) & NEED for token in line[n + 1 : piece.start])
    yield _without(piece, n, piece.end, is_needless=is_needless)
    if piece.end + 1 < len(line) and _words(line[piece.end]) & OR:
        for other in starts.get(piece.end + 1, ()):
            if other.kind == piece.kind:
                cost = piece.cost + other.cost - 2 * WORTH
                yield Piece(n, other.end, cost, "not", is_shy=piece.kind == "text")


def _without(piece: Piece, start: int, end: int, *, is_needless: bool) -> Piece:
    """The piece as not wished: the other way to meet, else left out; what is only not needed is left out, too."""
    term = piece.term
    if term is None or term.facet != "delivery" or is_needless:
        return Piece(start, end, piece.cost - WORTH, "not", is_shy=piece.kind == "text")
    return Piece(start, end, piece.cost - WORTH - SURE, "term", terms.term(term.facet, OTHER_WAY[term.id]))
