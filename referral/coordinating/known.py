"""Whom a row of a roster is about: somebody on the roster already, or somebody new. Reads only.

What is asked of the database once for all rows is in `standings`. Nobody outside the network can be named by a row, not
even by their number: a roster reaches its own people alone.
"""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable
from datetime import date

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from index.folding import fold
from referral.accounts.addresses import letter_box
from referral.coordinating import standings
from referral.coordinating.papers import own_first
from referral.listings import published
from referral.listings.content import Content
from referral.listings.known import Known
from referral.listings.published import Published
from referral.mail.addressing import compared
from referral.model import Account, Listing, Network
from referral.text import _


class Members(Known):
    """Everybody who stands or stood on the roster of a network, or came by an import of it."""

    def __init__(self, session: Session, network: Network, today: date, *, numbered: bool) -> None:
        self.key = f"{network.slug}:"
        self._session, self._numbered = session, numbered
        self.people = people = standings.of(session, network, today)
        self.standing = {one.listing_id: one.standing for one in people}
        self.there = {one.public_id: one for one in self._loaded(list(self.standing))}
        self.claimed = standings.claimed(session, list(self.standing))
        self.bound = {one.listing_id for one in people if one.is_others} - self.claimed
        self._of_id = {id: own_first(one.content, network.name) for id, one in self.there.items()}
        self._of_source = {c.source: c for c in self._of_id.values() if c.source}
        self.sender: frozenset[str] = frozenset()
        """The addresses of who sent the file, while they have no listing: the one they can claim will be theirs."""
        self.asking: frozenset[int] = frozenset()
        """The lines that say themselves that somebody has only applied, as our own files do."""
        self._said: Counter[str] = Counter()
        self._named: defaultdict[str, list[Content]] = defaultdict(list)
        self._addressed: defaultdict[str, list[Content]] = defaultdict(list)
        for one in self._of_id.values():
            self._named[fold(one.name)].append(one)
            self._addressed[compared(one.email)].append(one)

    def is_sender(self, row: Content, there: Published | None) -> bool:
        """Whether the row is about who sent the file, and has no listing of their own so far."""
        addresses = (row.email, there.content.email if there is not None else "")
        return not self.sender.isdisjoint(map(letter_box, addresses))

    def hear(self, cells: Iterable[str]) -> None:
        """Know what the file says at all: its names, addresses and numbers."""
        self._said = Counter(fold(cell) for cell in cells if cell)

    def look_ahead(self, public_ids: Iterable[str]) -> None:
        """Nothing: everybody a row may name is here already."""

    def content(self, row: Content) -> Content | None:
        """What is there of this row's person; None when they are new, or somebody of others."""
        if row.public_id:
            return self._of_id.get(row.public_id)
        return self._of_source.get(row.source) or self._by_name(row) or self._by_address(row)

    def who_moved(self, row: Content, met: Container[str]) -> None:
        """Nobody: on a roster everybody is known by name and address from the first."""

    def of(self, row: Content) -> Published | None:
        """The same, with its number and version."""
        there = self.content(row)
        return self.there[there.public_id] if there is not None else None

    def elsewhere(self, addresses: Iterable[str]) -> frozenset[str]:
        """Those of these addresses that belong to a listing of others, or of a former member."""
        return standings.elsewhere(self._session, self.standing, addresses)

    def _by_name(self, row: Content) -> Content | None:
        """The one of that name; of several, the one with that address. Who has a number of the network's own is known
        by that alone, as long as the file has numbers.
        """
        same = [c for c in self._named[fold(row.name)] if not (self._numbered and c.source.startswith(self.key))]
        if len(same) > 1:
            same = [c for c in same if row.email and compared(c.email) == compared(row.email)]
        return same[0] if len(same) == 1 else None

    def _by_address(self, row: Content) -> Content | None:
        """The one of that address, under another name now: unless the file speaks of them elsewhere, too."""
        there = self._addressed[compared(row.email)] if row.email else []
        free = [c for c in there if not (self._said[fold(c.name)] or self._said[fold(c.public_id)])]
        known = self._numbered and free and free[0].source.startswith(self.key)
        return free[0] if len(there) == 1 and free and self._said[fold(row.email)] == 1 and not known else None

    def _loaded(self, ids: list[int]) -> Iterable[Published]:
        for start in range(0, len(ids), published.CHUNK):
            yield from published.load_any(self._session, ids[start : start + published.CHUNK])


def is_of_others(session: Session, network: Network, practitioner_id: int, today: date) -> bool:
    """Whether only another network speaks for this person: they belong to it, and nobody looks after their listing."""
    owned = exists().where(Account.practitioner_id == Listing.practitioner_id)
    theirs = (Listing.practitioner_id == practitioner_id, standings.held_by_others(network, today))
    return session.scalar(select(Listing.id).where(*theirs, ~owned)) is not None


def bound(name: str) -> str:
    """That somebody is another network's for now."""
    said = _("{name} belongs to another network now. When they look after their listing, they can apply to yours.")
    return said.format(name=name)
