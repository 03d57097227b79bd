"""The published order of results: pure rules and their constants, the same for every engine.

Nothing here knows who anybody is: no payment, no popularity, no account can enter. `/about/order` is written from these
constants. `best` sorts by these, each deciding only where all before it are equal:

0. whoever bears the typed words by name: who types a name and a town means that one (docs/decisions/025);
1. the distance band (BANDS_KM), so that a few streets more or less do not decide;
2. the class of the words' match (MATCHES): a few classes and not the score itself, because a continuous score is
hardly ever equal, and would leave nothing to the fairer rules after it;
3. confirmed-accepting, then "ask", then not taking new clients (`openness`);
4. attested ("still correct?") before unconfirmed;
5. the ring: each has a place in a ring for good, given by its public id alone, and every day the equals begin at
another place of it and go all around (`share`, `start`).

`nearest` sorts by distance in metres alone, and by the ring where that is equal.

The ring is fair over days because the start counts who is equal: the day's share of the golden ratio, of as many as
there are. In any 1,000 days everybody then begins a list, or is among its first ten, about as often as any other
(docs/decisions/014). One listing more or fewer moves the start by one place at most; who pages on does not feel even
that (`following.py`).
"""

from datetime import date
from hashlib import blake2b
from typing import TypeVar

import numpy as np

from index.arrays import Bools, Ints, Keys, Levels

BANDS_KM = (2, 5, 10, 15, 25, 50, 100, 250, 500, 1000)
"""Upper limits of the distance bands, in km; beyond the last is one band more."""

CONFIRMED_DAYS = 30
"""How many days "takes new clients" counts as confirmed; after that it reads "ask"."""

WEIGHTS = {"name": 20.0, "credentials": 4.0, "topics": 3.0, "places": 2.0, "bio": 1.0}
"""How much one mention in each field weighs: a listing named Gold comes before a bio that mentions gold."""

ALSO_CALLED = 1 / 3
"""What else topics are called, in all languages, counts a third of their own names, as one mention in a text does."""

MENTIONS = {"bio": 3}
"""So many mentions in a field count, elsewhere one: all others together stay below a name, repeating gains little."""

MATCHES = (0.92, 0.70, 0.55)
"""Lower limits of the classes of a match, from 0 to 1; below the last is one class more. A name is in the first."""

GOLDEN = 0x9E3779B9
"""The golden ratio of a turn, of 2**32: no other number's multiples fall more evenly around a ring."""

FACET, ACCEPTING, ASK = "new_clients", "accepting", "ask"
"""The facet that the day decides, and its two terms for those who accept."""

CONFIRMED, ASKING, CLOSED = 0, 1, 2
"""What `openness` says."""

STANDINGS = 6
"""So many combinations of rules 3 and 4 there are."""

_Number = TypeVar("_Number", int, Ints)

_BANDS = np.array(BANDS_KM, dtype=np.int64) * 1000
LEVELS = tuple(round(255 * share) for share in MATCHES)
"""The same limits as levels from 1 to 255."""

_CLASSES = np.array([sum(level < limit for limit in LEVELS) for level in range(256)], dtype=np.int64)
_TIERS = np.array(
    [
        band if match == 0 else len(BANDS_KM) + band * len(MATCHES) + match
        for band in range(len(BANDS_KM) + 1)
        for match in range(len(MATCHES) + 1)
    ]
)
_PLACES = (1 << 61) - 1
_RING = np.uint64(_PLACES)


def bands(metres: Ints) -> Ints:
    """The distance band of each: 0 up to 2 km, 1 up to 5 km, ..."""
    return _BANDS.searchsorted(metres)


def match_classes(levels: Ints | Levels) -> Ints:
    """The class of each match, 0 for the best; `levels` run from 1 to 255, the best match there can be."""
    return _CLASSES.take(levels)


def tiers(bands: Ints, classes: Ints) -> Ints:
    """Band and class of each as one number, smaller first: the first class, a name's, before all others."""
    return _TIERS.take(bands * (len(MATCHES) + 1) + classes)


def openness(accepts: Bools, confirmed: Ints, today: date) -> Levels:
    """CONFIRMED, ASKING or CLOSED for each; `confirmed` in days as `date.toordinal` counts, 0 for never."""
    recent = confirmed >= today.toordinal() - CONFIRMED_DAYS
    return np.where(accepts, np.where(recent, CONFIRMED, ASKING), CLOSED).astype(np.uint8)


def seed(public_id: str) -> int:
    """A listing's place in the ring, as 64 bits that nobody chooses."""
    return int.from_bytes(blake2b(public_id.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def keys(openness: Levels, attested: Bools, seeds: Keys) -> Keys:
    """Rules 3 and 4 and the place in the ring as one number for each, smaller first."""
    unattested = (~attested).astype(np.uint64)
    held: Keys = openness.astype(np.uint64) << np.uint64(62) | unattested << np.uint64(61) | seeds >> np.uint64(3)
    return held


def standings(keys: Keys) -> Levels:
    """Rules 3 and 4 alone, out of `keys`: from 0 to below STANDINGS."""
    return (keys >> np.uint64(61)).astype(np.uint8)


def ring(keys: Keys) -> Keys:
    """The place in the ring alone, out of `keys`."""
    places: Keys = keys & _RING
    return places


def place(key: int) -> int:
    """The same of one key."""
    return key & _PLACES


def along(ring: Keys, first: int) -> Keys:
    """How far along the ring each place is from `first` on."""
    places: Keys = (ring - np.uint64(first)) & _RING
    return places


def share(today: date) -> int:
    """How far around the ring `today` begins, of 2**32."""
    return today.toordinal() * GOLDEN % (1 << 32)


def start(equals: _Number, share: int) -> _Number:
    """The rank at which so many equals begin, counted around the ring from 0."""
    return equals * share >> 32


def turned(ring: Keys, share: int) -> Keys:
    """Places in a ring that is turned by a share of itself, whoever stands there."""
    return along(ring, share << 29)


def mixed(values: Keys) -> Keys:
    """SplitMix64's finaliser: every bit of the input moves every bit of the output (https://prng.di.unimi.it/splitmix64.c)."""
    x = values + np.uint64(0x9E3779B97F4A7C15)
    x = (x ^ x >> np.uint64(30)) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ x >> np.uint64(27)) * np.uint64(0x94D049BB133111EB)
    return x ^ x >> np.uint64(31)
