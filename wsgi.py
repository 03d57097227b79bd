"""What a server serves: `wsgi:app`."""

import gc
from wsgiref.types import WSGIApplication

from referral import create_app, serving


def make() -> WSGIApplication:
    """The application in a process that serves it."""
    serving.end_with_parent()
    made = create_app()
    serving.work_beside(made.extensions["referral"])
    gc.freeze()  # what was loaded stays: no use in looking through it again and again while pages are made
    gc.set_threshold(*serving.RARELY)
    return made


app = make()
