"""Offices in another country wait for a moderator; the one that such an office takes the place of is seen until then.

Pure. An office of a wish names the address it replaces; in what is published none does.
"""

from collections.abc import Iterator
from dataclasses import replace

from referral.listings.content import Content, Office


def is_abroad(office: Office, current: Content) -> bool:
    """Whether the office stands in a country where they have not worked so far."""
    return office.country not in ({o.country for o in current.offices} or {current.home})


def marked(current: Content, wanted: Content) -> Content:
    """`wanted` with the marks that mean something: of an office abroad that stands for one of `current` which is wanted
    no more.
    """
    left = {office.address for office in current.offices} - {office.address for office in wanted.offices}

    def told(office: Office) -> Office:
        stands_for = office.replaces if is_abroad(office, current) and office.replaces in left else ()
        return replace(office, replaces=stands_for)

    return replace(wanted, offices=tuple(map(told, wanted.offices)))


def unmarked(content: Content) -> Content:
    """`content` as it is published: its offices stand in nobody's place any more."""
    return replace(content, offices=tuple(replace(office, replaces=()) for office in content.offices))


def instead(wanted: Content, current: Content) -> Content:
    """`wanted` with each new office in the place of one that is wanted no more, in the order of both."""
    stay = {office.address for office in wanted.offices}
    left = iter([office.address for office in current.offices if office.address not in stay])
    there = {office.address for office in current.offices}

    def told(office: Office) -> Office:
        return office if office.address in there else replace(office, replaces=next(left, ()))

    return replace(wanted, offices=tuple(map(told, wanted.offices)))


def seen(current: Content, wanted: Content) -> tuple[Office, ...]:
    """The offices visitors see while those abroad wait; `wanted` is marked."""

    def told() -> Iterator[Office]:
        for office in wanted.offices:
            if not is_abroad(office, current):
                yield office
            else:
                yield from (old for old in current.offices if old.address == office.replaces)

    return tuple(dict.fromkeys(told()))


def joined(current: Content, new: tuple[Office, ...]) -> tuple[Office, ...]:
    """The offices of `current` with the `new` ones: in the place of those they replace, else behind them."""
    fresh = [office for office in new if replace(office, replaces=()) not in current.offices]
    stands_for = {office.replaces: office for office in fresh if office.replaces}
    placed = [stands_for.pop(office.address, office) for office in current.offices]
    return (*placed, *(office for office in fresh if office not in placed))
