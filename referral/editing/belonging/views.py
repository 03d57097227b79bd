"""The networks a therapist belongs, belonged or applied to: shown, applied to, and an application taken back."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from sqlalchemy.orm import Session

from referral import db
from referral.editing.views import account_id, mine
from referral.errors import UsageError
from referral.listings.noting import audit
from referral.listings.published import Published
from referral.model import Listing
from referral.model.network import APPLIED
from referral.networks import applying, areas, rosters
from referral.text import _
from referral.web import now, rooms, therapist, today, unseen, writing
from referral.web.audience import carries

views = Blueprint("belonging", __name__, url_prefix="/listing/networks")


@dataclass(frozen=True, slots=True)
class Belonging:
    """One network, and what the therapist is to it."""

    slug: str
    name: str
    standing: str
    """One of "applied", "member", "former"."""
    since: date | None
    until: date | None
    earlier: tuple[tuple[date | None, date | None], ...]


@views.get("")
@therapist
def show() -> Response:
    """Show the networks one belongs to, and the others to apply to."""
    return _page(mine())


@views.post("")
@carries()
@therapist
def apply() -> Response:
    """Say that one belongs to a network; its coordinators decide."""
    listing, slug = mine("apply"), request.form.get("network", "")
    try:
        if not slug:
            raise UsageError(_("Choose a network."))
        with writing() as here:
            applying.apply(here, slug, _person(here, listing), account_id(), now(), rooms().letterhead)
            here.commit()
    except UsageError as error:
        return _page(listing, error)
    return _onward("applied")


@views.post("/<slug>/take-back")
@therapist
def take_back(slug: str) -> Response:
    """Take back an application nobody has decided about."""
    listing = mine("apply")
    with writing() as here:
        person = _person(here, listing)
        asked = [n.id for n, m in rosters.of_person(here, person) if (n.slug, m.kind) == (slug, APPLIED)]
        if not asked:
            raise UsageError(_("This was decided or changed in the meantime."), 409)
        rosters.decline(here, asked[0], person)
        audit(here, "take_back", [listing.public_id], now(), account_id=account_id(), detail={"network": slug})
        here.commit()
    return _onward("taken-back")


def _person(here: Session, listing: Published) -> int:
    """The number of the practitioner."""
    return here.get_one(Listing, listing.id).practitioner_id


def _page(listing: Published, error: UsageError | None = None) -> Response:
    with db.reading(rooms().engine) as here:  # the request's own moment of the database may be before what it did
        every = [(network.slug, network.name) for network in areas.all_networks(here)]
        own = [
            Belonging(n.slug, n.name, rosters.standing(m, today()), m.since, m.until, rosters.earlier(m))
            for n, m in rosters.of_person(here, _person(here, listing))
        ]
    bound = {one.slug for one in own if one.standing != "former"}
    others = [(slug, name) for slug, name in every if slug not in bound]
    values = {"own": own, "others": others, "chosen": request.form.get("network", ""), "said": request.args.get("said")}
    told = render_template("editing/networks.html", **values, error=error.text if error else "")
    return unseen(make_response(told, error.status if error else 200))


def _onward(said: str) -> Response:
    return unseen(make_response(redirect(url_for("belonging.show", said=said, _anchor="said"), 303)))
