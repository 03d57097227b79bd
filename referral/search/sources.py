"""Where an answer comes from: database, index, the gazetteer, and the cards they make together."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy.orm import Session

from index.types import Index, IndexDamaged, Point, Query, Results
from referral.listings import indexing
from referral.listings.cards import Card
from referral.listings.shelf import Shelf
from referral.networks import areas
from referral.places.folding import fold
from referral.places.gazetteer import Gazetteer
from referral.search.asking import Asked, Family, locate
from referral.search.editorial import Kept
from referral.search.naming import bears
from referral.search.reading import read
from referral.search.readings import Readings
from referral.search.understanding import Reading
from referral.search.urls import Search
from referral.text import DEFAULT, language

MAIN = 5
"""Of places called alike so many are looked at."""


BEARERS = 2
"""Of those who bear a name so many are looked at: one is called by the whole name, several by what they share."""

TOWN = 15_000
"""Of a place of so many people its name is rather that than somebody's in another script."""

MILLIONS = 1_000_000
"""People of a city that is rather misspelt than a name that only sounds as the line does."""


@dataclass(frozen=True, slots=True)
class Sources:
    """What a request reads."""

    session: Session
    seq: int
    """The last change of a listing that `session` sees."""
    index: Index
    answers: Callable[[Query, date], Results]
    """`index.find`, which may remember."""
    gazetteer: Gazetteer
    shelf: Shelf
    editorial: Kept
    readings: Readings
    now: datetime
    """UTC."""

    @property
    def today(self) -> date:
        """The day, UTC."""
        return self.now.date()

    @property
    def moment(self) -> tuple[int, int, datetime]:
        """What an answer depends on beside what is asked: equal moments give equal answers once the index is there.

        By the minute, because workshops begin and end.
        """
        return self.seq, self.editorial.content, self.now.replace(second=0, microsecond=0)

    @property
    def is_followed(self) -> bool:
        """Whether the index is where the database is."""
        return self.index.state().seq == self.seq

    def follow(self) -> None:
        """Bring the index to where the database is; asked once before anything is searched."""
        state = self.index.state()
        if state.seq != self.seq or state.is_lost:
            indexing.follow(self.session, self.index, self.today)

    def locate(self, search: Search) -> Asked:
        """The search with what it names looked up."""
        return locate(search, self.gazetteer.place, self.gazetteer.around, self.family)

    def family(self, slug: str) -> Family | None:
        """The network of that slug with all that depend on it; None when there is none."""
        every = self.editorial.networks
        slugs = areas.family(every, slug)
        return Family(next(n.name for n in every if n.slug == slug), slugs) if slugs else None

    def find(self, query: Query) -> Results:
        """The index's answer as of today; where it was damaged on the disk, it is built anew first."""
        try:
            return self.answers(query, self.today)
        except IndexDamaged:
            self.follow()
            return self.answers(query, self.today)

    def holds(self, words: str) -> bool:
        """Whether any listing holds all of these words; a town's name is not heard in names of other scripts."""
        self.follow()
        if self.find(Query(text=words, only_total=True, as_written=True)).total:
            return True
        return not self._is_a_place(words) and self.find(Query(text=words, only_total=True)).total > 0

    def bearers(self, words: str) -> list[str]:
        """Names of those listed who are called by all of these words, a few where they are many."""
        self.follow()
        hits = self.find(Query(text=words, per_page=BEARERS)).hits  # names come before whatever else holds the words
        cards = self.cards(dict.fromkeys(id for id, _km in hits)).values()
        return [card.name for card in cards if bears(words, card.name)]

    def _is_a_place(self, words: str) -> bool:
        """Whether a place that people know is called so first of all, or a city of millions is misspelt so."""
        meant = self.gazetteer.find(words)[:1]
        if any(one.match == "typo" and one.place.population >= MILLIONS for one in meant):
            return True
        called = [one.place for one in self.gazetteer.store.named(fold(words), MAIN)]
        places = (record.place for record in self.gazetteer.store.records(called).values())
        return any(fold(p.name) == fold(words) and (p.area or p.population >= TOWN) for p in places)

    def read(self, line: str, country: str | None) -> Reading:
        """What a typed line is understood as; `country` (ISO 3166-1) is where a bare name is first looked for."""
        self.follow()
        moment = (self.seq, self.today) if self.is_followed else None
        return self.readings.read(
            moment,
            (line, country),
            lambda: read(line, self.gazetteer, country=country, known=self.holds, borne=self.is_borne),
        )

    def is_borne(self, words: str) -> bool:
        """Whether somebody listed is called by all of these words."""
        return bool(self.bearers(words))

    def area_name(self, code: str, town: str = "") -> str:
        """What a region, or a town in it, is called in the language of the moment; empty for an unknown region."""
        return area_name(self.gazetteer, code, town)

    def cards(
        self, distances: Mapping[int, float | None], near: Point | None = None, asked: str = ""
    ) -> dict[int, Card]:
        """Listing number -> card, in one go, the words in `asked` marked; what is no longer public is left out."""
        return self.shelf.cards(self.session, self.seq, distances, near, self.today, self.area_name, asked)


def area_name(gazetteer: Gazetteer, code: str, town: str = "") -> str:
    """The name of an ISO 3166-2 region in the language of the moment, else in English; empty for an unknown one.

    With `town`, that of the town of this name there, or in a country where that is all one knows; as it is given in
    English, and where no other is known.
    """
    if not town:
        return _area_name(gazetteer, code, language())
    return town if language() == DEFAULT else _town_name(gazetteer, code, town, language())


@lru_cache(maxsize=8192)
def _area_name(gazetteer: Gazetteer, code: str, language: str) -> str:
    """Looked up once: every card names its own."""
    place = gazetteer.place(code)
    return place.named(language) if place else ""


@lru_cache(maxsize=8192)
def _town_name(gazetteer: Gazetteer, code: str, town: str, language: str) -> str:
    """Of several towns of one name in a region or country, the most prominent."""
    called = gazetteer.store.named(fold(town), country=code[:2])
    there = (record.place for record in gazetteer.store.records([one.place for one in called]).values())
    found = next((p for p in there if p.kind == "city" and code in (p.region_code, p.country)), None)
    return found.named(language) if found and found.named(language) != found.name else town
