"""Titles before a name: "Dr. Stern" is a person, not a town."""

from collections.abc import Sequence
from itertools import dropwhile

from index.folding import fold
from referral.search.tokens import Token, joined

TITLES = frozenset("dr doctor mr mrs ms prof doktor herr frau mme sra sr דר".split())
"""Words before a name."""


def is_titled(words: Sequence[Token]) -> bool:
    """Whether a title says that a name is meant."""
    return any(fold(token.typed) in TITLES for token in words)


def name_after(words: Sequence[Token]) -> str:
    """What follows the titles a line begins with; empty where it begins with none."""
    name = list(dropwhile(lambda token: fold(token.typed) in TITLES, words))
    return joined(name) if len(name) < len(words) else ""
