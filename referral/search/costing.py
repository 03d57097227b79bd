"""Whether a line asks what it costs, with a town or other words beside it: "Kosten Paartherapie Berlin". Pure."""

from index.folding import fold
from referral.search.pricing import without_price
from referral.search.tokens import BREAKS, runs_of

COSTS = tuple(f" {run} " for run in runs_of("costs.txt"))
"""Runs of words that say so."""


def asks_the_cost(line: str) -> bool:
    """Whether it does; a price that is wished for asks it, too."""
    rest, price = without_price(line)
    return bool(price) or any(run in f" {fold(phrase)} " for phrase in BREAKS.split(rest) for run in COSTS)
