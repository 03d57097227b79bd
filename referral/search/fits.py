"""Which guidance fits a search: from what was asked and found to the situations of the questions."""

from collections.abc import Iterator
from pathlib import Path

from index.folding import fold
from referral.search.urls import Search

_BY_TERM = {
    ("works_with", "one_partner"): "reluctant_partner",
    ("works_with", "singles"): "alone",
    ("works_with", "same_sex_couples"): "same_sex",
    ("works_with", "separated"): "separated",
    ("works_with", "long_distance"): "online",
    ("delivery", "online"): "online",
    ("topic", "affair"): "affair",
    ("payment", "sliding_scale"): "cost",
    ("payment", "reduced_fee"): "cost",
    ("payment", "insurance"): "cost",
    ("track", "facilitator"): "facilitator",
    ("credential", "certified_imago_facilitator"): "facilitator",
    ("format", "couples_workshop"): "workshop",
    ("format", "singles_workshop"): "workshop",
    ("format", "individual_sessions"): "alone",
}

ALWAYS = ("reluctant_partner", "choosing", "first_session")
"""What everybody who searches here may be asking."""


ALARMING = frozenset(fold(w) for w in (Path(__file__).parent / "alarm.txt").read_text("utf-8").split())
"""Words after which the first thing to show is how to be safe."""


def is_alarming(line: str) -> bool:
    """Whether a line speaks of violence or fear."""
    return not ALARMING.isdisjoint(fold(line).split())


def situations(search: Search, total: int) -> list[str]:
    """The situations of who asks this, the most particular first."""
    return list(dict.fromkeys(_situations(search, total)))


def _situations(search: Search, total: int) -> Iterator[str]:
    if search.help:
        yield "safety"
    for facet, chosen in search.terms:
        for term in chosen:
            if (facet, term) in _BY_TERM:
                yield _BY_TERM[facet, term]
    if total == 0:
        yield "none_found"
    if total < 3 and search.is_placed:
        yield "far"
    yield from ALWAYS
