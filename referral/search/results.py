"""From a search to the page that answers it: ask the index, load what it names in order, widen and say so."""

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlencode

from index.types import PER_PAGE, Cursor, Query, Results
from referral.listings.cards import Card
from referral.networks.areas import NetworkLine
from referral.places.types import Place
from referral.search import choices, helping, narrowing, second, suggesting
from referral.search.asking import Asked, query
from referral.search.counting import beyond
from referral.search.filtering import by_words
from referral.search.links import Links
from referral.search.naming import is_name, is_plain
from referral.search.notes import corrected_second, correction, goes_by, writes_of
from referral.search.offering import Choice
from referral.search.page import Page, PlaceView, Widening
from referral.search.second import Second
from referral.search.sources import Sources
from referral.search.understanding import Reading
from referral.search.unplaced import gone, nothing_asked
from referral.search.urls import MAX_PAGE, Search, ended, fields, rounded, url
from referral.search.widening import NEAREST, Wider, widen
from referral.search.wording import (
    chip_names,
    nearest,
    onward,
    place_label,
    summary,
    urgent_words,
    which,
)
from referral.text import listed
from referral.workshops.lines import WorkshopLine, beside


def find(sources: Sources, search: Search, *, country: str | None = None, is_counted: bool = False) -> Page:
    """The page that answers `search`; `country` (ISO 3166-1) is where a bare name is first looked for.

    A page past the end is the last one; an empty one for who counts pages until nothing comes.
    """
    sources.follow()
    asked = sources.locate(search)
    typed = search.typed
    reading = sources.read(typed, country) if typed else None
    if asked.search.is_empty:
        called = None if search.help else suggesting.called(sources, typed)
        return replace(nothing_asked(sources, search, reading), did_you_mean=called)
    if search.is_placed and asked.place is None:
        return gone(nothing_asked(sources, search, reading))
    asked, results, unread = _ask(sources, asked)
    if unread and replace(asked.search, text="").is_empty:
        said = suggesting.did_you_mean(sources, asked, results, unread)
        nothing = nothing_asked(
            sources, replace(search, typed=typed or unread), reading, unread, _nobody(sources, said, unread)
        )
        return replace(nothing, did_you_mean=said)
    if results.total and not results.hits and not is_counted:
        last = -(-results.total // PER_PAGE)
        asked, results, unread = _ask(sources, replace(asked, search=replace(asked.search, page=last, after=None)))
    return _page(sources, asked, results, reading, unread)


def _nobody(sources: Sources, meant: Choice | None, words: str) -> str:
    """That nobody is called by the words, or writes of them, where others were probably `meant`; else empty."""
    if meant is None:
        return ""
    return goes_by(words) if suggesting.is_borne(sources, meant.label) else writes_of(words)


def _ask(sources: Sources, asked: Asked) -> tuple[Asked, Results, str]:
    """The answer; words that nobody's listing holds are left out, and come back as not understood."""
    results = sources.find(query(asked))
    text = asked.search.text
    if results.total or not text:
        return asked, results, ""
    without = replace(asked, search=replace(asked.search, text="", page=1))
    if without.search.is_empty:
        return asked, results, text
    suggestion = results.did_you_mean
    return without, replace(sources.find(query(without)), did_you_mean=suggestion), text


def _page(sources: Sources, asked: Asked, results: Results, reading: Reading | None, unread: str) -> Page:
    search, label, links = asked.search, place_label(asked.place), Links(asked.search)
    other = _second(sources, asked)
    held = () if reading and reading.words else tuple(choices.holding(sources, unread))
    wider = list(widen(asked, results, sources.find, sources.gazetteer.place))
    shown = _load(sources, asked, results, wider)
    there, elsewhere = choices.countries(sources, asked, reading), choices.others(reading, asked)
    may_ask = there or (elsewhere and not (reading and reading.wide))
    pages, end = _pages(search, results.total, results.next)
    return Page(
        typed=search.typed or typed_again(asked),
        place=_view(asked.place, _match(asked.place, reading)),
        other=_view(asked.other, "exact"),
        unit=search.unit,
        radius_km=asked.radius,
        summary=summary(asked, results, label),
        total=results.total,
        cards=tuple(shown[id] for id, _km in results.hits if id in shown),
        which=which(reading, asked, results.total) if may_ask else "",
        onward=_onward(sources, asked, wider) if not results.total else "",
        alone=_alone(sources, asked, results.total),
        chips=narrowing.chips(asked, *chip_names(asked)),
        corrections=(
            *correction(reading, asked),
            *corrected_second(other, search.and_typed),
            *by_words(sources, asked, results, shown.values()),
        ),
        choices=(
            *there,
            *elsewhere,
            *held,
            *choices.written(sources, reading, asked),
            *choices.lower_fee(sources, reading, asked),
            *choices.bearing(sources, reading, asked),
            *choices.instead(sources, reading, asked),
        ),
        and_choices=choices.others_of_second(other, asked),
        is_held=bool(held) or is_name(unread),
        is_plain=is_plain(unread),
        unread=unread,
        aside=reading.aside if reading else "",
        facets=narrowing.facets(search, _true_counts(sources, asked, results)),
        sorts=narrowing.sorts(asked, links),
        radii=narrowing.radii(asked, links),
        units=narrowing.units(asked, links),
        page=search.page,
        pages=pages,
        previous_url=links.changing(page=_numbered(search.page - 1)) if search.page > 1 else "",
        next_url=links.changing(page=str(search.page + 1), after=end) if search.page < pages else "",
        end=end,
        beyond=beyond(search.page, results.total),
        widened=tuple(_widening(w, shown, asked) for w in wider if shown.keys() & dict(w.ids)),
        networks=_networks(sources, asked),
        workshops=_workshops(sources, asked),
        guidance=helping.guidance(sources, search, results.total),
        asked=helping.asked(sources, search),
        urgent=helping.urgent(sources, search),
        urgent_words=urgent_words(search),
        again=urlencode(fields(replace(search, page=1))),
        hidden=_carried(search),
        miles=asked.miles,
        did_you_mean=_meant(sources, asked, results, reading, unread),
    )


def _meant(sources: Sources, asked: Asked, results: Results, reading: Reading | None, unread: str) -> Choice | None:
    """Who was probably meant: by words nobody there holds, or by the name of a place that nobody is found at."""
    words = unread or (reading.aside if reading and reading.is_one_of_two else "")
    if meant := suggesting.did_you_mean(sources, asked, results, words):
        return meant
    is_right = reading is not None and not (results.total or reading.is_misspelt)
    return suggesting.called(sources, (reading and reading.words) or asked.search.typed) if is_right else None


def _onward(sources: Sources, asked: Asked, wider: Sequence[Wider]) -> str:
    """What may help who found nobody; whether anybody is in all of the country is asked only for them."""
    looked = [w.kind for w in wider if w.kind not in NEAREST]  # further than anybody goes
    return onward(asked, looked, not looked and _has_larger(sources, asked))


def _alone(sources: Sources, asked: Asked, total: int) -> tuple[Choice, ...]:
    """Each of two places by itself and who may be met online, where nobody is found; the places, too, where one of them
    is a whole country or region, and both together where one was left out.
    """
    both = tuple(choices.together(sources, asked))
    if total:
        return (*both, *choices.alone(sources, asked)) if asked.is_by_law else both
    return (*both, *choices.alone(sources, asked), *choices.online(sources, asked))


def _has_larger(sources: Sources, asked: Asked) -> bool:
    """Whether somebody who fits is in the country of the place that is asked for: else no place is large enough."""
    if asked.radius is None or asked.place is None:
        return False
    there = replace(query(asked), circles=(), area=asked.place.country, page=1, after=None, only_total=True)
    return sources.find(there).total > 0


def _pages(search: Search, total: int, end: Cursor | None) -> tuple[int, str]:
    """How many pages there are, and where this one ends, as a link says it.

    Who goes on from where a page ended may need one more than the total has, or one fewer, if somebody came or left.
    """
    most = -(-total // PER_PAGE)
    pages = max(most, search.page + 1) if end else min(most, search.page) if search.after else most
    pages = min(MAX_PAGE, max(1, pages))
    return pages, ended(end) if search.page < pages else ""


def _numbered(page: int) -> str:
    """The number of a page as it stands in a link: the first has none."""
    return str(page) if page > 1 else ""


def _true_counts(sources: Sources, asked: Asked, results: Results) -> narrowing.Counts:
    """The counts, with those of `delivery` asked for: online alone is a matter of law, not of distance."""
    if asked.place is None:
        return results.counts
    own = query(asked)
    delivery = {
        term: _true_count(sources, own, query(replace(asked, search=asked.search.choosing("delivery", term))), results)
        for term in results.counts.get("delivery", {})
    }
    return {**results.counts, "delivery": delivery}


def _true_count(sources: Sources, own: Query, wanted: Query, results: Results) -> int:
    """How many `wanted` finds, which is the question answered by `results` with one term of `delivery` more."""
    own = replace(own, page=1)
    if wanted == own:
        return results.total
    chosen, before = dict(wanted.terms), dict(own.terms)
    if "delivery" not in before and replace(wanted, terms=own.terms) == own:
        return results.counts["delivery"][chosen["delivery"][0]]
    return sources.find(replace(wanted, only_total=True)).total


def _load(sources: Sources, asked: Asked, results: Results, wider: Sequence[Wider]) -> dict[int, Card]:
    """Every card the page shows, in one go."""
    distances = dict(results.hits) | {id: far for w in wider for id, far in w.ids}
    is_far = any(w.kind in NEAREST for w in wider)
    near = (asked.place.lat, asked.place.lon) if asked.place and (asked.radius or is_far) else None
    return sources.cards(distances, near, asked.search.text)


def _widening(wider: Wider, shown: dict[int, Card], asked: Asked) -> Widening:
    found = tuple(shown[id] for id, _far in wider.ids if id in shown)
    if wider.kind not in NEAREST:
        return Widening(wider.kind, wider.sentence, wider.url, found, wider.more)
    there = rounded(*found[0].point) if found[0].point else None
    return Widening(
        wider.kind,
        nearest(found[0], asked.miles, fits=wider.kind == "nearest"),
        url(Search(near=there, unit=asked.search.unit)),
        found,
        True,
    )


def _match(place: Place | None, reading: Reading | None) -> str:
    """How the place was found in the typed line; one from a link is exact."""
    return reading.found.match if reading and reading.found and reading.found.place == place else "exact"


def _view(place: Place | None, match: str) -> PlaceView | None:
    if place is None:
        return None
    return PlaceView(
        place.id, place.name, place_label(place), place.region, place.country, place.lat, place.lon, place.kind, match
    )


def typed_again(asked: Asked) -> str:
    """What to put into the search box: the place and words as understood."""
    return listed((place_label(asked.place), asked.search.text))


def _second(sources: Sources, asked: Asked) -> Second | None:
    """How the second place was read, where something has to be said of it; None where the link names another."""
    if not (asked.search.and_typed and asked.place and asked.other):
        return None
    found = second.find(sources.gazetteer, asked.place, asked.search.and_typed)
    return found if found and found.place.id == asked.other.id else None


def _networks(sources: Sources, asked: Asked) -> tuple[NetworkLine, ...]:
    """Those of the place; at sea and at the poles, where no law holds, those that work everywhere."""
    return sources.editorial.network_lines(asked.jurisdiction, sources.area_name) if asked.place else ()


def _workshops(sources: Sources, asked: Asked) -> tuple[tuple[WorkshopLine, float | None], ...]:
    """Those near by; none for who is afraid: to work on it together is not what they need first."""
    kept, place = sources.editorial, None if asked.search.help else asked.place
    return beside(kept.upcoming, kept.networks, place, asked.radius, sources.now, sources.area_name)


def _carried(search: Search) -> tuple[tuple[str, str], ...]:
    """What a form that chooses facets must carry along."""
    facets = {facet for facet, _terms in search.terms}
    said = fields(replace(search, either=(), page=1, typed="", and_typed=""))
    return tuple((n, v) for n, v in said if n not in facets)
