"""What else a search may be, as links: another place, the words as they were typed, each of two places alone."""

import re
from collections.abc import Iterator
from dataclasses import replace

from index.types import Query
from referral.places.folding import fold as fold_place
from referral.places.types import Place
from referral.search import offering, second, sparing, suggesting, widening
from referral.search.asking import Asked, query
from referral.search.counting import counted
from referral.search.offering import Choice
from referral.search.piece import LARGE
from referral.search.second import Second
from referral.search.sources import Sources
from referral.search.suggesting import MOST_NAMES, as_words
from referral.search.understanding import Reading, placed
from referral.search.urls import Search, url
from referral.search.wording import place_label, summary
from referral.text import _, country_name, language

LOWER_FEE = "sliding_scale", "reduced_fee"
"""Terms of payment of who takes less from who has little."""


def others(reading: Reading | None, asked: Asked | None) -> tuple[Choice, ...]:
    """The other places the typed line may mean, as links that keep everything else."""
    if reading is None:
        return ()
    base = replace(asked.search if asked else reading.search, typed="", and_typed="", radius=reading.search.radius)
    here = asked.place if asked else None
    typed = reading.found.under if reading.found and not reading.is_misspelt else ""
    left = replace(base, text="") if not reading.found and base.text == reading.unread else base
    offered = offering.offered(reading.choices, here, typed)
    places = tuple(offering.choice(p, here, url(placed(left, p))) for p in offered)
    if reading.elsewhere:  # other places, and not the same name elsewhere
        places = tuple(replace(one, shared="", brief="" if one.shared else one.brief) for one in places)
    if not (words := reading.words):
        return places
    return *places, replace(as_words(words), url=url(_as_words(base, words)))


def _as_words(search: Search, words: str) -> Search:
    """The same search for words, and not at a place."""
    return replace(search, place="", near=None, area="", and_near="", radius=None, text=words)


def instead(sources: Sources, reading: Reading | None, asked: Asked) -> Iterator[Choice]:
    """Where another spelling was read: names like the words, where those are a small town's, and the words as typed."""
    if reading is None or reading.aside or not (reading.is_misspelt or reading.misread or reading.respelled):
        return
    words = reading.misread or " ".join(typed for typed, _term in reading.respelled) or asked.search.typed
    bare = replace(asked.search, page=1, typed="", and_typed="")
    for _typed, term in reading.respelled:
        bare = bare.dropping(term.facet, term.id)
    is_small = asked.place is not None and asked.place.population < LARGE and not asked.place.area
    if reading.is_misspelt and is_small and (names := suggesting.anywhere(sources, words)):
        yield Choice(_("Listings with the words “{words}”").format(words=names), url(_as_words(bare, names)))
    where = _as_words(bare, words) if reading.is_misspelt or reading.misread else bare
    yield Choice(_("Search for “{words}” instead").format(words=words), url(replace(where, text=words)), is_words=True)


def others_of_second(other: Second | None, asked: Asked) -> tuple[Choice, ...]:
    """What else the second place may be, as links that keep everything else."""
    base = replace(asked.search, typed="")
    if other is None:
        return ()
    typed = "" if other.is_guess else fold_place(other.place.named(language()))
    places = offering.offered(other.choices, other.place, typed)
    return tuple(offering.choice(p, other.place, url(second.joined(base, p))) for p in places)


def countries(sources: Sources, asked: Asked, reading: Reading | None) -> tuple[Choice, ...]:
    """The countries of the part of the world that is named where somebody is found, those with the most first."""
    if reading is None or reading.wide is None or asked.search.is_placed:
        return ()
    bare = replace(asked.search, typed="", and_typed="", page=1)
    there = [
        replace(asked, search=replace(bare, area=code), place=sources.gazetteer.place(code))
        for code in reading.wide.countries
    ]
    found = [(sources.find(replace(query(one), only_total=True)).total, one.search) for one in there if one.place]
    found.sort(key=lambda one: -one[0])
    return tuple(Choice(country_name(search.area), url(search)) for total, search in found if total)


def holding(sources: Sources, words: str) -> Iterator[Choice]:
    """Those who hold the words that were left out, since nobody does at the place: a name that somebody bears."""
    if words and sources.find(Query(text=words, only_total=True)).total:
        yield as_words(words)


