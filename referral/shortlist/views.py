"""The people on a short list, and up to four of them side by side. The list stands in the address; nothing is kept."""

import re
from functools import partial

from flask import Blueprint, Response, make_response, render_template, request

from referral.listings import published
from referral.listings.profile import profile
from referral.listings.published import Published
from referral.search.sources import area_name
from referral.web import anyone, rooms, session, sources, today, unseen

views = Blueprint("shortlist", __name__, url_prefix="/shortlist")

_ID = re.compile(r"[A-Za-z0-9]{1,32}", re.ASCII)

MOST = 20
"""People on a list; who has more has not chosen yet."""

SIDE_BY_SIDE = 4


@views.get("")
@anyone
def page() -> Response:
    """Show the cards of the people in the address, in its order."""
    found = _chosen()
    cards = sources().cards({one.id: None for one in found})
    shown = [cards[one.id] for one in found if one.id in cards]
    there, base = {one.public_id for one in found}, rooms().config.base_url
    asked, over = _asked()
    missing = [id for id in asked if id not in there]
    return unseen(
        make_response(
            render_template("shortlist/page.html", cards=shown, missing=missing, over=over, most=MOST, base=base)
        )
    )


@views.get("/compare")
@anyone
def compare() -> Response:
    """Show two to four people side by side."""
    names = partial(area_name, rooms().gazetteer)
    chosen, (asked, _over) = _chosen(), _asked()
    found = [profile(one, today(), names) for one in chosen[:SIDE_BY_SIDE]]
    return unseen(
        make_response(
            render_template(
                "shortlist/compare.html",
                profiles=found,
                over=len(chosen) > SIDE_BY_SIDE,
                missing=len(asked) - len(chosen),
            )
        )
    )


def _asked() -> tuple[list[str], int]:
    """The public ids in the address, each once, and how many more there are than a list holds."""
    ids = list(dict.fromkeys(id for id in request.args.getlist("t") if _ID.fullmatch(id)))
    return ids[:MOST], max(0, len(ids) - MOST)


def _chosen() -> list[Published]:
    return published.by_public_ids(session(), _asked()[0])
