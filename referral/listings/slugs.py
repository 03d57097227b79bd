"""The name of a listing in its address: plain letters, unique, and kept for good once given."""

import re
from collections.abc import Iterable

from anyascii import anyascii
from sqlalchemy import select
from sqlalchemy.orm import Session

from referral.model import Listing

_LONGEST = 60
_GAPS = re.compile(r"[^a-z0-9]+")


def base(name: str) -> str:
    """`name` in plain letters: "Zoë Größl" is "zoe-grossl"."""
    plain = _GAPS.sub("-", anyascii(name).lower().replace("'", ""))
    return plain[:_LONGEST].strip("-") or "listing"


class Slugs:
    """Gives out slugs nobody has, within one transaction: the second Anna Berg is "anna-berg-2"."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._taken: set[str] = set()
        self._next: dict[str, int] = {}

    def give(self, names: Iterable[str]) -> list[str]:
        """One new slug for each of `names`, in their order."""
        bases = [base(name) for name in names]
        self._look_up({b for b in bases if b not in self._next})
        return [self._free(b) for b in bases]

    def _look_up(self, bases: set[str]) -> None:
        """Learn which slugs of these families exist: one query for all, one more for each that does."""
        taken = set(self._session.scalars(select(Listing.slug).where(Listing.slug.in_(bases))))
        self._taken |= taken
        for one in bases:
            self._next[one] = 1
            family = select(Listing.slug).where(Listing.slug > f"{one}-", Listing.slug < f"{one}.")
            if one in taken:
                self._taken.update(self._session.scalars(family))

    def _free(self, base: str) -> str:
        number = self._next[base]
        while (slug := base if number == 1 else f"{base}-{number}") in self._taken:
            number += 1
        self._next[base] = number + 1
        self._taken.add(slug)
        return slug
