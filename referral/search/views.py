"""The search: a typed line becomes a link that says what was understood, and the link becomes a page."""

from collections.abc import Hashable
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, Response, g, make_response, redirect, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from referral.guidance.hotlines import LEAVE_URL, Hotline, for_who_reads
from referral.places.types import Place
from referral.search import answer, fits, mapping, results, second
from referral.search.costing import asks_the_cost
from referral.search.homing import at_home
from referral.search.losing import without_loss
from referral.search.page import Page
from referral.search.remembered import Drawn
from referral.search.sources import Sources
from referral.search.unwilling import is_unwilling
from referral.search.urls import Help, Search, clean, fields, parse, url
from referral.search.weary import is_weary
from referral.text import at, language
from referral.web import anyone, bias, json, rooms, sources, today, unseen
from referral.web.lean import keep_small

views = Blueprint("search", __name__)

SUGGESTED = 10
LABELS = 60

HELPS = {
    Help.FEAR: "/questions/when-is-couple-therapy-not-the-right-first-step",
    Help.DESPAIR: "/questions/what-if-i-do-not-want-to-live-any-more",
}
"""Where a line that speaks of fear or despair and names no place leads: nothing of it stands in the address."""

LOSS = ("topic", "divorce_decision")
"""What is looked for where somebody fears to be left ..."""
OF_LOSS = "is-it-too-late-for-us"
"""... and the question that is put forward."""

OF_UNWILLING = "what-if-i-am-the-one-who-does-not-want-therapy"
"""The one for who is asked to come along, and does not want to."""

OF_COST = "what-does-it-cost-and-will-insurance-pay"
"""The one for who asks what it costs, whatever else the line says."""


def _asked() -> Search:
    """The search of this request: what its URL says, and what its typed line is understood as.

    A line that a page wrote into its box (`of`) means what that page showed (`at`).
    """
    given = parse(request.args)
    said = clean(request.args.get("q", ""))
    if not said:
        return given
    if said == clean(request.args.get("of", "")):
        return parse(MultiDict(parse_qsl(request.args.get("at", ""))))
    line, here = without_loss(said), sources()
    reading = here.read(line, bias())
    search = replace(reading.search, typed=line) if reading.words else reading.search
    if alarm := fits.alarm(line) or _weary(line):
        search = replace(search, text="", typed="", help=alarm)
        return search if reading.is_certain else Search(help=alarm)
    if line != said:
        search = search.choosing(*LOSS)
    for facet, chosen in given.terms:
        for term in chosen:
            search = search.choosing(facet, term)
    search = search.with_either(given.either)
    search = replace(search, question=OF_LOSS if line != said else _question(line))
    radius, unit = given.radius or search.radius, given.unit or search.unit
    search = at_home(here, search, reading, line, bias()) if not given.network else search
    search = replace(search, network=given.network, radius=radius, sort=given.sort, unit=unit)
    search = replace(search, page=given.page, after=given.after)
    if not given.and_near or not (search.place or search.near):
        return search
    return replace(search, and_near=given.and_near, and_typed=given.and_typed)


def _question(line: str) -> str:
    """The slug of the question that the line asks; empty where it asks none."""
    if is_unwilling(line):
        return OF_UNWILLING
    return sources().editorial.titles.find(line) or (OF_COST if asks_the_cost(line) else "")


def _weary(line: str) -> Help:
    """Whether a line says that somebody cannot go on, with a town or other words beside it."""
    return Help.DESPAIR if is_weary(line, _is_place) else Help.NONE


def _is_place(words: str) -> bool:
    """Whether the words name a place as it is written, and nothing that is not understood."""
    found = sources().read(words, bias())
    return found.found is not None and not (found.is_misspelt or found.unread or found.aside)


@views.get("/search")
@anyone
def page() -> AnyResponse:
    """Show the therapists a search finds; a typed line is first turned into its own link."""
    other = _typed_beside()
    if (link := _link(other)) is not None:
        return unseen(_redirect(link))
    here = sources()
    drawn = rooms().remembered.page(here.moment, _key(), lambda: (_drawn(here, _asked(), other), here.is_followed))
    if request.method == "GET":
        rooms().counts.note("shown", drawn.shown, today())
    keep_small(drawn.small)
    return unseen(make_response(drawn.html))


def _typed_beside() -> str:
    """What was typed of the other of two; nothing where it stands as the page wrote it (`and_of`)."""
    typed = clean(request.args.get("and_q", ""))
    return "" if typed == clean(request.args.get("and_of", "")) else typed


def _is_missing() -> bool:
    """Whether a search for two was asked for (`apart`) and no place of the other one, there or typed."""
    named = any(clean(request.args.get(name, "")) for name in ("and_q", "and_of"))
    return "apart" in request.args and not named


