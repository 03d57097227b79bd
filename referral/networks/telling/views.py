"""Whoever knows better about a network says so here; it waits with what is said about listings."""

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for

from referral.errors import UsageError
from referral.model import Network
from referral.moderation import reports
from referral.web import anyone, now, sources, unseen, writing
from referral.web.audience import carries
from referral.web.limits import count_here

views = Blueprint("telling", __name__)

REPORTS = "5 per 1 hour"
"""Reports from one address."""


@views.get("/networks/<slug>/report")
@anyone
def tell(slug: str) -> Response:
    """Show the form for what is wrong; 404 for no network."""
    return _tell(_network(slug))


@views.post("/networks/<slug>/report")
@carries()
@anyone
def told(slug: str) -> Response:
    """Take what a visitor says; what cannot be taken is shown again as it was typed."""
    network = _network(slug)
    count_here(REPORTS, "report")
    message, reply_to = request.form.get("message", ""), request.form.get("reply_to", "")
    try:
        with writing() as here:
            reports.report_network(here, network.id, message, reply_to, now())
            here.commit()
    except UsageError as error:
        return _tell(network, error)
    return unseen(make_response(redirect(url_for("telling.thanks", slug=slug), 303)))


@views.get("/networks/<slug>/reported")
@anyone
def thanks(slug: str) -> Response:
    """Say that it will be looked at."""
    network = _network(slug)
    back = url_for("networks.network", slug=slug)
    return unseen(make_response(render_template("moderation/thanks.html", whose=network.name, back=back)))


def _network(slug: str) -> Network:
    return next((n for n in sources().editorial.networks if n.slug == slug), None) or abort(404)


def _tell(network: Network, error: UsageError | None = None) -> Response:
    typed = {name: request.form.get(name, "") for name in ("message", "reply_to")}
    page = render_template("networks/tell.html", network=network, error=error, typed=typed)
    return unseen(make_response(page, error.status if error else 200))
