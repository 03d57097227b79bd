"""Which guidance fits a search: from what was asked and found to the situations of the questions."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from index.folding import fold
from referral.search.fearing import without_things
from referral.search.losing import any_of, without_loss
from referral.search.tokens import runs_of
from referral.search.urls import Help, Search

_BY_TERM = {
    ("works_with", "one_partner"): "reluctant_partner",
    ("works_with", "singles"): "alone",
    ("works_with", "same_sex_couples"): "same_sex",
    ("works_with", "separated"): "separated",
    ("works_with", "long_distance"): "two_places",
    ("works_with", "trans_and_nonbinary"): "same_sex",
    ("delivery", "online"): "online",
    ("topic", "affair"): "affair",
    ("topic", "long_distance"): "two_places",
    ("topic", "separation"): "separated",
    ("topic", "divorce_decision"): "separated",
    ("topic", "lgbtq"): "same_sex",
    ("payment", "sliding_scale"): "cost",
    ("payment", "reduced_fee"): "cost",
    ("payment", "insurance"): "cost",
    ("payment", "invoice"): "cost",
    ("payment", "self_pay"): "cost",
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


ALARMING_RUNS = tuple(f" {run} " for run in runs_of("alarm_runs.txt"))
"""The same, begun by several words that say nothing of the kind alone: "beat me", but not Beat, a name."""


DESPAIRING = tuple(" " + fold(w) for w in (Path(__file__).parent / "despair.txt").read_text("utf-8").splitlines())
"""Beginnings of words after which the first thing to show is how to stay alive."""


_ANXIOUS = re.compile(" (?:har|lider af|social) angst(?! for)(?= |$)")
"""An illness that is called as fear is."""

PEACEFUL = runs_of("peaceful.txt")
"""Runs of words that hold such a word, and speak of neither."""

HELP = runs_of("help.txt")
"""Whole lines that ask for help and say nothing else."""


def only_asks_for_help(line: str) -> bool:
    """Whether the whole line is a call for help, which no search answers."""
    return fold(line) in HELP


def is_emergency(line: str, country: str | None) -> bool:
    """Whether the whole line is the number of the emergency services, or of a help line there: no postcode abroad."""
    number = re.sub(r"[\s()./+-]", "", line)
    return number.isdecimal() and number in (
        _numbers().get("*", frozenset()) | _numbers().get(country or "", frozenset())
    )


@cache
def _numbers() -> Mapping[str, frozenset[str]]:
    """Country -> the digits of its numbers."""
    lines = (Path(__file__).parent / "numbers.txt").read_text("utf-8").splitlines()
    told = (line.split() for line in lines if not line.startswith("#"))
    return {country: frozenset(numbers) for country, *numbers in told}


def alarm(line: str) -> Help:
    """Whether a line speaks of not wanting to live, or of violence or fear.

    To fear that somebody goes, or to fear a thing, is neither.
    """
    told = without_loss(line)
    folded = " " + fold(told)
    if any(words in folded for words in DESPAIRING):
        return Help.DESPAIR
    peaceful = _peaceful().sub(" ", _ANXIOUS.sub(" ", f" {fold(without_things(told))}"))
    is_afraid = not ALARMING.isdisjoint(peaceful.split()) or any(run in f"{peaceful} " for run in ALARMING_RUNS)
    return Help.FEAR if is_afraid else Help.NONE


@cache
def _peaceful() -> re.Pattern[str]:
    return re.compile(f" {any_of(PEACEFUL)}(?= |$)")


_URGENT = {Help.FEAR: "safety", Help.DESPAIR: "despair"}


def urgent(search: Search) -> str:
    """The situation that help is for before anything else; empty where the line spoke of none."""
    return _URGENT.get(search.help, "")


def situations(search: Search, total: int) -> list[str]:
    """The situations of who asks this, the most particular first."""
    return list(dict.fromkeys(_situations(search, total)))


def _situations(search: Search, total: int) -> Iterator[str]:
    if search.help:  # and nothing else: no workshop, and nothing on how to bring the other one along
        yield from (urgent(search), "safety", "private")
        return
    if search.and_near or (len(dict(search.terms).get("language", ())) > 1 and "language" not in search.either):
        yield "two_places"
    for facet, chosen in search.terms:
        for term in chosen:
            if (facet, term) in _BY_TERM:
                yield _BY_TERM[facet, term]
    if total == 0:
        yield "none_found"
    if total < 3 and search.is_placed:
        yield "far"
    yield from ALWAYS
