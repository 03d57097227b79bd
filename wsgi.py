"""What a server serves: `wsgi:app`."""

from wsgiref.types import WSGIApplication

from referral import create_app, serving
from referral.tidying import tidied


def make() -> WSGIApplication:
    """The application in a process that serves it."""
    serving.end_with_parent()
    made = create_app()
    serving.work_beside(made.extensions["referral"])
    made.wsgi_app = tidied(made.wsgi_app)  # type: ignore[method-assign,assignment]  # the documented way
    return made


app = make()
