"""Whether a line says that somebody cannot go on: alone, or with a town or other words beside it.

"ich kann nicht mehr, Hamburg" says so; "ich kann nicht mehr schlafen" and "no puedo más con él" say something else.
"""

from collections.abc import Callable

from index.folding import fold
from referral.search.tokens import BREAKS, runs_of, words_of

WEARY = tuple(f" {run} " for run in runs_of("weary.txt"))
"""Runs of words that say so where nothing goes on after them."""

MOST_LOOKED_UP = 2
"""Times that what goes on after them is looked up."""

THEN = words_of("then.txt")
"""Words that begin something else."""


def is_weary(line: str, is_place: Callable[[str], bool]) -> bool:
    """Whether a phrase of the line ends so, or goes on with something else; `is_place` says whether words name one."""
    folded = [f" {fold(phrase)} " for phrase in BREAKS.split(line)]
    afters = [phrase.partition(run)[2].strip() for phrase in folded for run in WEARY if run in phrase]
    if any(not after or after.split()[0] in THEN for after in afters):
        return True
    return any(is_place(after) for after in afters[:MOST_LOOKED_UP])
