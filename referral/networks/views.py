"""The networks of the world, one network, and the networks of one country."""

from functools import partial

from flask import Blueprint, Response, abort, make_response, render_template

from referral.home.countries import Country, continent_names
from referral.networks import areas, pages
from referral.places.continents import continent_of
from referral.search.answer import network as network_json
from referral.search.sources import area_name
from referral.text import country_name
from referral.web import anyone, json, rooms, sources

views = Blueprint("networks", __name__)


@views.get("/networks")
@anyone
def index() -> str:
    """List every network by continent, the worldwide bodies first."""
    networks = sources().editorial.networks
    names = partial(area_name, rooms().gazetteer)
    continents = []
    for continent, label in continent_names().items():
        here = [n for n in networks if any(continent_of(a.code[:2]) == continent for a in n.areas)]
        if here:
            continents.append((label, [areas.line(n, names) for n in here]))
    wide = [areas.line(n, names) for n in networks if n.level == "international"]
    return render_template("networks/index.html", continents=continents, international=wide)


@views.get("/networks/<slug>")
@anyone
def network(slug: str) -> Response:
    """Show one network with its facts, their date and source, and the people in its area; 404 when there is none."""
    page = pages.network_page(sources(), slug)
    if page is None:
        abort(404)
    return make_response(
        render_template(
            "networks/network.html",
            network=page.network,
            members=page.members,
            members_total=page.members_total,
            members_url=page.members_url,
            members_area=page.members_area,
        )
    )


@views.get("/networks/in/<code>")
@anyone
def country(code: str) -> Response:
    """Show who is responsible for a country, and say so when only a wider body is; 404 for no country."""
    place = rooms().gazetteer.place(code.upper()) if len(code) == 2 else None
    if place is None:
        abort(404)
    page = pages.country_page(sources(), place.area)
    here = Country(place.area, country_name(place.area), page.members_total, page.members_url)
    return make_response(
        render_template(
            "networks/country.html",
            country=here,
            networks=page.own,
            fallback=page.fallback,
            members=page.members,
            members_total=page.members_total,
            members_url=page.members_url,
        )
    )


@views.get("/api/v1/networks")
@anyone
def networks_json() -> Response:
    """Every published network, with the date and source of its facts."""
    networks = sources().editorial.networks
    names = partial(area_name, rooms().gazetteer)
    base = rooms().config.base_url
    return json(
        [
            network_json(areas.line(n, names), base)
            | {"source_url": n.source_url, "confidence": n.confidence, "area_codes": [a.code for a in n.areas]}
            for n in networks
        ]
    )
