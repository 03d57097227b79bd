"""What machines ask."""

from datetime import timedelta

from flask import Blueprint, Response, abort, make_response, render_template
from sqlalchemy.exc import SQLAlchemyError

from referral import changes
from referral.status import sitemap
from referral.web import anyone, now, rooms, session, sources

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

Sitemap: {base}/sitemap.xml
"""

SECURITY = """Contact: {base}/about#contact
Expires: {until}
Canonical: {base}/.well-known/security.txt
"""
"""RFC 9116; a page and no address, for harvesters read it first."""

GOOD_FOR = timedelta(days=180)


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
    if not rooms().health.sound():
        return _plain("the storage failed", 503)
    if seq and not rooms().index.state().generation:
        return _plain("the index is being built", 503)
    return _plain("ok")


@views.get("/robots.txt")
@anyone
def robots() -> Response:
    """Let search engines see the page of a town or country, and keep out what somebody chose or typed there."""
    return _plain(ROBOTS.format(base=rooms().config.base_url))


@views.get("/.well-known/security.txt")
@anyone
def security() -> Response:
    """Say whom to tell of a hole."""
    until = f"{now() + GOOD_FOR:%Y-%m-%dT%H:%M:%SZ}"
    return _plain(SECURITY.format(base=rooms().config.base_url, until=until))


@views.get("/sitemap.xml")
@anyone
def sitemap_index() -> Response:
    """Name the parts of the sitemap."""
    return _xml("sitemaps", parts=sitemap.parts(session()))


@views.get("/sitemap/pages.xml")
@anyone
def sitemap_pages() -> Response:
    """Every public page but those of therapists."""
    return _xml("sitemap", lines=sitemap.pages(sources().editorial))


@views.get("/sitemap/therapists-<int(max=9999):number>.xml")
@anyone
def sitemap_therapists(number: int) -> Response:
    """One part of the therapists' pages."""
    return _xml("sitemap", lines=(number and sitemap.therapists(session(), number)) or abort(404))


@views.get("/opensearch.xml")
@anyone
def opensearch() -> Response:
    """Tell a browser how to search here from its own field."""
    return _xml("opensearch", "application/opensearchdescription+xml")


def _xml(name: str, mimetype: str = "application/xml", **values: object) -> Response:
    answer = make_response(render_template(f"status/{name}.xml", base=rooms().config.base_url, **values))
    answer.headers["Content-Type"] = f"{mimetype}; charset=utf-8"
    return answer


def _plain(words: str, status: int = 200) -> Response:
    answer = make_response(words, status)
    answer.headers["Content-Type"] = "text/plain; charset=utf-8"
    return answer
