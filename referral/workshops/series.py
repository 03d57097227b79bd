"""A series of workshops as one entry of a list: its next date, and with it those that come after. Reads nothing."""

from collections.abc import Iterable

from referral.model import Workshop
from referral.workshops.upcoming import Near

Entry = tuple[Workshop, float | None, tuple[Workshop, ...]]
"""A workshop, how far away it is in km, and the later dates of its series among what was found."""


def gathered(near: Iterable[Near]) -> list[Entry]:
    """What was found as a list shows it, in the order of the first of each: a date elsewhere is an entry of its own."""
    firsts: dict[tuple[object, ...], Near] = {}
    later: dict[tuple[object, ...], list[Workshop]] = {}
    for one, far in near:
        key = _key(one)
        if key in firsts:
            later[key].append(one)
        else:
            firsts[key], later[key] = (one, far), []
    return [(one, far, tuple(later[key])) for key, (one, far) in firsts.items()]


def _key(one: Workshop) -> tuple[object, ...]:
    """What the dates of an entry have in common."""
    if not one.series:
        return (one.id,)
    return one.series, one.title, one.language, one.locality, one.country, one.online
