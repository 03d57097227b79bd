"""What machines ask."""

from flask import Blueprint, Response, make_response
from sqlalchemy.exc import SQLAlchemyError

from referral import changes
from referral.web import anyone, rooms, session

views = Blueprint("status", __name__)

ROBOTS = """User-agent: *
Disallow: /search
Allow: /search?in=
Allow: /search?place=
Disallow: /search?in=*&
Disallow: /search?place=*&
Disallow: /shortlist
Disallow: /api/
Disallow: /places/
"""


@views.get("/healthz")
@anyone
def alive() -> Response:
    """Answer while the process lives."""
    return _plain("ok")


@views.get("/readyz")
@anyone
def ready() -> Response:
    """Answer 200 when the database answers and what it holds can be searched."""
    try:
        seq = changes.latest(session())
    except SQLAlchemyError:
        return _plain("the database does not answer", 503)
    if seq and not rooms().index.state().generation:
        return _plain("the index is being built", 503)
    return _plain("ok")


@views.get("/robots.txt")
@anyone
def robots() -> Response:
    """Let search engines see the page of a town or country, and keep out what somebody chose or typed there."""
    return _plain(ROBOTS)


def _plain(words: str, status: int = 200) -> Response:
    answer = make_response(words, status)
    answer.headers["Content-Type"] = "text/plain; charset=utf-8"
    return answer
