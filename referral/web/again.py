"""Once more: a request that lost against another of the same moment is answered anew, as if it had come after that.

What it had written is undone by then, and a view commits once: so nothing is done twice. Who comes second sees the page
of who comes second; whoever may not come in any more is told so at the door.
"""

import random
import time

from flask import Flask, Response, current_app, g, request, session
from sqlalchemy.exc import DBAPIError

from referral import outages
from referral.web import close_session
from referral.web.doors import let_in_anew

MOST = 6
"""So many times; each time at least one of those who came at once is through."""

WAIT = 0.02
"""Seconds at most before the first time, twice as many before the next: not all of them at one moment again."""


def watch(app: Flask) -> None:
    """Note who is past every door: what fails before that is not tried again, for only the last door would be."""
    app.before_request(_past_the_doors)


def _past_the_doors() -> None:
    g.let_in = True


def once_more(error: DBAPIError) -> Response | None:
    """The answer of the same view, called anew; None when that would not help."""
    tries = g.get("tries", 0) + 1
    if "let_in" not in g or tries > MOST or not outages.was_raced(error):
        return None
    close_session(error)
    g.tries = tries
    time.sleep(random.uniform(0, WAIT * 2 ** (tries - 1)))
    app = application()
    _as_it_came(app)
    try:
        return app.make_response(let_in_anew() or app.dispatch_request())
    except Exception as anew:
        return app.make_response(app.handle_user_exception(anew))


def application() -> Flask:
    """The application itself."""
    return current_app._get_current_object()  # type: ignore[attr-defined,no-any-return]  # the documented way to it


def _as_it_came(app: Flask) -> None:
    """Forget what the view learned and set, and let it read anew what files hold."""
    signed_in_as_before(app)
    for files in request.files.listvalues():
        for file in files:
            file.seek(0)


def signed_in_as_before(app: Flask) -> None:
    """Forget what the view learned of who is signed in, and the cookie it was about to send: what it did is undone."""
    g.pop("_login_user", None)
    sent = app.session_interface.open_session(app, request)
    session.clear()
    session.update(sent or {})
    session.modified = False