def written(sources: Sources, reading: Reading | None, asked: Asked) -> Iterator[Choice]:
    """Those who write what is wished of the therapist: there and with all else that is asked for, or else anywhere."""
    for words in reading.unsaid if reading else ():
        there = replace(asked.search, text=words, page=1, after=None, typed="", and_typed="")
        is_there = asked.search.is_placed and not asked.search.text
        if is_there and sources.find(replace(query(replace(asked, search=there)), only_total=True)).total:
            yield replace(as_words(words), url=url(there))
        else:
            yield from (_anywhere(one, words) if asked.search.is_placed else one for one in holding(sources, words))


def _anywhere(one: Choice, words: str) -> Choice:
    """The same choice, which says that it gives up the place."""
    return replace(one, label=_("Listings anywhere with the words “{words}”").format(words=words))


def lower_fee(sources: Sources, reading: Reading | None, asked: Asked) -> Iterator[Choice]:
    """Who takes less, where somebody asks for what costs nothing: no listing says so much."""
    if reading is None or not any(map(sparing.is_free, reading.left_out)) or asked.search.chosen("payment"):
        return
    less = replace(asked.search, typed="", and_typed="", page=1, after=None)
    for term in LOWER_FEE:
        less = less.choosing("payment", term)
    if (found := sources.find(query(replace(asked, search=less)))).total:
        yield Choice(_("{who} with places at a lower fee").format(who=counted(found)), url(less), is_words=True)


def bearing(sources: Sources, reading: Reading | None, asked: Asked) -> Iterator[Choice]:
    """Those who are called as the place is that the whole line names: its other words may be a hundred people's."""
    if reading is None or reading.words or reading.is_misspelt or not (words := _only_a_name(reading, asked)):
        return
    if sources.bearers(words):
        yield as_words(words)


def _only_a_name(reading: Reading, asked: Asked) -> str:
    """The line where it is a place and nothing else, and may be somebody's name; else nothing."""
    typed = asked.search.typed
    says_more = (
        reading.search.text or reading.search.terms or reading.search.and_near or reading.times or reading.unsaid
    )
    is_name = len(typed.split()) <= MOST_NAMES and all(word.isalpha() for word in re.split(r"[\s'’-]+", typed))
    return typed if reading.found and is_name and not says_more else ""


def alone(sources: Sources, asked: Asked) -> Iterator[Choice]:
    """The same search for each of two who live too far apart, with whom it finds; of two who may only meet online both
    ways. What finds nobody is said, with who is there at all.
    """
    both = replace(asked.search, and_near="", and_typed="", typed="", radius=None, page=1)
    two = [one for one in (asked.place, asked.other) if one is not None] if asked.other else []
    ways = (both.dropping("delivery", "online"), both) if asked.is_by_law else (both,)
    for search in ways:
        for one in two:
            own = replace(asked, search=placed(search, one), place=one, other=None)
            yield (found := _near(sources, own, one))
            bare = replace(own, search=replace(own.search, terms=(), either=(), text=""))
            is_last_hope = found.finds_nobody and search is ways[0]
            if is_last_hope and not (anybody := _near(sources, bare, one)).finds_nobody:
                yield anybody


def _near(sources: Sources, own: Asked, place: Place) -> Choice:
    """What the search of one of two finds."""
    found = sources.find(query(own))
    return Choice(summary(own, found, place_label(place)), url(own.search), finds_nobody=not found.total)


def together(sources: Sources, asked: Asked) -> Iterator[Choice]:
    """Who may see both of two online, of whom one was left out."""
    if asked.unmet is not None and asked.place is not None:
        both = replace(second.joined(asked.search, asked.unmet), typed="")
        own = replace(asked, search=both, other=asked.unmet, unmet=None)
        yield Choice(summary(own, sources.find(query(own)), place_label(asked.place)), url(both))


def online(sources: Sources, asked: Asked) -> Iterator[Choice]:
    """Who works online and may serve one who lives there: those who fit, else who does but for some wish, which is
    said; not for two.
    """
    for way in (widening.online, widening.online_without) if asked.other is None else ():
        if found := way(asked, lambda a: sources.find(query(a))):
            yield Choice(found.sentence, found.url)
            return
