"""Usual words beside what is the matter: "her gün kavga", "altijd ruzie thuis". Nobody is searched for by them."""

from dataclasses import replace

from index.folding import fold
from referral.search.piece import Piece
from referral.search.respelling import Respelled
from referral.search.tokens import Token, words_of
from referral.terms import plain

MATTERS = ("topic", "works_with")
"""Facets whose terms say what is the matter."""

GIVEN = words_of("given.txt")
"""Given names: a word that is one may be somebody's."""


def alone(spelled: Respelled) -> Respelled:
    """The line with the unknown usual words typed small as saying nothing, where what is the matter is named."""
    if not any(piece.term and piece.term.facet in MATTERS for piece in spelled.read):
        return spelled
    return replace(spelled, read=[_of_little(piece, spelled.line[piece.start]) for piece in spelled.read])


def _of_little(piece: Piece, token: Token) -> Piece:
    return replace(piece, kind="noise") if piece.kind == "text" and _is_usual(token) else piece


def _is_usual(token: Token) -> bool:
    word = fold(token.typed)
    return token.typed == token.typed.lower() and plain.is_usual(word) and word not in GIVEN
