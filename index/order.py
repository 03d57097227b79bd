"""The published order of results: pure rules and their constants, the same for every engine.

Nothing here knows who anybody is: no payment, no popularity, no account can enter. `/about/order` is written from these
constants. `best` sorts by these, each deciding only where all before it are equal:

1. the distance band (BANDS_KM), so that a few streets more or less do not decide;
2. the class of the words' match (MATCHES): a few classes and not the score itself, because a continuous score is
hardly ever equal, and would leave nothing to the fairer rules after it;
3. confirmed-accepting, then "ask", then not taking new clients (`openness`);
4. attested ("still correct?") before unconfirmed;
5. the day's shuffle (`shuffle`): the same all day, so that pages do not overlap, and fair over days.

`nearest` sorts by distance in metres alone, and by the day's shuffle where that is equal.
"""

from datetime import date
from hashlib import blake2b

import numpy as np

from index.arrays import Bools, Ints, Keys, Levels

BANDS_KM = (2, 5, 10, 15, 25, 50, 100, 250, 500, 1000)
"""Upper limits of the distance bands, in km; beyond the last is one band more."""

CONFIRMED_DAYS = 30
"""How many days "takes new clients" counts as confirmed; after that it reads "ask"."""

WEIGHTS = {"name": 20.0, "credentials": 4.0, "topics": 3.0, "places": 2.0, "bio": 1.0}
"""How much one mention in each field weighs: a listing named Gold comes before a bio that mentions gold."""

MENTIONS = {"bio": 3}
"""So many mentions in a field count, elsewhere one: all others together stay below a name, repeating gains little."""

MATCHES = (0.92, 0.70, 0.55)
"""Lower limits of the classes of a match, from 0 to 1; below the last is one class more. A name is in the first."""

SHUFFLE_DAYS = 32
"""In so many days every listing stands once in each of as many equal parts of the shuffle, first to last."""

FACET, ACCEPTING, ASK = "new_clients", "accepting", "ask"
"""The facet that the day decides, and its two terms for those who accept."""

CONFIRMED, ASKING, CLOSED = 0, 1, 2
"""What `openness` says."""

_BANDS = np.array(BANDS_KM, dtype=np.int64) * 1000
LEVELS = tuple(round(255 * share) for share in MATCHES)
"""The same limits as levels from 1 to 255."""

_CLASSES = np.array([sum(level < limit for limit in LEVELS) for level in range(256)], dtype=np.int64)
_SHUFFLED = np.uint64((1 << 61) - 1)


def bands(metres: Ints) -> Ints:
    """The distance band of each: 0 up to 2 km, 1 up to 5 km, ..."""
    return _BANDS.searchsorted(metres)


def match_classes(levels: Ints | Levels) -> Ints:
    """The class of each match, 0 for the best; `levels` run from 1 to 255, the best match there can be."""
    return _CLASSES.take(levels)


def openness(accepts: Bools, confirmed: Ints, today: date) -> Levels:
    """CONFIRMED, ASKING or CLOSED for each; `confirmed` in days as `date.toordinal` counts, 0 for never."""
    recent = confirmed >= today.toordinal() - CONFIRMED_DAYS
    return np.where(accepts, np.where(recent, CONFIRMED, ASKING), CLOSED).astype(np.uint8)


def seed(public_id: str) -> int:
    """What `shuffle` knows of a listing: 64 bits that nobody chooses."""
    return int.from_bytes(blake2b(public_id.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def shuffle(seeds: Keys, today: date) -> Keys:
    """61 bits for each: its place in the day's shuffle, smaller first.

    The first five bits are the part of the list, of SHUFFLE_DAYS parts. A listing visits all parts in as many days,
    each in its own sequence (a step of odd length from an own start, both new in every round). Independent draws would
    be fair only on average: of 100 listings in one band the luckiest had 1.6 times the days among the first ten of the
    unluckiest in 1,000 days.
    """
    lap, day = divmod(today.toordinal(), SHUFFLE_DAYS)
    own = mixed(seeds ^ mixed(np.array([lap], dtype=np.uint64)))
    step, start = (own & np.uint64(15)) * np.uint64(2) + np.uint64(1), own >> np.uint64(8)
    part = (step * np.uint64(day) + start) % np.uint64(SHUFFLE_DAYS)
    within = mixed(own + np.uint64(day)) >> np.uint64(8)
    return part << np.uint64(56) | within


def day_keys(openness: Levels, attested: Bools, shuffled: Keys) -> Keys:
    """Rules 3 to 5 as one number for each, smaller first."""
    unattested = (~attested).astype(np.uint64)
    return openness.astype(np.uint64) << np.uint64(62) | unattested << np.uint64(61) | shuffled


def shuffled(keys: Keys) -> Keys:
    """The day's shuffle alone, out of `day_keys`."""
    return keys & _SHUFFLED


def mixed(values: Keys) -> Keys:
    """SplitMix64's finaliser: every bit of the input moves every bit of the output (https://prng.di.unimi.it/splitmix64.c)."""
    x = values + np.uint64(0x9E3779B97F4A7C15)
    x = (x ^ x >> np.uint64(30)) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ x >> np.uint64(27)) * np.uint64(0x94D049BB133111EB)
    return x ^ x >> np.uint64(31)
