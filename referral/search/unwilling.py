"""Whether somebody says that they are asked to come to therapy and do not want to: no partner who refuses. Pure."""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from index.folding import fold
from referral.search.tokens import BREAKS


class Said(NamedTuple):
    """The four blocks of the list."""

    anywhere: tuple[str, ...]
    last: tuple[str, ...]
    """What says so at the end of a phrase."""
    of: tuple[str, ...]
    """Beginnings of the words that therapy is called by."""
    otherwise: frozenset[str]
    """Words of who would come, but in another way."""


def is_unwilling(line: str) -> bool:
    """Whether the line speaks of therapy, and of not wanting it oneself."""
    said, phrases = _said(), [f" {fold(phrase)} " for phrase in BREAKS.split(line)]
    whole = " ".join(phrases)
    if not any(word.startswith(said.of) for word in whole.split()) or not said.otherwise.isdisjoint(whole.split()):
        return False
    return any(run in whole for run in said.anywhere) or any(phrase.endswith(said.last) for phrase in phrases)


@cache
def _said() -> Said:
    told = (Path(__file__).parent / "unwilling.txt").read_text("utf-8")
    anywhere, last, of, otherwise = re.split(r"^#.*\n", told, flags=re.MULTILINE)[2:]
    words = tuple(map(fold, of.split())), frozenset(map(fold, otherwise.split()))
    return Said(_runs(anywhere), _runs(last), *words)


def _runs(block: str) -> tuple[str, ...]:
    return tuple(f" {fold(run)} " for run in block.splitlines())
