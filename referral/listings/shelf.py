"""Listings kept in memory from one page to the next: true because every write of a listing leaves a change.

What a page reads belongs to one moment of the database. The shelf stands at one moment too; a page of another moment
reads past it, and nothing read in an older moment is put onto it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from threading import Lock

from sqlalchemy.orm import Session

from index.highlights import excerpt
from index.types import Point
from referral import changes
from referral.listings import published
from referral.listings.cards import EXCERPT, FACETS, Card, card
from referral.listings.content import Content
from referral.listings.labels import PlaceNames, plain
from referral.listings.published import Published
from referral.text import Voice, voice

MOST = 4096
"""Listings kept at most: about 30 MB."""

FAR_BEHIND = 1000
"""From so many changes on, the shelf is emptied instead of gone through."""


@dataclass(frozen=True, slots=True)
class _Kept:
    listing: Published
    """With the terms that cards speak of, and no others."""
    cards: dict[tuple[Voice, date], Card] = field(default_factory=dict)
    """(voice, day) -> its card, without a distance."""


class Shelf:
    """Listings and their cards as of one change; shared by the threads of a process."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._kept: dict[int, _Kept] = {}
        self._seq = -1
        self._lock = Lock()

    def cards(
        self,
        session: Session,
        seq: int,
        distances: Mapping[int, float | None],
        near: Point | None,
        today: date,
        names: PlaceNames,
        asked: str = "",
    ) -> dict[int, Card]:
        """Listing -> its card with its distance, for those that are public at change `seq`, as `session` sees it.

        Where something must be read and `session` sees a later change by now, all is as of that one.
        The words in `asked` are marked where they stand in somebody's own.
        """
        found = self._listings(session, seq, list(distances))
        return {
            id: replace(
                _card(kept, near, today, names), distance_km=distances[id], marks=_marks(kept.listing.content, asked)
            )
            for id, kept in found.items()
            if kept.listing.is_public
        }

    def _listings(self, session: Session, seq: int, ids: Sequence[int]) -> dict[int, _Kept]:
        current = self._catch_up(session, seq)
        found = {id: kept for id in ids if (kept := self._kept.get(id))} if current else {}
        missing = [id for id in ids if id not in found]
        if missing and (newest := changes.latest(session)) != seq:
            return self._listings(session, newest, ids)
        fresh = {one.id: _Kept(one) for one in published.load_any(session, missing, FACETS)} if missing else {}
        if current and fresh:
            self._put(fresh, seq)
        return found | fresh

    def _catch_up(self, session: Session, seq: int) -> bool:
        """Whether the shelf stands at `seq`, after it was brought there if it was behind."""
        if seq == self._seq:
            return True
        with self._lock:
            if seq < self._seq:
                return False
            new = changes.since(session, self._seq, FAR_BEHIND) if 0 <= seq - self._seq < FAR_BEHIND else []
            gone = {id for _seq, id in new}
            far = seq - self._seq >= FAR_BEHIND
            self._kept = {} if far else {id: kept for id, kept in self._kept.items() if id not in gone}
            self._seq = seq
        return True

    def _put(self, fresh: dict[int, _Kept], seq: int) -> None:
        """Keep what was read at `seq`, unless the shelf has moved on; the oldest make room.

        In place, while others read: a copy of the whole shelf would cost as much as reading the listings did.
        """
        with self._lock:
            if seq != self._seq:
                return
            self._kept.update(fresh)
            for oldest in list(islice(self._kept, max(0, len(self._kept) - self._most))):
                del self._kept[oldest]


def _marks(told: Content, asked: str) -> tuple[tuple[str, bool], ...]:
    """What they say around the words that were searched for; empty where none of them is in it."""
    found = excerpt(plain(told.bio), asked, told.bio_language, EXCERPT) if asked and told.bio else []
    return tuple(found) if any(is_match for _text, is_match in found) else ()


def _card(kept: _Kept, near: Point | None, today: date, names: PlaceNames) -> Card:
    """The card without its distance; with several offices it depends on where one stands, and is not kept."""
    if len(kept.listing.content.offices) > 1:
        return card(kept.listing, today, None, names, near)
    key = (voice(), today)
    found = kept.cards.get(key)
    if found is None:
        found = kept.cards[key] = card(kept.listing, today, None, names)
    return found
