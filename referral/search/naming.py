"""What words are that nobody's listing holds: a person's name, or words that are no place's. Pure.

Only of what may be a place is it said that it could not be placed.
"""

from collections.abc import Sequence

from index.folding import fold
from index.sounding import is_alike
from referral.search.pieces import GIVEN
from referral.search.tokens import tokens, words_of
from referral.terms import approaches, plain

NOT_PLACES = words_of("not_places.txt")

BEGUN = 4
"""Letters of the last word of a name that need not be typed to its end."""

NAME = 2, 3
"""Words of a person's name, at least and at most."""


def is_name(words: str) -> bool:
    """Whether they are typed as a given name and a surname."""
    line = tokens(words)
    if not NAME[0] <= len(line) <= NAME[1] or any(one.is_everyday or one.is_number for one in line):
        return False
    return fold(line[0].typed) in GIVEN or all(one.typed[:1].isupper() and not one.typed.isupper() for one in line)


def bears(words: str, name: str) -> bool:
    """Whether the name has all the words, in whatever script, and goes on where the last of them ends."""
    asked, own = fold(words).split(), fold(name).split()
    return bool(asked) and all(_is_in(word, own) for word in asked[:-1]) and _ends_in(asked[-1], own, len(asked) > 1)


def _ends_in(word: str, name: Sequence[str], may_go_on: bool) -> bool:
    is_begun = may_go_on and len(word) >= BEGUN and any(own.startswith(word) for own in name)
    return is_begun or _is_in(word, name)


def _is_in(word: str, name: Sequence[str]) -> bool:
    """Whether the name has the word, or has it in another script."""
    return word in name or any(is_alike(word, own) for own in name)


def is_plain(words: str) -> bool:
    """Whether they are usual words, or name a feeling, a service, a method or an insurer."""
    folded = fold(words).split()
    is_known = bool(folded) and all(word in NOT_PLACES or word in plain.NOISE for word in folded)
    return is_known or bool(approaches.named_in(words)) or plain.is_plain(words)
