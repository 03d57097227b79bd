"""Who comes in: the audience of every view, and no unsafe request from another site."""

from contextlib import suppress
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, redirect, request, session, url_for
from flask_wtf.csrf import CSRFError, CSRFProtect
from sqlalchemy.exc import OperationalError

from referral import web
from referral.accounts import signins
from referral.accounts.signins import Signed
from referral.errors import UsageError
from referral.text import _
from referral.web.audience import ANYWHERE, AUDIENCE, LARGEST, ROLES
from referral.web.carrying import carried
from referral.web.characters import address_is_text, form_is_text
from referral.web.security import SECRET

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that change nothing."""

OURS = frozenset({"same-origin", "none"})
"""What a browser says of a request that one of our pages, or a person's own hand, made (Sec-Fetch-Site)."""

MOST_OF_NOBODY = 100_000
"""Bytes that somebody who is not signed in may send: no form for them is longer."""

csrf = CSRFProtect()


def keep(app: Flask) -> None:
    """Check every request at the door."""
    app.config.update(
        WTF_CSRF_CHECK_DEFAULT=False,  # nobody who is not signed in has a token: it would take a cookie
        WTF_CSRF_TIME_LIMIT=None,  # a form may be filled in slowly; the token ends with the session
        WTF_CSRF_SSL_STRICT=False,  # it asks for a Referer, which our pages never send
    )
    csrf.init_app(app)
    app.before_request(address_is_text)
    app.before_request(_no_larger_than_the_view_takes)
    app.before_request(_from_our_pages)
    app.before_request(_for_its_audience)  # nothing is read of who may not come in, but what is carried on
    app.before_request(_with_a_form_of_text)  # before the token is: of a form that was read the bytes are gone
    app.before_request(_with_its_token)


def let_in_anew() -> Response | None:
    """Ask what may have changed since somebody came in: whether they are signed in still, and as whom."""
    return _with_its_token() or _for_its_audience()


def _no_larger_than_the_view_takes() -> None:
    """Set how much may be sent, before anything reads it."""
    if request.method in SAFE:
        return
    view = current_app.view_functions.get(request.endpoint or "")
    largest = getattr(view, LARGEST, None)
    if SECRET not in session and getattr(view, AUDIENCE, None) == "anyone":  # what others typed before is carried on
        request.max_content_length = MOST_OF_NOBODY
    elif largest is not None and request.mimetype == "multipart/form-data":  # only a file is long
        request.max_content_length = largest


def _with_a_form_of_text() -> None:
    """Refuse what is no text, before the view reads it."""
    if request.method not in SAFE and request.endpoint is not None:
        form_is_text()


def _comes_from_anywhere() -> bool:
    """Whether it changes nothing, or is what another site may send, too."""
    return request.method in SAFE or hasattr(current_app.view_functions.get(request.endpoint or ""), ANYWHERE)


def _from_our_pages() -> None:
    """Refuse a request that changes something unless one of our own pages sent it."""
    if _comes_from_anywhere():
        return
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None:
        if site not in OURS:
            abort(403)
    elif urlsplit(origin or "").netloc != request.host:
        abort(403)


def _with_its_token() -> Response | None:
    """Refuse it, too, unless the form was made for this session."""
    return _of_this_session() if not _comes_from_anywhere() and SECRET in session else None


def _of_this_session() -> Response | None:
    try:
        csrf.protect()
    except CSRFError:
        if web.signed() is None:  # the session has ended, and the view is for anyone
            return None
        if (page := carried(400)) is not None:
            return page
        raise UsageError(
            _("This form is from before you signed in anew. Load its page again, then send it."), 400
        ) from None
    return None


def _for_its_audience() -> Response | None:
    """Let in who the view is for; others are asked to sign in, or told that it is not theirs."""
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or request.endpoint == "static":
        return None
    audience = getattr(view, AUDIENCE, None)
    if audience == "anyone":
        return None
    if audience is None:
        abort(403)
    here = web.signed()
    if here is None:
        if SECRET in session:
            session.clear()
        return _elsewhere("accounts.sign_in", 401, to=request.endpoint)
    _note(here)
    if audience == "arriving":
        return None
    if not here.complete:
        return _elsewhere("second_factor.ask", 403)
    return None if here.account.role in ROLES[audience] else abort(403)


def _elsewhere(endpoint: str, status: int, to: str | None = None) -> Response:
    """On to another page, for who only wanted to look; else the status, with what they typed where it is carried."""
    if request.method not in SAFE:
        return carried(status) or abort(status)
    answer = redirect(url_for(endpoint, to=to))
    assert isinstance(answer, Response)
    return web.unseen(answer)


def _note(here: Signed) -> None:
    """Note that the browser is in use, now and then; while nothing can be written, reading goes on without."""
    if signins.is_stale(here.sign_in, web.now()):
        with suppress(OperationalError), web.writing() as writing:
            signins.see(writing, here.sign_in.id, web.now())
            writing.commit()
        session.modified = True
