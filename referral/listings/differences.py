"""What differs between two contents, field by field, in words for people: for queue, history and conflicts. Pure."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from referral import terms
from referral.listings.content import Content
from referral.listings.labels import PlaceNames, no_names
from referral.listings.lines import lines
from referral.text import N_, _

LABELS: Mapping[str, str] = {
    "name": N_("Name"),
    "sort_name": N_("Listed under"),
    "suffix": N_("After the name"),
    "pronouns": N_("Pronouns"),
    "identity": N_("About themselves"),
    "new_clients": N_("New clients"),
    "new_clients_confirmed_on": N_("Availability confirmed"),
    "next_opening": N_("Next opening"),
    "waitlist": N_("Waiting list"),
    "intro_call_minutes": N_("First call"),
    "bio": N_("In their own words"),
    "bio_language": N_("Language of those words"),
    "website": N_("Website"),
    "phone": N_("Telephone"),
    "email": N_("Address for enquiries"),
    "no_enquiries": N_("Messages through the directory"),
    "photo": N_("Photo"),
    "photo_alt": N_("Description of the photo"),
    "partner": N_("Works together with"),
    "offices": N_("Offices"),
    "terms": N_("Terms"),
    "costs": N_("Cost"),
    "served": N_("Online for people in"),
    "credentials": N_("Imago training"),
    "licences": N_("State licence"),
}
"""Field of a content that people may change -> what they call it."""

People = Callable[[str], str]
"""Public id of a listing -> whose it is."""


@dataclass(frozen=True, slots=True)
class Line:
    """One readable line of one side."""

    text: str
    changed: bool
    """Whether it stands on this side alone."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing the two say differently."""

    field: str
    """The field of Content; one of terms has its facet beside it: "terms.language"."""
    label: str
    before: tuple[Line, ...]
    """Empty when nothing was said."""
    after: tuple[Line, ...]

    @property
    def is_picture(self) -> bool:
        """Whether its lines are names of photos."""
        return self.field == "photo"


Telling = Callable[[Content, Content], Sequence[Difference]]
"""What differs between two contents, with the names of places and people: `between`, to which they were given."""


def field_label(field: str) -> str:
    """What people call this field of a content."""
    return _(LABELS.get(field, field))


def between(before: Content, after: Content, names: PlaceNames = no_names, people: People = str) -> list[Difference]:
    """Everything that people may change and that differs, in the order of a page; each facet of terms by itself."""
    return [one for name in LABELS for one in _of_field(name, before, after, names, people) if one.before != one.after]


def everything(content: Content, names: PlaceNames = no_names, people: People = str) -> list[Difference]:
    """All that `content` says, as if nothing had been said before: what a moderator reads of a new listing."""
    return between(Content("", new_clients="", bio_language=""), content, names, people)


def unpinned(content: Content) -> Content:
    """`content` without the points of its offices, for whoever they say nothing to."""
    return replace(content, offices=tuple(replace(office, lat=None, lon=None) for office in content.offices))


def _of_field(name: str, before: Content, after: Content, names: PlaceNames, people: People) -> Iterator[Difference]:
    if getattr(before, name) == getattr(after, name):
        return
    if name == "terms":
        yield from _of_terms(before, after)
        return
    sides = (lines(name, getattr(before, name), names, people), lines(name, getattr(after, name), names, people))
    yield difference(name, field_label(name), *sides)


def _of_terms(before: Content, after: Content) -> Iterator[Difference]:
    for facet, entry in terms.facets().items():
        one, other = (tuple(a for a in side.terms if a.facet == facet) for side in (before, after))
        if one != other:
            yield difference(f"terms.{facet}", _(entry.label), lines("terms", one), lines("terms", other))


def difference(field: str, label: str, before: tuple[str, ...], after: tuple[str, ...]) -> Difference:
    """Lines that both sides have, in whatever place, did not change: unless nothing but their order did."""
    moved = set(before) == set(after)
    sides = [
        tuple(Line(text, moved or text not in other) for text in side)
        for side, other in ((before, after), (after, before))
    ]
    return Difference(field, label, *sides)
