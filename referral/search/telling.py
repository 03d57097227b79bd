"""The reading of a whole sentence: which of its unknown words may be a place or a name, and which are set aside."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from referral.places.types import Found
from referral.search import guessing, sentence
from referral.search.guessing import Guess
from referral.search.looking import Looking
from referral.search.piece import Piece
from referral.search.tokens import Token, joined
from referral.search.understanding import Reading, reading
from referral.terms import Term


def misspelt(line: Sequence[Token], read: Sequence[Piece], looking: Looking) -> Guess | None:
    """The place the unknown words misspell; in a sentence only those that are typed like one, or are the last."""
    is_sentence = sentence.is_sentence(line)
    may_be = sentence.may_be_places(line, read) if is_sentence else read
    guess = guessing.misspelt(line, may_be, looking.places, looking.country, looking.known)
    return guess if guess is None or not is_sentence or _is_sure(line, guess, looking.country) else None


def _is_sure(line: Sequence[Token], guess: Guess, country: str | None) -> bool:
    """Whether a place is meant in a sentence: typed like one, or in the visitor's country."""
    first = line[guess.start]
    return first.follows_in or not first.is_small or guess.found[0].place.country == country


def told(
    typed: str,
    line: Sequence[Token],
    read: Sequence[Piece],
    chosen: tuple[Term, ...],
    found: list[Found],
    looking: Looking,
) -> Reading:
    """The reading of a sentence: of the words nobody is called by, only names are searched for."""
    kept = sentence.names(line, read) or _known(line, read, looking)
    aside = [p for p in read if p.kind == "text" and p not in kept]
    plain = reading(typed, chosen, found, sentence.text_of(line, kept), looking.places)
    return replace(plain, aside=sentence.text_of(line, aside), search=replace(plain.search, typed=typed))


def _known(line: Sequence[Token], read: Sequence[Piece], looking: Looking) -> list[Piece]:
    """Two unknown words side by side that somebody's listing holds: a name typed in small letters."""
    for one, other in pairwise(read):
        if one.kind == other.kind == "text" and looking.known(joined(line[one.start : other.end])):
            return [one, other]
    return []
