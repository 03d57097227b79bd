"""Places called exactly as some words say, for a reader who asks for many runs of words of one line.

`Gazetteer.find` goes on to misspellings where nothing is called so, which costs a hundred times as much.
"""

from index.folding import fold
from referral.places import matching, parse, postcodes, posting, rank, worded
from referral.places.store import Exhausted, Store
from referral.places.types import Found
from referral.search.tokens import words_of

DIRECTIONS = words_of("directions.txt")
"""Words of direction: far away they are hamlets and regions that nobody means by them."""

KNOWN = 10_000
"""People of a town of the visitor's country that is called as a direction and meant all the same: Norden ..."""

LARGE = 100_000
"""... and of one that is only called so for short."""

_ARTICLES = frozenset("the el la le les l il lo der die das den dem het de o a os as den det".split())

_THE = "ה"
"""The Hebrew article, which goes into the "in" before a word."""

MOST_STEPS = 500
"""Steps the words of one run may take: names take under a hundred."""

SHOWN = 6


class Exactly:
    """The exact places of the runs of one line, each looked up once."""

    def __init__(self, store: Store, country: str | None) -> None:
        self._store = store
        self.country = country.upper() if country else None
        self._found: dict[str, list[Found]] = {}

    def find(self, words: str) -> list[Found]:
        """The places of that name, with what contains them or by postcode, best first; [] for none."""
        if words not in self._found:
            text = parse.clean(words)
            self._found[words] = self._at_home(text) if is_direction(text) else self._look_up(text)
        return self._found[words]

    def _at_home(self, text: str) -> list[Found]:
        """The regions of the visitor's country that are called so, and the towns that people know."""
        called = [*self._look_up(text), *(self._look_up(_THE + text) if text[0] > "א" else ())]
        return [one for one in called if one.place.country == self.country and _is_known(one, text)]

    def _look_up(self, text: str) -> list[Found]:
        if not text:
            return []
        try:
            with self._store.allowed(MOST_STEPS):
                found = posting.match(self._store, text, self.country) if postcodes.may_hold(text) else []
                found = found or matching.match(self._store, text, self.country)
                if worded.is_word(text):
                    found = [f for f in found if worded.is_meant(f, text, self.country)]
                return rank.best(found, SHOWN)
        except Exhausted:
            return []


def is_direction(words: str) -> bool:
    """Whether they only name one, with or without an article: "the north", "el norte", "south east"."""
    said = fold(words).split()
    while len(said) > 1 and said[0] in _ARTICLES:
        said = said[1:]
    return bool(said) and DIRECTIONS.issuperset(said)


def _is_known(found: Found, text: str) -> bool:
    place = found.place
    if place.kind in ("region", "county", "area"):
        return True
    return place.population >= (KNOWN if fold(place.name) == fold(text) else LARGE)
