"""The pages on which somebody claims a listing or applies for one."""

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from referral.accounts import addresses, tokens
from referral.editing.fields import Plain
from referral.errors import UsageError
from referral.joining import applications, claims, doubles
from referral.joining.applications import Application
from referral.joining.forms import AddressForm, JoinForm
from referral.listings import cards, forgetting, partners, photos
from referral.listings.cards import Card
from referral.listings.published import Published
from referral.mail.addressing import compared
from referral.networks import areas
from referral.text import _
from referral.web import account, anyone, now, rooms, session, today, unseen, writing
from referral.web.audience import carries
from referral.web.entering import enter
from referral.web.limits import MAILED, SIGN_IN, blur, count, count_here, give_back, where

views = Blueprint("joining", __name__, url_prefix="/listing")


def _page(page: str, status: int = 200, **values: object) -> Response:
    return unseen(make_response(render_template(f"joining/{page}.html", **values), status))


def _card(listing: Published) -> Card:
    """What is seen of a listing; its name leads nowhere while nobody sees its page."""
    card = cards.card(listing, today())
    return card if listing.is_public else card._replace(url="")


def _onward(endpoint: str, **values: str) -> Response:
    return unseen(make_response(redirect(url_for(endpoint, **values), 303)))  # type: ignore[arg-type]  # parts of the path are text


def _address(form: Plain) -> str:
    """The address in the form, as we compare them; empty when there is none in it, which the form then says."""
    try:
        return addresses.clean(form["email"].data)
    except UsageError as error:
        form["email"].errors = [*form["email"].errors, error.text]
        return ""


def _limited(address: str) -> None:
    """Count this letter against who asks for it and who gets it; 429 when it is too many."""
    count_here(SIGN_IN, "sign-in")
    count(MAILED, "mailed link", address, where())


@views.get("/claim")
@anyone
def claim() -> Response:
    """Ask which address a network gave us."""
    return _page("claim", form=AddressForm())


@views.post("/claim")
@carries()
@anyone
def ask() -> Response:
    """Mail a link, and say the same whether or not there is a listing."""
    form = AddressForm(request.form)
    address = _address(form) if form.validate() else ""
    if not address:
        return _page("claim", 400, form=form)
    _limited(address)
    with writing() as writer:
        claims.ask(writer, address, now(), rooms().config.base_url)
        writer.commit()
    blur()
    return _onward("joining.mailed")


@views.get("/mailed")
@anyone
def mailed() -> Response:
    """Say what to do next, with the way back to the form that was sent."""
    again = url_for("joining.join" if request.args.get("to") == "join" else "joining.claim")
    return _page("mailed", minutes=claims.MINUTES, again=again)


@views.get("/claim/<secret>")
@anyone
def offered(secret: str) -> Response:
    """Show the listing and what one agrees to. Changes nothing: programs open links too."""
    found = claims.look(session(), secret, now())
    if not found:
        raise UsageError(_("This link is used or too old. Ask for another."), 410)
    address, shown = compared(found[0].content.email), [_card(one) for one in found]
    mine = _mine(address)
    have = None if mine else doubles.theirs(session(), address)
    if have is not None:
        return _page("both", cards=shown, have=_card(have))
    return _page("agree", cards=shown, mine=mine, applied=False, another="")


@views.post("/claim/<secret>")
@anyone
def accept(secret: str) -> Response:
    """Give them the listing, and sign them in."""
    count_here(SIGN_IN, "sign-in")
    if "both" in request.form:
        return _ended(secret)
    into = _into()
    with writing() as writer:
        offers = [one.id for one in claims.look(writer, secret, now())]
        with partners.told(writer, offers, now(), rooms().letterhead):  # it may be seen from now on
            owner = claims.accept(writer, secret, now(), request.form.get("listing", ""), into)
        if not into:
            enter(writer, owner, second_factor=False)
        address = owner.email
        writer.commit()
    give_back(MAILED, "mailed link", address, where())
    return _onward("editing.page")


def _ended(secret: str) -> Response:
    """Erase the listing of theirs that nobody looks after; they keep the one they have, and are signed in."""
    here = rooms()
    with writing() as writer:
        offers = [one.id for one in claims.look(writer, secret, now())]
        forgetting.begin(here.config.data)
        with partners.told(writer, offers, now(), here.letterhead):
            owner, gone = doubles.end(writer, secret, now(), request.form.get("listing", ""))
        enter(writer, owner, second_factor=False)
        writer.commit()
    photos.forget(here.config.photos_folder, [gone])
    forgetting.sweep_beside(here.engine, here.index, here.config.data, today())
    return _onward("editing.page")


def _mine(address: str = "") -> str:
    """The address that somebody without a listing is signed in with, unless it is this one; empty for nobody."""
    here = account()
    return here.email if here is not None and here.practitioner_id is None and here.email != address else ""


def _into() -> str:
    """The address of the account that was chosen; empty for the one the letter went to."""
    return _mine() if request.form.get("into") == "mine" else ""


@views.get("/join")
@anyone
def join() -> Response:
    """Ask who applies."""
    return _page("join", form=_join_form())


@views.post("/join")
@carries()
@anyone
def apply() -> Response:
    """Mail a link that confirms the address."""
    form = _join_form(filled=True)
    valid = form.validate()
    address = _address(form) if valid else ""
    if not address:
        return _page("join", 400, form=form)
    _limited(address)
    told = Application(**{name: form.data[name] for name in Application.__slots__})
    try:
        with writing() as writer:
            applications.ask(writer, address, told, now(), rooms().config.base_url)
            writer.commit()
    except UsageError as error:
        form["name"].errors = [error.text]
        return _page("join", error.status, form=form)
    return _onward("joining.mailed", to="join")


def _join_form(*, filled: bool = False) -> JoinForm:
    networks = [(network.slug, network.name) for network in areas.all_networks(session())]
    return JoinForm(request.form if filled else None, networks=networks)


@views.get("/join/<secret>")
@anyone
def applied(secret: str) -> Response:
    """Show what one agrees to. Changes nothing: programs open links too."""
    found = applications.look(session(), secret, now())
    if found is None:
        raise UsageError(_("This link is used or too old. Ask for another."), 410)
    mailed_to = tokens.look(session(), secret, applications.PURPOSE, now())
    there = applications.on_file(session(), secret, now())
    return _page(
        "agree",
        cards=[_card(one) for one in there],
        name=found.name,
        mine=_mine(mailed_to.address if mailed_to else ""),
        applied=True,
        another=applications.ANOTHER if applications.may_be_another(there, found) else "",
    )


@views.post("/join/<secret>")
@anyone
def begin(secret: str) -> Response:
    """Make the listing, which nobody sees yet, and sign them in."""
    count_here(SIGN_IN, "sign-in")
    into = _into()
    with writing() as writer:
        offers = [one.id for one in applications.on_file(writer, secret, now())]
        with partners.told(writer, offers, now(), rooms().letterhead):
            chosen = request.form.get("listing", "")
            owner = applications.accept(writer, secret, now(), rooms().gazetteer, rooms().letterhead, into, chosen)
        if not into:
            enter(writer, owner, second_factor=False)
        writer.commit()
    return _onward("editing.page")
