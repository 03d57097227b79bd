"""Another e-mail address: asked for, confirmed from the new one, undone from the old one."""

from flask import Blueprint, Response, request

from referral.accounts import addresses, factors, moving, signins
from referral.errors import UsageError
from referral.listings import following
from referral.model import Account, Token
from referral.text import _
from referral.web import anyone, now, rooms, session, signed_in, writing
from referral.web.audience import carries
from referral.web.entering import here, page, to
from referral.web.limits import MAILED, SIGN_IN, blur, count, count_here

views = Blueprint("address", __name__, url_prefix="/account/email")


@views.get("")
@signed_in
def form() -> Response:
    """Ask for the new address."""
    return page("email", email="", error="")


@views.post("")
@carries()
@signed_in
def ask() -> Response:
    """Mail a link to the new address."""
    typed = request.form.get("email", "")
    try:
        address = addresses.clean(typed)
        if address == here().account.email:
            raise UsageError(_("This is your address already."))
    except UsageError as error:
        return page("email", 400, email=typed[: addresses.LONGEST], error=error.text)
    count(MAILED, "new address", str(here().account.id))
    with writing() as session:
        account = session.get_one(Account, here().account.id)
        moving.ask(session, account, address, now(), rooms().config.base_url)
        session.commit()
    blur()
    return to("address.sent")


@views.get("/sent")
@signed_in
def sent() -> Response:
    """Say what to do next."""
    return page("email_sent", minutes=moving.MINUTES)


@views.get("/<secret>")
@anyone
def confirm(secret: str) -> Response:
    """Ask for one press of a button."""
    found = moving.look(session(), secret, moving.CHANGE, now())
    return page("email_confirm", 200 if found else 410, mailed_to=found and found.address, follows=_follows(found))


def _follows(link: Token | None) -> bool:
    """Whether visitors' messages come along."""
    account = session().get(Account, link.account_id) if link is not None and link.account_id else None
    return account is not None and following.comes_along(session(), account, account.email) is not None


@views.post("/<secret>")
@anyone
def change(secret: str) -> Response:
    """Change the address, once; every browser is signed out."""
    count_here(SIGN_IN, "sign-in")
    with writing() as session:
        moved = moving.change(session, secret, now(), rooms().letterhead)
        done = moved is not None
        if moved is not None:
            following.follow(session, moved.account, moved.before, now())
        session.commit()
    return page("email_done" if done else "email_confirm", 200 if done else 410, mailed_to=None, days=moving.UNDO_DAYS)


@views.get("/undo/<secret>")
@anyone
def look_back(secret: str) -> Response:
    """Ask for one press of a button."""
    found = moving.look(session(), secret, moving.UNDO, now())
    return page("email_undo", 200 if found else 410, mailed_to=found and found.address, done=False)


@views.post("/undo/<secret>")
@anyone
def undo(secret: str) -> Response:
    """Give the account its old address back; every browser is signed out."""
    count_here(SIGN_IN, "sign-in")
    with writing() as session:
        moved = moving.undo(session, secret, now(), rooms().letterhead)
        done, asks, opens = moved is not None, False, False
        if moved is not None:
            following.follow(session, moved.account, moved.before, now(), back=True)
            opens = factors.has_one(session, moved.account)
            asks = opens and signins.needs_second_factor(moved.account)
        session.commit()
    return page("email_undo", 200 if done else 410, mailed_to=None, done=done, asks=asks, opens=opens)
