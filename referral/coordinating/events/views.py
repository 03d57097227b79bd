"""The workshops of a network: listed, added, changed and called off by its coordinator."""

from flask import Blueprint, Response, request
from sqlalchemy.orm import Session

from referral import db
from referral.coordinating import scope
from referral.coordinating.views import me, onward, page
from referral.coordinating.workshop_form import WorkshopForm, dates, planned, told
from referral.errors import UsageError
from referral.listings.imports import locator
from referral.model import Network, Workshop
from referral.text import _
from referral.web import coordinator, now, rooms, writing
from referral.web.audience import carries
from referral.web.numbers import whole
from referral.workshops import publishing, times

views = Blueprint("events", __name__, url_prefix="/coordination/<slug>/workshops")


@views.get("")
@coordinator
def show(slug: str) -> Response:
    """Show what the network has announced and is not over."""
    with db.reading(rooms().engine) as here:
        network = _network(here, slug)
        announced = [(one, *publishing.local(one)) for one in publishing.of_network(here, network.id, now())]
    said = request.args.get("said", "")
    return page("workshops", network=network, announced=announced, said=said, clocks=times.clocks, hour=times.hour)


@views.get("/new")
@coordinator
def new(slug: str) -> Response:
    """Show an empty form."""
    return _form(slug, WorkshopForm())


@views.post("")
@carries()
@coordinator
def add(slug: str) -> Response:
    """Announce a workshop, or a series; what cannot be is shown again as it was typed."""
    filled = WorkshopForm(request.form)
    try:
        with writing() as here:
            network = _network(here, slug)
            _readable(filled)
            plan = planned(here, filled, locator(rooms().gazetteer))
            publishing.add(here, plan, dates(filled), now(), network_id=network.id, account_id=me().account_id)
            here.commit()
    except UsageError as error:
        return _form(slug, filled, error)
    return onward("events.show", slug=slug, said="added")


@views.get("/<public_id>")
@coordinator
def edit(slug: str, public_id: str) -> Response:
    """Show one workshop as a form."""
    with db.reading(rooms().engine) as here:
        one = _mine(here, _network(here, slug), public_id)
    return _form(slug, WorkshopForm(data=told(one)), one=one)


@views.post("/<public_id>")
@carries()
@coordinator
def change(slug: str, public_id: str) -> Response:
    """Change one workshop, and the words of the later ones of its series if that is asked for."""
    filled = WorkshopForm(request.form)
    with writing() as here:
        one = _mine(here, _network(here, slug), public_id)
        try:
            _readable(filled)
            publishing.change(
                here,
                public_id,
                planned(here, filled, locator(rooms().gazetteer)),
                dates(filled)[0],
                now(),
                version=request.form.get("version", -1, type=whole),
                account_id=me().account_id,
                following=request.form.get("following") == "yes",
            )
        except UsageError as error:
            here.rollback()
            return _form(slug, filled, error, one=one)
        here.commit()
    return onward("events.show", slug=slug, said="changed")


@views.post("/<public_id>/withdraw")
@coordinator
def withdraw(slug: str, public_id: str) -> Response:
    """Call one off, and the later ones of its series if that is asked for."""
    with writing() as here:
        _mine(here, _network(here, slug), public_id)
        following = request.form.get("following") == "yes"
        publishing.withdraw(here, public_id, now(), account_id=me().account_id, following=following)
        here.commit()
    return onward("events.show", slug=slug, said="withdrawn")


def _network(here: Session, slug: str) -> Network:
    return scope.network_for(here, me(), slug, "announce")


def _mine(here: Session, network: Network, public_id: str) -> Workshop:
    """The workshop, while it is one of this network. Raises UsageError, 404, otherwise."""
    one = publishing.found(here, public_id)
    if one.network_id != network.id:
        raise UsageError(_("There is no such workshop."), 404)
    here.refresh(one)
    here.expunge(one)
    return one


def _readable(filled: WorkshopForm) -> None:
    if not filled.validate():
        raise UsageError(_("Please look at what is marked below."))


def _form(slug: str, filled: WorkshopForm, error: UsageError | None = None, one: Workshop | None = None) -> Response:
    if error is not None and error.status in (403, 404):
        raise error
    with db.reading(rooms().engine) as here:
        network = _network(here, slug)
    status, said = (200, "") if error is None else (error.status, error.text)
    base = request.form.get("version", type=whole) or (one.version if one is not None else 0)
    shown = one.version if one is not None and status == 409 else base
    return page("workshop", status, network=network, form=filled, one=one, error=said, version=shown)