def _of_filters() -> str | None:
    """The link of filters sent with the field of the other one as it was, or emptied: one place is left then."""
    if "and_q" not in request.args or _is_missing():
        return None
    search = _asked()
    is_kept = clean(request.args["and_q"])
    return url(search if is_kept else replace(search, and_near="", and_typed="", radius=None))


def _link(other: str) -> str | None:
    """The link of what was typed, of two who live apart too; None where nothing was, or no place for the other one."""
    if not other and "q" not in request.args:
        return _of_filters()
    line = clean(request.args.get("q", ""))
    if not other and fits.is_emergency(line, bias()):
        return at(HELPS[Help.DESPAIR])
    if not other and fits.only_asks_for_help(line):
        return at("/questions")
    search = _asked()
    apart = _apart(search, other) if other else None
    if apart is None and "q" not in request.args:
        return None
    return url(apart or search) if search.is_placed or not search.help else at(HELPS[search.help])


def _key() -> Hashable:
    """All that a page of results depends on beside the moment; nothing where a cookie may say more."""
    return None if request.cookies else (request.script_root, request.full_path, language(), bias())


def _drawn(here: Sources, search: Search, unplaced: str) -> Drawn:
    """The page, and who is shown on it: counted, so that they may know how often; nothing of who looked."""
    g.asked = urlencode([*fields(search), *([("and_q", unplaced)] if unplaced else [])])
    found = results.find(here, search, country=bias())
    cards = (*found.cards, *(card for wider in found.widened for card in wider.cards))
    told = {"page": found, "unplaced": unplaced, "is_missing": _is_missing(), "leave_url": LEAVE_URL}
    html = render_template("search/results.html", **told, hotlines=_first_hotlines(search, found))
    return Drawn(html.encode(), frozenset(card.id for card in cards))


def _first_hotlines(search: Search, found: Page) -> list[Hotline]:
    """For who is in need, whom to ring where they are; none for anybody else."""
    if not (situation := fits.urgent(search)):
        return []
    lines = for_who_reads({situation}, found.place.country if found.place else bias())
    return [one for one in lines if one.country_code == lines[0].country_code]


def _apart(search: Search, line: str) -> Search | None:
    """The search for two, of whom the other lives where `line` says; None when that is no place, or no other one."""
    known = rooms().gazetteer
    where = search.place or search.area
    here = known.around(*search.near) if search.near else known.place(where) if where else None
    found = second.find(known, here, line) if here else None
    if found is None:
        return None
    both = second.joined(search, found.place)
    return both if found.is_certain else replace(both, and_typed=line)


def _redirect(target: str) -> Response:
    return make_response(redirect(target, 303))


@views.get("/api/v1/search")
@anyone
def search_json() -> Response:
    """The same as JSON; `q` is understood in place, without a redirect."""
    search, other = _asked(), clean(request.args.get("and_q", ""))
    search = (_apart(search, other) if other else None) or search
    found = results.find(sources(), search, country=bias(), is_counted=True)
    return json(answer.as_json(found, rooms().config.base_url))


@views.get("/api/v1/map")
@anyone
def map_json() -> Response:
    """Where everybody a search finds has an office, as GeoJSON; `box` keeps what lies in it, `light` makes it small."""
    part, is_light = mapping.box(request.args.get("box", "")), "light" in request.args
    drawn = mapping.find(sources(), _asked(), part, is_light=is_light)
    return json(mapping.as_json(drawn, rooms().config.base_url))


@views.get("/places/labels")
@anyone
def labels() -> Response:
    """The largest towns of a part of the map."""
    box = mapping.box(request.args.get("box", ""))
    found = rooms().gazetteer.largest(box, LABELS) if box else []
    response = json(
        [{"name": p.named(language()), "lat": p.lat, "lon": p.lon, "population": p.population} for p in found]
    )
    response.headers["Cache-Control"] = "private, max-age=86400"
    return response


@views.get("/api/v1/places")
@anyone
def places_json() -> Response:
    """The places a line may mean, best first."""
    line = clean(request.args.get("q", ""))
    found = rooms().gazetteer.find(line, country=bias()) if line else []
    return json([f.as_json() for f in found])


@views.get("/places/suggest")
@anyone
def suggest() -> Response:
    """The places a name may go on to, as it is typed."""
    line = clean(request.args.get("q", ""))
    known = rooms().gazetteer
    found = known.suggest(line, country=bias(), limit=SUGGESTED, locale=language()) if line else []
    under = known.under(line, found, language())
    response = json([_suggestion(place, under.get(place.id, "")) for place in found])
    response.headers["Cache-Control"] = "private, max-age=300"
    response.add_etag()
    response.make_conditional(request)
    return response


def _suggestion(place: Place, under: str) -> dict[str, str]:
    """`field` and `value` are what a search for it carries in its address, `under` the name it was found by."""
    field, value = ("in", place.area) if place.area else ("place", place.id)
    return {
        "id": place.id,
        "label": place.label(language()),
        "kind": place.kind,
        "field": field,
        "value": value,
        "under": under,
    }
