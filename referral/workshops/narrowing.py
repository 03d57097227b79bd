"""What the filters of the workshops offer: only what is there, with how many entries each choice would find."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from referral.model import Workshop
from referral.text import _, language_name
from referral.workshops.finding import Wanted, fits
from referral.workshops.planning import programmes
from referral.workshops.series import gathered
from referral.workshops.upcoming import Near


class Option(NamedTuple):
    """One choice of a filter."""

    value: str
    label: str
    total: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Options:
    """What each filter offers; empty where there is nothing to choose from."""

    languages: Sequence[Option]
    programmes: Sequence[Option]
    ways: Sequence[Option]
    """How one meets."""


def options(there: Sequence[Near], wanted: Wanted) -> Options:
    """What can be chosen among those that are `there`, each beside what is wished for in the other filters."""

    def offered(chosen: str, without: Wanted, of: Callable[[Workshop], str], labels: Mapping[str, str]) -> list[Option]:
        counts = _counts((n for n in there if fits(n[0], without)), of)
        known = (value for value in labels if value == chosen or counts[value])
        return [Option(value, labels[value], counts[value], value == chosen) for value in known]

    return Options(
        offered(wanted.language, replace(wanted, language=""), _language, _languages(there, wanted.language)),
        offered(wanted.programme, replace(wanted, programme=""), lambda w: w.programme, programmes()),
        offered(wanted.how, replace(wanted, how=""), _way, {"in_person": _("In person"), "online": _("Online")}),
    )


def _counts(found: Iterable[Near], of: Callable[[Workshop], str]) -> Counter[str]:
    """How many entries of a list there are of each: a series is one."""
    return Counter(of(one) for one, _far, _later in gathered(found))


def _languages(there: Iterable[Near], chosen: str) -> dict[str, str]:
    """Code -> name, in the order of the names."""
    codes = {one.language for one, _far in there} | ({chosen} if chosen else set())
    return dict(sorted(((code, language_name(code)) for code in codes), key=lambda pair: pair[1]))


def _language(one: Workshop) -> str:
    return one.language


def _way(one: Workshop) -> str:
    return "online" if one.online else "in_person"
