"""The workshops that are on, one of them, its file for a calendar, and the same as JSON."""

from flask import Blueprint, Response, abort, make_response, render_template, request, url_for

from referral.model import Network, Workshop
from referral.places.distance import unit
from referral.search.urls import clean
from referral.web import anyone, bias, json, now, rooms, session, sources, unseen
from referral.workshops import calendars, events, finding, lines, pages, upcoming

views = Blueprint("workshops", __name__)


@views.get("/workshops")
@anyone
def index() -> Response:
    """List what is on, or what a search finds; what was searched is kept by nobody."""
    wanted, kept = _wanted(), sources().editorial
    found = finding.find(kept.upcoming, wanted, rooms().gazetteer, now(), country=bias())
    miles = found.place is not None and unit(found.place.country) == "mi"
    there = finding.there(kept.upcoming, wanted, rooms().gazetteer, now(), country=bias())
    page = pages.list_page(found, wanted, there, kept.networks, miles=miles, names=sources().area_name)
    response = make_response(render_template("workshops/index.html", page=page))
    return response if wanted.is_all else unseen(response)


@views.get("/workshops/<slug>")
@anyone
def workshop(slug: str) -> Response:
    """Show one workshop; one that was called off says so, one that is over is 410, and 404 when there is none."""
    one = _found(slug)
    if one.ends_at <= now():
        return make_response(render_template("workshops/over.html", workshop=one), 410)
    kept = sources().editorial
    network = next((n for n in kept.networks if n.id == one.network_id), None)
    page = pages.workshop_page(session(), one, network, kept.upcoming, now(), sources().area_name)
    event = events.event(one, _link(one), _presenters(page), _organiser(network))
    return make_response(render_template("workshops/workshop.html", workshop=one, page=page, event=event))


@views.get("/workshops/<slug>.ics")
@anyone
def calendar(slug: str) -> Response:
    """The workshop for a calendar; 404 when there is none, or it is over."""
    one = _found(slug)
    if one.ends_at <= now():
        abort(404)
    response = make_response(calendars.calendar(one, _link(one)))
    response.mimetype = "text/calendar"
    response.headers["Content-Disposition"] = f"attachment; filename={one.slug}.ics"
    return response


@views.get("/api/v1/workshops")
@anyone
def workshops_json() -> Response:
    """The same search as JSON: everything that fits, what needs no way there included."""
    wanted, kept = _wanted(), sources().editorial
    found = finding.find(kept.upcoming, wanted, rooms().gazetteer, now(), country=bias())
    near = [*found.here, *found.online]
    told = lines.lines([w for w, _far in near], kept.networks)
    base = rooms().config.base_url
    rows = [events.row(w, line, far, base) for line, (w, far) in zip(told, near, strict=True)]
    place = found.place.label() if found.place else None
    return json({"place": place, "further": found.further, "total": len(rows), "results": rows})


def _wanted() -> finding.Wanted:
    """What this request's address asks for."""
    return finding.parse({**request.args, "q": clean(request.args.get("q", ""))})


def _found(slug: str) -> Workshop:
    return upcoming.by_slug(session(), slug) or abort(404)


def _link(one: Workshop) -> str:
    return rooms().config.base_url + url_for("workshops.workshop", slug=one.slug)


def _presenters(page: pages.WorkshopPage) -> list[tuple[str, str]]:
    base = rooms().config.base_url
    return [(p.name, base + p.url if p.url else "") for p in page.presenters]


def _organiser(network: Network | None) -> tuple[str, str] | None:
    if network is None:
        return None
    return network.name, rooms().config.base_url + url_for("networks.network", slug=network.slug)
