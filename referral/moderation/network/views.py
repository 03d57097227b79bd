"""Moderators' page of what a network asks to say of itself: read field by field, published or returned."""

from functools import partial

from flask import Blueprint, Response, abort, request
from sqlalchemy.orm import Session

from referral import db
from referral.accounts.permissions import Thing, may
from referral.model import NetworkRevision
from referral.moderation import networks
from referral.moderation.views import me, onward, page, returned
from referral.networks import facts, keeping
from referral.search.sources import area_name
from referral.web import actor, moderator, now, rooms, writing
from referral.web.audience import carries

views = Blueprint("network_revisions", __name__, url_prefix="/moderation/networks/<int:number>")


@views.get("")
@moderator
def show(number: int) -> Response:
    """Show one revision field by field; what was decided already is said."""
    return _shown(number)


@views.post("/approve")
@moderator
def approve(number: int) -> Response:
    """Publish what this revision asks for."""
    with writing() as here:
        _allowed(here, number, "approve")
        networks.approve(here, number, me(), rooms().config.base_url, now())
        here.commit()
    return onward("moderation.overview", done="published")


@views.post("/return")
@carries()
@moderator
def send_back(number: int) -> Response:
    """Return this revision with a reason; without one the page is shown again."""

    def send(here: Session, reason: str) -> None:
        _allowed(here, number, "send_back")
        networks.send_back(here, number, me(), reason, rooms().config.base_url, now())

    return returned(send, partial(_shown, number))


def _thing(row: NetworkRevision) -> Thing:
    return Thing("network_revision", state=row.state, account_id=row.author_id)


def _allowed(here: Session, number: int, action: str) -> None:
    """403 about what one asked for oneself; what was decided already is said by `keeping`."""
    row, who = here.get(NetworkRevision, number), actor()
    if row is not None and row.state == "proposed" and (who is None or not may(who, action, _thing(row))):
        abort(403)


def _shown(number: int, error: str = "", status: int = 200) -> Response:
    with db.reading(rooms().engine) as here:
        row = here.get(NetworkRevision, number)
        if row is None:
            abort(404)
        network = keeping.found(here, row.network_id)
    before = {**facts.facts(network), **(row.before if row.state != "proposed" else {})}
    told = facts.between(before, row.content, partial(area_name, rooms().gazetteer))
    typed, own = request.form.get("reason", ""), row.author_id == me()
    return page("network", status, row=row, network=network, told=told, own=own, error=error, typed=typed)
