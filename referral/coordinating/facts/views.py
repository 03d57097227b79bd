"""What a network says of itself: seen, changed, and taken back while it waits."""

from functools import partial
from typing import Any

from flask import Blueprint, Response, request
from sqlalchemy.orm import Session

from referral import db
from referral.coordinating import form, scope
from referral.coordinating.form import FactsForm
from referral.coordinating.views import me, onward, page
from referral.listings.differences import Difference
from referral.model import Network
from referral.networks import facts, keeping
from referral.search.sources import area_name
from referral.web import coordinator, now, rooms, writing
from referral.web.audience import carries
from referral.web.numbers import whole

views = Blueprint("facts", __name__, url_prefix="/coordination/<slug>/facts")


@views.get("")
@coordinator
def show(slug: str) -> Response:
    """Show the form with what is said now, and what waits."""
    return _shown(slug)


@views.post("")
@carries()
@coordinator
def save(slug: str) -> Response:
    """Publish or propose what was typed; what cannot be is shown again, and so is what somebody else changed."""
    filled = form.form(request.form)
    with writing() as here:
        network = _network(here, slug)
        wish = form.wished(filled, rooms().gazetteer, facts.facts(network))
        base = request.form.get("base", -1, type=whole)
        if wish is None:
            return _shown(slug, filled, 400, base=base)
        try:
            done = keeping.submit(here, network.id, wish, base, me().account_id, now())
        except keeping.Outdated as late:
            told = facts.between(late.current, facts.checked(wish), _names())
            return _shown(slug, filled, 409, told)
        here.commit()
    said = "both" if done.published and done.waiting else "published" if done.published else "waiting"
    return onward("facts.show", slug=slug, said=said if done.published or done.waiting else "nothing")


@views.post("/take-back")
@coordinator
def take_back(slug: str) -> Response:
    """Withdraw what waits."""
    with writing() as here:
        keeping.take_back(here, _network(here, slug).id, me().account_id, now())
        here.commit()
    return onward("facts.show", slug=slug)


def _network(here: Session, slug: str) -> Network:
    return scope.network_for(here, me(), slug, "edit")


def _names() -> Any:
    return partial(area_name, rooms().gazetteer)


def _shown(
    slug: str,
    filled: FactsForm | None = None,
    status: int = 200,
    conflict: list[Difference] | None = None,
    base: int | None = None,
) -> Response:
    with db.reading(rooms().engine) as here:
        network = _network(here, slug)
        waits = keeping.waiting(here, network.id)
        now_there = facts.facts(network)
        wanted = keeping.wanted(network, waits)
    waiting = facts.between(now_there, waits.content, _names()) if waits is not None else []
    return page(
        "facts",
        status,
        network=network,
        form=filled or form.form(data=form.told(wanted, _names())),
        waiting=waiting,
        asked_on=waits.made_at if waits is not None else None,
        conflict=conflict or [],
        base=network.version if base is None else base,
        said=request.args.get("said", ""),
    )
