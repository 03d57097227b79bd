"""What a server serves: `wsgi:app`."""

import os
from wsgiref.types import WSGIApplication

from referral import COMMANDS, bodies, create_app, serving
from referral.tidying import tidied


def make() -> WSGIApplication:
    """The application in a process that serves it."""
    serving.end_with_parent()
    made = create_app()
    serving.work_beside(made.extensions["referral"])
    made.wsgi_app = bodies.whole(tidied(made.wsgi_app))  # type: ignore[method-assign,assignment]  # the documented way
    return made


def for_commands() -> WSGIApplication:
    """The application as commands know it: a setting that cannot be used is said to who typed one, in one line."""
    from referral.cli.saying import spoken  # a server needs no commands

    with spoken():
        return make()


app = for_commands() if os.environ.get(COMMANDS) == "true" else make()
