"""What somebody sees when a thing goes wrong: a kind page with a way on, or problem+json for a program."""

import math
import secrets

import structlog
from flask import Flask, Response, g, has_request_context, make_response, render_template, request
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException

from referral import outages
from referral.errors import UsageError
from referral.guidance.hotlines import hotlines
from referral.text import _, ngettext
from referral.web import close_session, visitors_country
from referral.web.again import application, once_more, signed_in_as_before
from referral.web.carrying import carried
from referral.web.numbers import has_a_large_number

log = structlog.get_logger()

NO_SEARCH = (409, 413, 429)
"""What went wrong with something that was sent, or was one too many: another search is no way on."""

RETRY_SECONDS = 60
"""When to try again, where nothing better is known."""

TOMORROW = 12 * 60 * 60
"""Seconds from which nobody counts hours any more."""


def _words(status: int) -> tuple[str, str]:
    """(title, message) for a status."""
    known = {
        400: (_("We could not read that"), _("Something in the address or form is not as we expect it.")),
        403: (_("This page is not open to you"), _("You may need to sign in, or it belongs to somebody else.")),
        404: _not_there(),
        405: (_("We could not read that"), _("This page cannot be used in that way.")),
        409: (_("This did not go through"), _("Something changed in the meantime. Go back, and look at it once more.")),
        410: (
            _("This link does not work any more"),
            _("It may have moved, or a therapist may have left the directory."),
        ),
        413: (
            _("That is too much at once"),
            _("What was sent is larger than we can take. Go back, and send something smaller."),
        ),
        401: (_("Please sign in first"), _("You are not signed in any more. What you typed was not saved yet.")),
        503: (_("We will be back in a moment"), _("The directory is being looked after. Please try again shortly.")),
    }
    unknown = known[400] if 400 <= status < 500 else None
    return known.get(status) or unknown or (_("Something went wrong on our side"), _("It is not your fault."))


def _not_there() -> tuple[str, str]:
    """(title, message) for an address nothing stands at; of somebody's listing neither whether nor why it went."""
    if request.path.startswith("/therapists/"):
        return _("This listing is not shown"), _("This person may be taking a break, or the address is not right.")
    return _("There is no page here"), _("It may have moved, or a therapist may have left the directory.")


def explain(app: Flask) -> None:
    """Turn every failure into a page that helps."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(UsageError, _usage)
    app.register_error_handler(DBAPIError, _outage)
    app.register_error_handler(OverflowError, _too_large)
    app.register_error_handler(Exception, _bug)


def _http(error: HTTPException) -> Response:
    retry = getattr(error, "retry_after", None) or RETRY_SECONDS
    title, message = _often(int(retry)) if error.code == 429 else _words(error.code or 500)
    answer = (error.code == 429 and carried(429, message)) or _answer(error.code or 500, title, message)
    if error.code in (429, 503):
        answer.headers["Retry-After"] = str(retry)
    if error.response is not None and 300 <= error.response.status_code < 400:
        return make_response(error.response)
    return answer


def _often(seconds: int) -> tuple[str, str]:
    """(title, message): that it was too often, and when it may be tried again, of the limit that was reached."""
    if seconds >= TOMORROW:
        return _("Please try again later"), _("That was often. You can try again tomorrow.")
    minutes = math.ceil(seconds / 60)
    hours = math.ceil(minutes / 60)
    if minutes > 50:
        said = ngettext("in about an hour", "in about %(num)s hours", hours)
        message = _("That was often. You can try again %(when)s.") % {"when": said % {"num": hours}}
        return _("Please try again later"), message
    said = ngettext("in about a minute", "in about %(num)s minutes", minutes)
    message = _("Those were many requests in a short while. You can try again %(when)s.") % {
        "when": said % {"num": minutes}
    }
    return _("One moment, please"), message


def _usage(error: UsageError) -> Response:
    title, _message = _words(error.status)
    answer = _answer(error.status, title, error.text)
    if error.status == 503:
        answer.headers["Retry-After"] = str(RETRY_SECONDS)
    return answer


def _outage(error: DBAPIError) -> Response:
    """Somebody else was first: it is answered anew. The storage failed: what was sent comes back, to be sent again."""
    if (anew := once_more(error)) is not None:
        return anew
    status = outages.status(error)
    if status is None and outages.is_too_large(error):
        return _too_large(error)
    if status is None:
        return _bug(error)
    close_session(error)
    return _not_now(status, type(error.orig).__name__)


def _not_now(status: int, kind: str) -> Response:
    """The storage failed: what was sent comes back, to be sent again by who is signed in as before."""
    signed_in_as_before(application())
    log.error("outage", request_id=request_id(), route=request.endpoint, kind=kind, status=status)
    answer = carried(status, _refused()[1]) or _answer(status, *_refused())
    answer.headers["Retry-After"] = str(RETRY_SECONDS)
    return answer


def _refused() -> tuple[str, str]:
    """(title, message) while the storage fails: to who pressed a button, that it did not do what they asked for."""
    if request.method != "POST":
        return _words(outages.LATER)
    return _("This did not go through"), _("It could not be saved just now. Please try again in a few minutes.")


def _too_large(error: Exception) -> Response:
    """A number in an address or a form that no column holds: nothing of ours has it. Any other is a mistake of ours."""
    return _answer(400, *_words(400)) if has_a_large_number() else _bug(error)


def _bug(error: Exception) -> Response:
    """A mistake of ours: the log gets the trace without what anybody typed, the page gets a number.

    None of ours is a file beside the database that cannot be written: of the limits, a photo.
    """
    if (status := outages.of_a_file(error)) is not None:
        return _not_now(status, type(error).__name__)
    log.error("bug", request_id=request_id(), route=request.endpoint, kind=type(error).__name__, trace=_trace(error))
    return _answer(500, *_words(500))


def _trace(error: BaseException) -> list[str]:
    """Where it happened, without messages or values: they may hold what a visitor typed."""
    frames, trace = [], error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        frames.append(f"{code.co_filename}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return frames[-12:]


def request_id() -> str:
    """A random name of this request, to find it in the log."""
    if not has_request_context():
        return ""
    if "request_id" not in g:
        g.request_id = secrets.token_hex(6)
    return str(g.request_id)


def _answer(status: int, title: str, message: str) -> Response:
    if request.path.startswith(("/api/", "/places/")):
        return _problem(status, title, message)
    g.failed = True
    page = render_template(
        "errors/error.html",
        status=status,
        title=title,
        message=message,
        is_search_of_use=status < 500 and status not in NO_SEARCH and not _is_of_members(),
        is_of_members=_is_of_members(),
        request_id=request_id(),
        hotlines=hotlines(visitors_country()) if status in (500, 503) else [],
    )
    return _kept_by_nobody(make_response(page, status))


def _is_of_members() -> bool:
    """Whether it went wrong where somebody looks after a listing or the directory: no visitor, who wants a search."""
    return request.path.startswith(("/account", "/listing", "/moderation", "/coordination"))


def _problem(status: int, title: str, message: str) -> Response:
    """RFC 9457, and for any page to read, as the answers of the open API are."""
    content = {"type": "about:blank", "title": title, "status": status, "detail": message, "instance": request_id()}
    answer = make_response(content, status)
    answer.headers["Content-Type"] = "application/problem+json"
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return _kept_by_nobody(answer)


def _kept_by_nobody(answer: Response) -> Response:
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
