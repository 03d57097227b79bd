"""What was typed when the session had ended: the page that says so shows and carries it. Kept nowhere else."""

from flask import Response, current_app, make_response, render_template, request, url_for

from referral import outages
from referral.web import unseen
from referral.web.audience import AUDIENCE, CARRIED
from referral.web.characters import form_is_text

MOST_BYTES = 200_000
"""Of a larger request nothing is read, nor shown again: any section without a picture is far smaller."""

MOST_FIELDS = 500
"""As many are carried; the largest section has fewer."""

SHOWN_FROM = 40
"""Characters from which something typed is shown, so that it can be copied; what is shorter is if people wrote it."""

OF_PEOPLE = frozenset("\n @")
"""What words and addresses have, and the names and numbers that a form chooses from have not."""

WAYS = {401: "accounts.sign_in", 403: "second_factor.ask", 400: "", 429: "", outages.LATER: "", outages.FULL: ""}
"""What is missing, by the status -> the route that mends it: to sign in, a second factor, only one press more."""

HOMES = {"therapist": "editing.page", "coordinator": "coordinating.overview", "moderator": "moderation.overview"}
"""For whom the view is -> the page they sign in to; for all others that of their account."""


def carried(status: int, why: str = "") -> Response | None:
    """The page with what was typed and a button that sends it again; None where the plain page has to do.

    It says `why` where there is more to say than that it was not saved. A button pressed before signing in leads here
    again. The token is not what came: it is that of the session now, so that only who reads the page can send it.
    Raises UsageError for what is no text.
    """
    apart = _not_carried()
    if apart is None:
        return None
    form_is_text()
    fields = [(name, value, _is_shown(value)) for name, value in request.form.items(multi=True) if name not in apart]
    if not fields or len(fields) > MOST_FIELDS:
        return None
    action, way = url_for(request.endpoint or "", **(request.view_args or {})), WAYS[status]
    way = way and url_for(way, to=HOMES.get(_audience(), "accounts.overview"))
    values = {"action": action, "way": way, "fields": fields, "is_without_file": _is_without_file(), "why": why}
    return unseen(make_response(render_template("errors/carried.html", **values), status))


def _not_carried() -> frozenset[str] | None:
    """Names of what is not carried; None where nothing is."""
    names = getattr(current_app.view_functions.get(request.endpoint or ""), CARRIED, None)
    return names if 0 < (request.content_length or 0) <= MOST_BYTES else None


def _audience() -> str:
    return str(getattr(current_app.view_functions.get(request.endpoint or ""), AUDIENCE, ""))


def _is_without_file() -> bool:
    """Whether a file came that is not carried, nor a picture of it."""
    return any(one.filename for one in request.files.values()) and not any(map(_is_picture, request.form.values()))


def _is_picture(value: str) -> bool:
    return value.startswith("data:")


def _is_shown(value: str) -> bool:
    return not _is_picture(value) and (len(value) >= SHOWN_FROM or not OF_PEOPLE.isdisjoint(value.strip(" ")))
