"""Places called exactly as some words say, for a reader who asks for many runs of words of one line.

`Gazetteer.find` goes on to misspellings where nothing is called so, which costs a hundred times as much.
"""

from referral.places import matching, parse, postcodes, posting, rank
from referral.places.store import Exhausted, Store
from referral.places.types import Found

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
            self._found[words] = self._look_up(parse.clean(words))
        return self._found[words]

    def _look_up(self, text: str) -> list[Found]:
        if not text:
            return []
        try:
            with self._store.allowed(MOST_STEPS):
                found = posting.match(self._store, text, self.country) if postcodes.may_hold(text) else []
                return rank.best(found or matching.match(self._store, text, self.country), SHOWN)
        except Exhausted:
            return []
