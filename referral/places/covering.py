"""How few known names the words of a line are: what is no sequence of names is not tried in every way there is."""

from referral.places.folding import SUFFIXES
from referral.places.schema import KINDS
from referral.places.store import Store

NONE = 99
"""Of words that no names make up."""

CITY = KINDS.index("city")
TOWN = 3.0
"""Score of a town that counts as one: "park" and "hill" are hamlets too."""
TOWN_LETTERS = 4


def fewest(store: Store, folded: str, *, towns: bool = False) -> int:
    """The fewest known names (or names of towns) that these words are, one after another; `NONE` when some are none."""
    return store.once(("fewest", folded, towns), lambda: _fewest(store, folded, towns)) if folded else 0


def _fewest(store: Store, folded: str, towns: bool) -> int:
    words = folded.split(" ")
    best = NONE
    for end in range(1, len(words) + 1):
        run = " ".join(words[:end])
        if _is_town(store, run) if towns else run[-1] in SUFFIXES or store.named(run, 1):
            best = min(best, 1 + fewest(store, " ".join(words[end:]), towns=towns))
        if end > 1 and not store.goes_on(run):
            break
    return best


def _is_town(store: Store, name: str) -> bool:
    best = store.named(name, 1)
    return len(name) >= TOWN_LETTERS and bool(best) and best[0].kind == CITY and best[0].rank <= -100 * TOWN
