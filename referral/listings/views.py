"""A therapist's own page, and the same as JSON."""

from functools import partial

from flask import Blueprint, Response, abort, make_response, render_template

from referral.listings import published
from referral.listings.profile import Profile, profile
from referral.listings.published import Published
from referral.search.answer import card as card_json
from referral.search.sources import area_name
from referral.web import anyone, json, rooms, session, today

views = Blueprint("listings", __name__)


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
