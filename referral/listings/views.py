"""A therapist's own page, and the same as JSON."""

from functools import partial

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for

from referral.accounts import tokens
from referral.enquiries import relay
from referral.errors import UsageError
from referral.listings import attestations, pairs, photos, portraits, published
from referral.listings.profile import Profile, profile, whereabouts
from referral.listings.published import Published
from referral.search.answer import card as card_json
from referral.search.sources import area_name
from referral.text import _
from referral.web import account, actor, anyone, json, now, rooms, session, today, unseen, writing

views = Blueprint("listings", __name__)

KEPT = "public, max-age=2592000, immutable"
"""A photo never changes under its name; whoever left is gone from every cache within thirty days."""


@views.get("/therapists/<slug>")
@anyone
def therapist(slug: str) -> Response:
    """Show what is published of one person; 404 unless the listing is public."""
    listing = published.by_slug(session(), slug)
    found = _shown(listing)
    is_open = listing is not None and (found.demonstration or relay.is_open(session(), listing))
    if listing is not None:
        _count(listing)
    shown = {"profile": found, "framed": whereabouts(found.offices), "is_open": is_open}
    return make_response(render_template("listings/therapist.html", **shown))


@views.get("/therapists/<first>/and/<second>")
@anyone
def together(first: str, second: str) -> Response:
    """Show two who work together; 404 unless both are public and each has named the other."""
    found = pairs.by_slugs(session(), first, second)
    if found is None:
        abort(404)
    if first > second:
        return make_response(redirect(url_for("listings.together", first=second, second=first), 301))
    shown = pairs.pair(_profile(found[0]), _profile(found[1]))
    return make_response(render_template("listings/pair.html", pair=shown))


@views.get("/api/v1/therapists/<id>")
@anyone
def therapist_json(id: str) -> Response:
    """The same as JSON, by public id; 404 unless the listing is public."""
    listing = published.by_public_id(session(), id)
    found, base_url = _shown(listing), rooms().config.base_url
    is_open = listing is not None and relay.is_open(session(), listing)
    write_url = f"{base_url}/therapists/{found.card.slug}/write" if is_open else ""
    return json(_as_json(found, base_url) | {"write_url": write_url})


@views.get("/listing/confirm/<secret>")
@anyone
def confirm(secret: str) -> Response:
    """Show what stands in the listing, and a button. Changes nothing: programs that guard mailboxes open links too."""
    token = tokens.look(session(), secret, attestations.PURPOSE, now())
    found = published.load_any(session(), [token.listing_id]) if token and token.listing_id else []
    if not found or found[0].content.status == "removed":
        raise UsageError(_("This link was used already, or it is too old. If you have confirmed, all is well."), 410)
    return unseen(make_response(render_template("listings/confirm.html", profile=_profile(found[0]))))


@views.post("/listing/confirm/<secret>")
@anyone
def confirmed(secret: str) -> Response:
    """Note that the listing is still correct; the link can do nothing else, and that once."""
    with writing() as writer:
        token = tokens.use(writer, secret, attestations.PURPOSE, now())
        if token is None or token.listing_id is None:
            raise UsageError(
                _("This link was used already, or it is too old. If you have confirmed, all is well."), 410
            )
        attestations.confirm(writer, token.listing_id, now())
        writer.commit()
    return unseen(make_response(redirect(url_for("listings.thanks"), 303)))


@views.get("/listing/confirmed")
@anyone
def thanks() -> Response:
    """Say that it is noted."""
    return unseen(make_response(render_template("listings/confirmed.html")))


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


def _count(listing: Published) -> None:
    """Count that a page was opened, unless by the person it is about."""
    here = actor()
    if request.method == "GET" and (here is None or here.listing_id != listing.id):
        rooms().counts.note("opened", [listing.public_id], today())


def _shown(listing: Published | None) -> Profile:
    if listing is None:
        abort(404)
    return _profile(listing)


def _profile(listing: Published) -> Profile:
    return profile(listing, today(), partial(area_name, rooms().gazetteer))


def _as_json(found: Profile, base_url: str) -> dict[str, object]:
    """The card's facts, then what only the page has."""
    return card_json(found.card, base_url) | {
        "bio": found.bio,
        "bio_language": found.card.bio_language,
        "language_levels": found.language_levels,
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
