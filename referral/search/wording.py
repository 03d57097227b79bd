"""The sentences of a page of results: what was found, where, and what was read differently from what was typed."""

from collections.abc import Collection

from index.order import ACCEPTING, ASK
from index.types import Results
from referral.listings.cards import Card
from referral.places.distance import km
from referral.places.types import Place
from referral.search import offering
from referral.search.asking import Asked
from referral.search.counting import counted
from referral.search.understanding import Reading
from referral.search.urls import MAX_RADIUS, Help, Search
from referral.text import _, comma, distance, exact_distance, inside, language, listed

MAY_TAKE = (ACCEPTING, ASK)
"""What is known of new clients of somebody whom it is worth writing to."""


def place_label(place: Place | None) -> str:
    """The place with its region and country; a bare point by the town nearest to it."""
    if place is None:
        return ""
    label = place.label(language())
    return _("near {place}").format(place=label) if place.kind == "point" else label


def place_name(place: Place | None) -> str:
    """The place as briefly as it can be called beside a title that says all of it."""
    if place is None or place.area or place.kind == "point":
        return place_label(place)
    return f"{place.postcode} {place.named(language())}".strip()


def chip_names(asked: Asked) -> tuple[str, str]:
    """What the places are called on what takes them away: of two of one name each with where it lies."""
    here, there = place_name(asked.place), place_name(asked.other)
    return names_of_two(asked.place, asked.other) if asked.place and asked.other and here == there else (here, there)


def names_of_two(here: Place, there: Place) -> tuple[str, str]:
    """What the places of two people are called side by side: of one name, each with where it lies."""
    if here.named(language()) != there.named(language()):
        return here.named(language()), there.named(language())
    return _beside(here, there), _beside(there, here)


def _beside(place: Place, other: Place) -> str:
    """The name with what tells it from the other one of that name."""
    return comma(language()).join(filter(None, offering.named(place, other)))


def summary(asked: Asked, results: Results, label: str) -> str:
    """One sentence: how many, how far, of where."""
    who = counted(results)
    if asked.place is None:
        return _anywhere(asked, results, who)
    if not results.total and _wishes(asked):
        return _nobody(asked, label)
    if asked.radius is not None:
        far = exact_distance(asked.radius, asked.miles)
        if asked.other is not None:
            both = _("{who} within {far} of both {place} and {other}")
            here, there = names_of_two(asked.place, asked.other)
            return both.format(who=who, far=far, place=here, other=there)
        if asked.place.kind == "point":
            return _("{who} within {far}, {place}").format(who=who, far=far, place=label)
        return _("{who} within {far} of {place}").format(who=who, far=far, place=label)
    if asked.is_online and asked.other is not None:
        both = _("{who} online who may see people in both {place} and {other}")
        here, there = (inside(one.label(language())) for one in (asked.place, asked.other))
        return both.format(who=who, place=here, other=there)
    if asked.is_online:
        there = inside(asked.place.label(language()))
        return _("{who} online who may see people in {place}").format(who=who, place=there)
    return _("{who} in {place}").format(who=who, place=inside(label))


def _wishes(asked: Asked) -> bool:
    """Whether more is wished for than to meet there, or online."""
    return any(not (facet == "delivery" and asked.is_online) for facet, _terms in asked.search.terms)


def _nobody(asked: Asked, label: str) -> str:
    """That nobody fits what is wished for: others may well be there."""
    if asked.other is not None:
        return _("Nobody who may help both of you fits all of this")
    if asked.radius is None or asked.place is None or asked.place.kind == "point":
        return _("Nobody fits all of this: {place}").format(place=label)
    far = exact_distance(asked.radius, asked.miles)
    return _("Nobody within {far} of {place} fits all of this").format(far=far, place=label)


def which(reading: Reading | None, asked: Asked, total: int) -> str:
    """The question which place was meant, of several with one name, where nobody is found at the guessed one; or which
    country of a part of the world.
    """
    if reading and reading.wide and not asked.search.is_placed:
        return _("{area}: which country?").format(area=reading.wide.typed)
    here = asked.place.named(language()) if asked.place else ""
    if reading is None or total or {p.named(language()) for p in reading.choices} != {here}:
        return ""
    return _("Which {place} do you mean?").format(place=here)


def onward(asked: Asked, looked: Collection[str], is_larger: bool) -> str:
    """What may help where nobody was found: only what was not done already (kinds of widening), and is not in vain;
    `is_larger` is whether a larger place has somebody.
    """
    if asked.place is not None and asked.other is not None and (said := _of_two(asked, asked.place, asked.other)):
        return said
    if looked:
        further = _("We looked further for you.")
        return _("We looked with fewer wishes for you.") if set(looked) == {"without"} else further
    if asked.search.terms or asked.search.text:
        both = _("Try a larger place or fewer wishes, or ask one of the networks below.")
        return both if is_larger else _("Try fewer wishes, or ask one of the networks below.")
    if not is_larger:
        return _("Nobody is listed here yet. A network can say who is near.")
    return _("Try a larger place, or ask one of the networks below.")


def _of_two(asked: Asked, here: Place, there: Place) -> str:
    """Why nobody is found for two who live so far apart that nobody can be near both; empty for who do not."""
    if asked.is_online:
        return _("Nobody here may see people in both places online.")
    far = km(here.lat, here.lon, there.lat, there.lon)
    if far <= 2 * MAX_RADIUS:
        return ""
    said = _("{place} and {other} are {far} apart: nobody can be near both of you.")
    one, other = names_of_two(here, there)
    return said.format(place=one, other=other, far=distance(far, asked.miles))


def nearest(card: Card, miles: bool, *, fits: bool) -> str:
    """Who is nearest at all, where nobody is near; `fits` is whether they are all that was wished for."""
    there = listed((card.locality, "" if card.locality == card.country_label else card.country_label))
    far = distance(card.distance_km or 0.0, miles)
    if card.new_clients.value in MAY_TAKE:
        said = _("The nearest who may take new clients is {far} away, in {place}").format(far=far, place=there)
        return said if fits else _("Nobody listed fits all of this. {nearest}").format(nearest=said)
    nobody = _("Nobody listed fits all of this. The nearest of all is {far} away, in {place}")
    said = (_("The nearest is {far} away, in {place}") if fits else nobody).format(far=far, place=there)
    return _("{nearest}, and takes no new clients now").format(nearest=said)


def _anywhere(asked: Asked, results: Results, who: str) -> str:
    """The same where no place is named."""
    if asked.search.text and not results.total:
        return _("Nobody listed goes by “{words}”").format(words=asked.search.text)
    if asked.network is not None:
        return _("{who} of {network}").format(who=who, network=asked.network.name)
    return _("{who} in all countries").format(who=who)


def urgent_words(search: Search) -> str:
    """What stands before the page that helps first; empty where none does."""
    said = {Help.FEAR: _("If you are afraid, begin here."), Help.DESPAIR: _("If you need help now")}
    return said.get(search.help, "")
