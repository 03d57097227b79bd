"""Where the reading of a typed line looks: the gazetteer, the listings, and the visitor's country."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from index.folding import fold
from referral.search.cheapest import cheapest
from referral.search.exactly import Exactly
from referral.search.piece import Piece
from referral.search.pieces import GIVEN, pieces
from referral.search.placing import RARE
from referral.search.tokens import Token
from referral.search.understanding import Places


def nobody_knows(words: str) -> bool:
    """For who has no listings at hand."""
    return False


@dataclass(frozen=True, slots=True)
class Looking:
    """Where one line is looked up."""

    places: Places
    country: str | None
    """ISO 3166-1: where a bare name is first looked for."""
    known: Callable[[str], bool]
    """Whether somebody's listing holds some words."""
    exactly: Exactly
    borne: Callable[[str], bool] = nobody_knows
    """Whether somebody listed is called by some words."""

    def is_name(self, word: str) -> bool:
        """Whether somebody listed, or a place people know, goes by the word."""
        found = self.exactly.find(word)
        return (bool(found) and found[0].score >= RARE) or fold(word) in GIVEN or self.known(word)

    def cheapest(self, words: Sequence[Token]) -> list[Piece]:
        """The cheapest of all ways to read the words."""
        return cheapest(words, pieces(words, self.exactly, self.known, self.borne))
