"""Visitors' pages: the form for what is wrong in a listing, and a word of thanks."""

from flask import Blueprint, Response, abort, request, url_for

from referral.errors import UsageError
from referral.listings import published
from referral.listings.published import Published
from referral.moderation import reports
from referral.moderation.views import onward, page
from referral.web import anyone, now, session, writing
from referral.web.limits import count_here

views = Blueprint("reporting", __name__)

REPORTS = "5 per 1 hour"
"""Reports from one address."""


@views.get("/therapists/<slug>/report")
@anyone
def tell(slug: str) -> Response:
    """Show the form for what is wrong in a listing; 404 unless the listing is public."""
    return _tell(slug, published.by_slug(session(), slug))


@views.post("/therapists/<slug>/report")
@anyone
def told(slug: str) -> Response:
    """Take what a visitor says; what cannot be taken is shown again as it was typed."""
    there = published.by_slug(session(), slug)
    if there is None:
        abort(404)
    count_here(REPORTS, "report")
    try:
        with writing() as here:
            reports.report(here, there.id, request.form.get("message", ""), request.form.get("reply_to", ""), now())
            here.commit()
    except UsageError as error:
        return _tell(slug, there, error)
    return onward("reporting.thanks", slug=slug)


@views.get("/therapists/<slug>/reported")
@anyone
def thanks(slug: str) -> Response:
    """Say that it will be looked at."""
    there = published.by_slug(session(), slug)
    back = url_for("listings.therapist", slug=slug)
    return page("thanks", whose=there.content.name, back=back) if there else abort(404)


def _tell(slug: str, there: Published | None, error: UsageError | None = None) -> Response:
    typed = {name: request.form.get(name, "") for name in ("message", "reply_to")}
    status = error.status if error else 200
    return page("tell", status, there=there, error=error, typed=typed) if there else abort(404)
