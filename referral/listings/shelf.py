"""Listings kept in memory from one page to the next: true because every write of a listing leaves a change.

What a page reads belongs to one moment of the database. The shelf stands at one moment too; a page of another moment
reads past it, and nothing read in an older moment is put onto it. What is missing comes from the sketches beside the
index where that stands at the same change, else from the tables.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from threading import Lock

from sqlalchemy.orm import Session

from index.highlights import Highlighter
from index.types import Point
from referral import changes
from referral.listings import published, sketches
from referral.listings.cards import Card, Marks, of_sketch, placed
from referral.listings.labels import PlaceNames
from referral.listings.sketches import EXCERPT, FACETS, Sketch, sketch
from referral.text import Voice, voice

MOST = 6144
"""Listings kept at most, with their cards: about 30 MB."""

FAR_BEHIND = 1000
"""From so many changes on, the shelf is emptied instead of gone through."""

Stored = Callable[[Sequence[int], int], Mapping[int, bytes]]
"""`index.types.Index.sketches`: what is stored of these listings as of a change."""


def nothing_stored(ids: Sequence[int], seq: int) -> Mapping[int, bytes]:
    """For who reads the tables alone."""
    return {}


@dataclass(frozen=True, slots=True)
class _Kept:
    sketch: Sketch | None
    """None for a listing that is not public."""
    cards: dict[tuple[Voice, date], Card] = field(default_factory=dict)
    """(voice, day) -> its card, without a distance."""


class Shelf:
    """Listings and their cards as of one change; shared by the threads of a process."""

    def __init__(self, most: int = MOST, stored: Stored = nothing_stored) -> None:
        self._most, self._stored = most, stored
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
        found, highlighter = self._listings(session, seq, list(distances)), Highlighter(asked) if asked else None
        return {
            id: placed(_card(kept, kept.sketch, near, today, names), distances[id], *_marks(kept.sketch, highlighter))
            for id, kept in found.items()
            if kept.sketch is not None
        }

    def _listings(self, session: Session, seq: int, ids: Sequence[int]) -> dict[int, _Kept]:
        current = self._catch_up(session, seq)
        found = {id: kept for id in ids if (kept := self._kept.get(id))} if current else {}
        missing = [id for id in ids if id not in found]
        fresh = self._from_the_index(missing, seq) if missing else {}
        missing = [id for id in missing if id not in fresh]
        if missing and (newest := changes.latest(session)) != seq:
            return self._listings(session, newest, ids)
        if missing:
            read = published.load_any(session, missing, FACETS)
            fresh |= {one.id: _Kept(sketch(one) if one.is_public else None) for one in read}
        if current and fresh:
            self._put(fresh, seq)
        return found | fresh

    def _from_the_index(self, ids: Sequence[int], seq: int) -> dict[int, _Kept]:
        """What stands beside the index; nothing where the disk has changed it: the tables know it too."""
        stored = self._stored(ids, seq)
        try:
            return dict(zip(stored, map(_Kept, sketches.read(list(stored.values()))), strict=True))
        except (ValueError, LookupError, TypeError):
            return {}

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


def _marks(told: Sketch, asked: Highlighter | None) -> tuple[Marks, Marks]:
    """What they say around the words that were searched for, and their name; empty where none of them is in it."""
    if asked is None:
        return (), ()
    said = asked.excerpt(told.words, told.words_language, EXCERPT) if told.words else []
    return _where_any(said), _where_any(asked.called(told.name))


def _where_any(pieces: Sequence[tuple[str, bool]]) -> Marks:
    return tuple(pieces) if any(is_match for _text, is_match in pieces) else ()


def _card(kept: _Kept, told: Sketch, near: Point | None, today: date, names: PlaceNames) -> Card:
    """The card without its distance; with several offices it depends on where one stands, and is not kept."""
    if len(told.offices) > 1:
        return of_sketch(told, today, names, near)
    key = (voice(), today)
    found = kept.cards.get(key)
    if found is None:
        found = kept.cards[key] = of_sketch(told, today, names)
    return found
