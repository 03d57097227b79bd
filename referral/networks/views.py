"""The networks of the world, one network, and the networks of one country."""

import re
from collections.abc import Callable
from functools import partial

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for

from referral.home.countries import Country
from referral.model import Network
from referral.networks import areas, asking, continents, drawing, pages
from referral.search.answer import network as network_json
from referral.search.sources import area_name
from referral.text import country_name
from referral.web import anyone, bias, json, rooms, sources, unseen

views = Blueprint("networks", __name__)

_ISO = re.compile("[A-Za-z]{2}(-[A-Za-z0-9]{1,3})?")
"""The code of a country, or of a region of one."""


@views.get("/networks")
@anyone
def index() -> Response:
    """List every network by continent and country, and answer who is responsible for a typed place."""
    networks, known = sources().editorial.networks, rooms().gazetteer
    names, typed = partial(area_name, known), request.args.get("q", "")
    found = asking.answer(networks, typed, known, names, country=bias())
    page = render_template(
        "networks/index.html",
        answer=found,
        continents=continents.by_continent(networks, names),
        international=[areas.line(n, names) for n in areas.international(networks)],
        features=drawing.world(networks, known, rooms().config.base_url),
    )
    return unseen(make_response(page)) if typed else make_response(page)


@views.get("/networks/<slug>")
@anyone
def network(slug: str) -> Response:
    """Show one network with its facts, their date and source, the people in its area, what is on; 404 for none."""
    page = pages.network_page(sources(), slug)
    return make_response(
        render_template("networks/network.html", page=page, network=page.network) if page else abort(404)
    )


@views.get("/networks/in/<code>")
@anyone
def country(code: str) -> Response:
    """Show who is responsible for a country, and say so when only a wider body is; 404 for no country.

    A region leads on to its country.
    """
    place = rooms().gazetteer.place(code.upper()) if _ISO.fullmatch(code) else None
    if place is None:
        abort(404)
    if "-" in code:
        return make_response(redirect(url_for("networks.country", code=place.country)))
    page = pages.country_page(sources(), place.area)
    here = Country(place.area, country_name(place.area), page.people.total, page.people.url)
    return make_response(render_template("networks/country.html", country=here, page=page))


@views.get("/api/v1/networks")
@anyone
def networks_json() -> Response:
    """Every published network, with the date and source of its facts; `q` asks who is responsible for a place."""
    every, known, base = sources().editorial.networks, rooms().gazetteer, rooms().config.base_url
    names = partial(area_name, known)
    found = asking.answer(every, request.args.get("q", ""), known, names, country=bias())
    if found is None:
        return json([_whole(n, names, base) for n in every])
    told = [*found.told.own, *found.told.speaking, *found.told.fallback] if found.told else []
    sentence = found.told.sentence if found.told else ""
    return json({"place": found.place, "said": sentence, "networks": [network_json(n, base) for n in told]})


def _whole(one: Network, names: Callable[[str], str], base: str) -> dict[str, object]:
    said = network_json(areas.line(one, names), base)
    codes = [a.code for a in one.areas]
    trains = "; ".join(areas.things(one.training))
    return said | {"training": trains, "source_url": one.source_url, "confidence": one.confidence, "area_codes": codes}
