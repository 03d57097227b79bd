"""The words of the index: what goes in, what is asked, what comes out. Values only, no behaviour of an engine."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple, Protocol

Point = tuple[float, float]
"""Latitude and longitude in degrees WGS 84."""

FIELDS = ("name", "credentials", "topics", "places", "bio")
"""The text fields of a document, weightiest first."""

PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class Document:
    """What the index knows of one public listing."""

    id: int
    """The listing's number in the database."""
    public_id: str
    """Gives the listing its place in the ring of equals (`order.py`)."""
    points: tuple[Point, ...] = ()
    """Coarse public points of the offices; none for a therapist who works only online."""
    areas: frozenset[str] = frozenset()
    """ISO 3166-1 and -2 codes the offices lie in: {"US", "US-IL"}."""
    serves: frozenset[str] = frozenset()
    """ISO 3166-1 and -2 codes where online clients may live."""
    terms: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Facet -> terms."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """One text per name in FIELDS."""
    language: str = "en"
    """ISO 639-1 code of `texts`: decides their stemmer."""
    called: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)
    """Field -> language -> what terms are called, beside the field's text: a phrase a term, the same in many documents.

    The language is these words' own and not the document's; "" for words of several, which are found only as they are.
    """
    accepts: bool = False
    """Takes new clients, as far as the listing says."""
    confirmed_on: date | None = None
    """When "new clients" was last confirmed; see order.py for how long that holds."""
    attested: bool = True
    """False once the listing is overdue for its "still correct?"."""
    sketch: bytes = b""
    """What lists show of it, as whoever made the document wrote it: kept and handed back, never looked into."""


@dataclass(frozen=True, slots=True)
class Circle:
    """Everything within `radius` km (great circle) of a point."""

    lat: float
    lon: float
    radius: float


@dataclass(frozen=True, slots=True)
class Box:
    """Degrees WGS 84; `west` > `east` means the box crosses the antimeridian."""

    south: float
    west: float
    north: float
    east: float


class Cursor(NamedTuple):
    """Where a page ended, so that the next goes on behind it, whoever came or went meanwhile.

    It names nobody: the last shown need not be there any more.
    """

    group: int
    """Who is equal to the last shown: a number that grows along the order, the same as long as the question is."""
    last: int
    """The place of the last shown in the ring of equals (`order.ring`)."""
    first: int
    """The place of the one with whom the walk around the ring began."""


@dataclass(frozen=True, slots=True)
class Query:
    """One search, as a value: the same for URLs, pages, API and commands."""

    text: str = ""
    circles: tuple[Circle, ...] = ()
    """None, one, or two (two people who live apart: both must be reached, the longer way decides)."""
    box: Box | None = None
    area: str = ""
    """An ISO 3166-1 or -2 code an office must lie in."""
    terms: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """(facet, chosen terms), both sorted, so that equal searches are equal values."""
    either: tuple[str, ...] = ()
    """Facets of which one of the chosen terms is enough, though they ask for all of them; sorted."""
    online_for: str = ""
    """An ISO 3166-1 or -2 code: only those who work online and may serve somebody living there."""
    and_online_for: str = ""
    """The same for the other of two people who live apart: who works online must be allowed to serve both."""
    sort: Literal["best", "nearest"] = "best"
    page: int = 1
    """From 1."""
    per_page: int = PER_PAGE
    after: Cursor | None = None
    """Where the page before ended (`Results.next`): this one begins there, whatever `page` says."""
    pins: bool = False
    """Whether the answer is drawn on a map: then it bears the pins of all that match, not only of its page."""
    few_pins: int = 0
    """Up to so many pins stand alone, where that is fewer than usual; 0 for as many as usual."""
    as_written: bool = False
    """Whether names that are written in another script than the words do not count."""
    only_total: bool = False
    """Whether nothing but the total is asked: no hits, no counts, no pins."""


End = Callable[[], Cursor]
"""Says where a page ended."""

Hit = tuple[int, float | None]
"""One listing of the answer, and the kilometres from the circle's centre (with two circles: the longer way); None
without a circle.
"""


@dataclass(frozen=True, slots=True)
class Pin:
    """A place on the map where somebody who matches has an office."""

    lat: float
    """Degrees WGS 84: the coarse public point, or the middle of several near each other."""
    lon: float
    count: int
    """How many listings stand here."""
    ids: tuple[int, ...]
    """Their numbers, in order; none where they are too many to name."""


@dataclass(frozen=True, slots=True)
class Results:
    """One answer: exact, whatever its size."""

    total: int
    hits: tuple[Hit, ...]
    """The asked page, in order."""
    counts: Mapping[str, Mapping[str, int]]
    """Facet -> term -> how many there would be; a facet combined by `any` ignores its own choices."""
    did_you_mean: str = ""
    pins: tuple[Pin, ...] = ()
    """Empty unless asked for."""
    end: End | None = field(default=None, compare=False)
    """Where the page ended, worked out when asked: most answers are not paged. None where nobody comes after it."""

    @property
    def next(self) -> Cursor | None:
        """What the next page begins after; None where nobody comes after this one."""
        return None if self.end is None else self.end()


@dataclass(frozen=True, slots=True)
class State:
    """What an index holds."""

    seq: int
    """The last change it has followed; 0 for an empty index."""
    documents: int
    generation: str
    delta: int
    """How many documents changed since the generation was built."""
    is_lost: bool = False
    """Whether what it holds can no longer be read from the disk: to be rebuilt, while it goes on answering."""


class IndexDamaged(Exception):
    """The question cannot be answered: bytes changed on the disk. Nothing is held any more; to be rebuilt."""


class IndexBusy(Exception):
    """Another rebuild holds the index; this one was not begun."""


class Index(Protocol):
    """Derived from the database, never the truth. Safe to call from several threads."""

    def find(self, query: Query, today: date) -> Results:
        """The answer to `query` as of `today` (UTC).

        Raises IndexDamaged where there is none, because what was written can no longer be read.
        """
        ...

    def rebuild(self, documents: Iterable[Document], seq: int) -> State:
        """Replace everything by `documents`, which reflect the database at change `seq`.

        A `seq` before where the index stood when this began means a restored database: all changes are forgotten.
        """
        ...

    def follow(self, documents: Iterable[Document], gone: Iterable[int], seq: int) -> None:
        """Put `documents`, forget `gone`, and stand at change `seq`. Older or equal `seq`: nothing happens."""
        ...

    def state(self) -> State:
        """What the index holds now."""
        ...

    def sketches(self, ids: Sequence[int], seq: int) -> Mapping[int, bytes]:
        """The sketches of those documents that are held, by number; none unless it stands at exactly change `seq`."""
        ...

    def is_damaged(self, rest: float = 0.0) -> bool:
        """Whether bytes changed on the disk: reads all of them, with a `rest` in seconds after each million.

        What is damaged is no longer held.
        """
        ...

    def differences(self, documents: Iterable[Document], today: date) -> list[str]:
        """One sentence for each document or term that differs from `documents`; none when all is well."""
        ...
