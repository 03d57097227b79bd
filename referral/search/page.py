"""What a page of results shows: values only, made by `results`, read by templates and the JSON twin."""

from dataclasses import dataclass
from typing import NamedTuple

from referral.guidance.questions import QuestionLine
from referral.listings.cards import Card
from referral.networks.areas import NetworkLine
from referral.search.offering import Choice
from referral.workshops.lines import WorkshopLine


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing that was understood, with the link that takes it away."""

    kind: str
    """One of "place", "text", "radius" or a facet's name."""
    value: str
    """The term's id, the words, or the place's id; of terms of which one is enough all ids, with commas."""
    label: str
    remove_url: str
    fields: tuple[tuple[str, str], ...]
    """(name, value) of what a form carries along to keep it."""


class TermView(NamedTuple):
    """One term of a facet beside the results: a tuple, because a page has a hundred and templates take it apart."""

    term: str
    label: str
    total: int
    selected: bool
    url: str
    """The same search with this term chosen or, when it is chosen, without it."""


@dataclass(frozen=True, slots=True)
class FacetView:
    """One facet beside the results."""

    name: str
    label: str
    terms: tuple[TermView, ...]
    shown: int
    """How many terms stand before "more"."""
    open: bool
    """Whether something in it is chosen."""
    either: tuple[bool, str] | None = None
    """Whether one of the chosen terms is enough, and the link to the other way; None where there is nothing to say."""


@dataclass(frozen=True, slots=True)
class Widening:
    """What was looked at beyond the search because it found few."""

    kind: str
    """One of "circle", "area", "online", "without", "nearest", "anybody"."""
    sentence: str
    url: str
    """The wider search on its own page."""
    cards: tuple[Card, ...]
    more: bool
    """Whether it finds more than these and those above."""


@dataclass(frozen=True, slots=True)
class PlaceView:
    """The place that was understood."""

    id: str
    name: str
    label: str
    region: str
    country: str
    lat: float
    lon: float
    kind: str
    match: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page of results."""

    typed: str
    """What stands in the search box."""
    place: PlaceView | None
    radius_km: float | None
    summary: str
    """One sentence: "14 therapists within 25 km of Chicago, Illinois"."""
    total: int
    cards: tuple[Card, ...]
    which: str = ""
    """The question which of several places was meant, where nobody is found at the one that was guessed."""
    onward: str = ""
    """What may help where nobody was found."""
    alone: tuple[Choice, ...] = ()
    """Where nobody was found: the search at each of two places by itself; who may be met online. The former, too, where
    one of the two is a whole country or region.
    """
    chips: tuple[Chip, ...] = ()
    corrections: tuple[str, ...] = ()
    """Sentences: what was read differently from what was typed."""
    choices: tuple[Choice, ...] = ()
    and_choices: tuple[Choice, ...] = ()
    """What else the second place may be."""
    is_held: bool = False
    """Whether the words that were left out are somebody's elsewhere."""
    is_plain: bool = False
    """Whether they are usual words that nobody there writes of."""
    unread: str = ""
    """What was not understood; empty when all was."""
    aside: str = ""
    """The words of a sentence that were not searched for."""
    facets: tuple[FacetView, ...] = ()
    sorts: tuple[tuple[str, str, str, bool], ...] = ()
    """(id, label, url, chosen)."""
    radii: tuple[tuple[str, str, bool], ...] = ()
    """(label, url, chosen)."""
    units: tuple[tuple[str, str, bool], ...] = ()
    """(label, url, chosen)."""
    unit: str = ""
    """The unit chosen against the custom of the place."""
    other: PlaceView | None = None
    """Where the other of two people lives."""
    page: int = 1
    pages: int = 1
    previous_url: str = ""
    next_url: str = ""
    end: str = ""
    """Where the page ends, as the next one's link says it; empty on the last."""
    beyond: str = ""
    """That there are more than the pages hold, on the last of them."""
    widened: tuple[Widening, ...] = ()
    networks: tuple[NetworkLine, ...] = ()
    workshops: tuple[tuple[WorkshopLine, float | None], ...] = ()
    """The next ones near by, each with its distance in km."""
    guidance: tuple[QuestionLine, ...] = ()
    asked: QuestionLine | None = None
    """The question that the typed line asks."""
    urgent: QuestionLine | None = None
    """What somebody who types of violence, fear or despair should see before any list."""
    urgent_words: str = ""
    """What stands before it."""
    again: str = ""
    """The search as the query of its link: what is meant by the line in the box as long as nobody changes it."""
    hidden: tuple[tuple[str, str], ...] = ()
    """(name, value) of what a form must carry along."""
    miles: bool = False
    """Whether distances are shown in miles."""
    did_you_mean: Choice | None = None
