"""Visitors' pages: the form for what is wrong in a listing, and a word of thanks.

Who was shown the form may send it for a day, also when the listing goes out of sight meanwhile: the form carries a mark
of ours. Without one an unseen listing is answered as one that never was, and with one as if it were erased.
"""

from flask import Blueprint, Response, abort, request, url_for
from itsdangerous import BadSignature, TimestampSigner

from referral.errors import UsageError
from referral.listings import published
from referral.listings.published import Published
from referral.moderation import reports
from referral.moderation.views import onward, page
from referral.web import anyone, now, rooms, session, writing
from referral.web.audience import carries
from referral.web.limits import count_here

views = Blueprint("reporting", __name__)

REPORTS = "5 per 1 hour"
"""Reports from one address."""

GOOD_FOR = 24 * 60 * 60
"""Seconds in which a form that was shown can be sent."""


@views.get("/therapists/<slug>/report")
@anyone
def tell(slug: str) -> Response:
    """Show the form for what is wrong in a listing; 404 unless the listing is public."""
    return _tell(slug, published.by_slug(session(), slug))


@views.post("/therapists/<slug>/report")
@carries()
@anyone
def told(slug: str) -> Response:
    """Take what a visitor says; what cannot be taken is shown again as it was typed."""
    there = published.by_slug(session(), slug)
    about = there.public_id if there else _marked(slug)
    count_here(REPORTS, "report")
    try:
        with writing() as here:
            reports.report_shown(here, about, request.form.get("message", ""), request.form.get("reply_to", ""), now())
            here.commit()
    except UsageError as error:
        return _tell(slug, there, error)
    return onward("reporting.thanks", slug=slug, **({} if there else {"mark": request.form["mark"]}))


@views.get("/therapists/<slug>/reported")
@anyone
def thanks(slug: str) -> Response:
    """Say that it will be looked at."""
    there = published.by_slug(session(), slug)
    if there is None and _marked(slug):
        return page("thanks", whose="", back="")
    back = url_for("listings.therapist", slug=slug)
    return page("thanks", whose=there.content.name, back=back) if there else abort(404)


def _tell(slug: str, there: Published | None, error: UsageError | None = None) -> Response:
    """The form; where nobody sees the listing any more, without its name: nobody learns whether it still is there."""
    mark = request.form.get("mark") or (_signer().sign(f"{slug} {there.public_id}").decode() if there else abort(404))
    typed = {name: request.form.get(name, "") for name in ("message", "reply_to")}
    shown = {"slug": slug, "whose": there.content.name if there else "", "typed": typed, "mark": mark}
    return page("tell", error.status if error else 200, **shown, error=error)


def _marked(slug: str) -> str:
    """The public id of the listing whose form was shown under this name, by the form's mark; 404 without one."""
    try:
        said = _signer().unsign(request.values.get("mark", ""), max_age=GOOD_FOR).decode()
    except BadSignature:
        abort(404)
    name, _space, public_id = said.partition(" ")
    return public_id if name == slug else abort(404)


def _signer() -> TimestampSigner:
    return TimestampSigner(rooms().config.secret_key, salt="a report")
