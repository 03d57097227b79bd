"""A therapist's own page, and the same as JSON."""

from functools import partial

from flask import Blueprint, Response, abort, make_response, render_template

from referral.listings import photos, portraits, published
from referral.listings.profile import Profile, profile
from referral.listings.published import Published
from referral.search.answer import card as card_json
from referral.search.sources import area_name
from referral.web import account, anyone, json, rooms, session, today

views = Blueprint("listings", __name__)

KEPT = "public, max-age=2592000, immutable"
"""A photo never changes under its name; whoever left is gone from every cache within thirty days."""


@views.get("/therapists/<slug>")
@anyone
def therapist(slug: str) -> Response:
    """Show what is published of one person; 404 unless the listing is public."""
    found = _shown(published.by_slug(session(), slug))
    return make_response(render_template("listings/therapist.html", profile=found))


@views.get("/api/v1/therapists/<id>")
@anyone
def therapist_json(id: str) -> Response:
    """The same as JSON, by public id; 404 unless the listing is public."""
    found = _shown(published.by_public_id(session(), id))
    return json(_as_json(found, rooms().config.base_url))


@views.get("/photos/<name>-<int:size>.<ending>")
@anyone
def photo(name: str, size: int, ending: str) -> Response:
    """Send a photo: to everybody while a public listing shows it, before that to its owner and to moderators."""
    path = photos.file(rooms().config.photos_folder, name, size, ending)
    public = path is not None and photos.is_public(session(), name)
    if path is None or not (public or photos.is_for(session(), name, account())):
        abort(404)
    answer = make_response(path.read_bytes())
    answer.mimetype = portraits.TYPES[ending]
    answer.headers["Cache-Control"] = KEPT if public else "private, no-store"
    return answer


def _shown(listing: Published | None) -> Profile:
    if listing is None:
        abort(404)
    return profile(listing, today(), partial(area_name, rooms().gazetteer))


def _as_json(found: Profile, base_url: str) -> dict[str, object]:
    """The card's facts, then what only the page has."""
    return card_json(found.card, base_url) | {
        "bio": found.bio,
        "bio_language": found.card.bio_language,
        "works_with": list(found.works_with),
        "topics": list(found.topics),
        "session_formats": list(found.formats),
        "session_minutes": list(found.session_minutes),
        "payment": list(found.payment),
        "costs": [
            {"amount": c.amount, "least": c.least, "currency": c.currency, "minutes": c.minutes} for c in found.costs
        ],
        "serves": list(found.serves),
        "website": found.website,
        "licences": [{"title": one.title} for one in found.licences],
    }
