"""Signing in by a mailed link, the account's own page, and signing out."""

from flask import Blueprint, Response, abort, make_response, redirect, request, url_for
from sqlalchemy.orm import Session

from referral import text
from referral.accounts import addresses, factors, signin, signins
from referral.errors import UsageError
from referral.model import Account, AuditEntry
from referral.text import N_, _
from referral.web import anyone, arriving, now, rooms, session, signed_in, unseen, writing
from referral.web.entering import destination, enter, here, leave, page, to, wanted
from referral.web.limits import MAILED, SIGN_IN, blur, count, count_here, give_back, where

views = Blueprint("accounts", __name__, url_prefix="/account")

SAID = {
    "added": N_("The passkey was added. From now on you can sign in with it."),
    "forgotten": N_("Every passkey and all codes were taken away, and every other browser was signed out."),
    "done": N_("Done. This page shows how it is now."),
}
"""What was just done, by the word in the address -> what the page says."""


@views.get("/sign-in")
@anyone
def sign_in() -> Response:
    """Ask for an address to mail a link to."""
    return page("sign_in", to=wanted(request.args.get("to", "")), email="", error="")


@views.post("/sign-in")
@anyone
def ask() -> Response:
    """Mail a link, and say the same whether or not we know the address."""
    typed, asked = request.form.get("email", ""), wanted(request.form.get("to", ""))
    try:
        address = addresses.clean(typed)
    except UsageError as error:
        return page("sign_in", 400, to=asked, email=typed[: addresses.LONGEST], error=error.text)
    count_here(SIGN_IN, "sign-in")
    count(MAILED, "mailed link", address, where())
    with writing() as session:
        signin.ask(session, address, now(), rooms().config.base_url, asked)
        session.commit()
    blur()
    return to("accounts.sent")


@views.get("/sign-in/sent")
@anyone
def sent() -> Response:
    """Say what to do next."""
    return page("sign_in_sent", minutes=signin.MINUTES)


@views.get("/sign-in/<secret>")
@anyone
def confirm(secret: str) -> Response:
    """Ask for one press of a button: programs that look through letters open links, and press nothing."""
    found = signin.look(session(), secret, now())
    return page("sign_in_confirm", 200 if found else 410, known=found is not None)


@views.post("/sign-in/<secret>")
@anyone
def use(secret: str) -> Response:
    """Sign in, once."""
    count_here(SIGN_IN, "sign-in")
    with writing() as session:
        found = signin.use(session, secret, now())
        if found is None:
            return page("sign_in_confirm", 410, known=False)
        account, asked = found
        enter(session, account, second_factor=False)
        waits, onward = signins.needs_second_factor(account), destination(asked, session, account)
        address = account.email
        session.commit()
    give_back(MAILED, "mailed link", address, where())
    return to("second_factor.ask", to=asked or None) if waits else to(onward)


@views.post("/language")
@signed_in
def speak() -> Response:
    """Choose the language of one's letters and of one's own pages."""
    chosen = request.form.get("language", "")
    if chosen not in text.languages():
        abort(400)
    with writing() as session:
        session.get_one(Account, here().account.id).language = chosen
        session.commit()
    onward = url_for("accounts.overview", said="done", _anchor="said").removeprefix(text.at(""))
    return unseen(make_response(redirect(f"/{chosen}{onward}", 303)))


@views.get("")
@signed_in
def overview() -> Response:
    """Show how somebody signs in, and where they are signed in."""
    mine = here().account
    return page(
        "overview",
        mine=mine,
        listing_id=here().listing_id,
        browsers=signins.listed(session(), mine, now()),
        this=here().sign_in,
        keys=factors.keys(session(), mine),
        stopped=rooms().letterhead.stopped(session(), mine.email),
        held_back=rooms().letterhead.is_lost,
        said=_(SAID[said]) if (said := request.args.get("said", "")) in SAID else "",
    )


@views.post("/sign-out")
@arriving
def sign_out() -> Response:
    """Sign this browser out."""
    with writing() as session:
        signins.end(session, here().account.id, here().sign_in.public_id, now())
        session.commit()
    leave()
    return to("home.index")


@views.post("/sign-out/everywhere")
@arriving
def sign_out_everywhere() -> Response:
    """Sign every browser out."""
    with writing() as session:
        mine = session.get_one(Account, here().account.id)
        signins.end_all(session, mine, now())
        _audit(session, mine, "sign_out_everywhere")
        session.commit()
    leave()
    return to("home.index")


@views.post("/sessions/<public_id>/end")
@signed_in
def end(public_id: str) -> Response:
    """Sign one browser out."""
    with writing() as session:
        signins.end(session, here().account.id, public_id, now())
        session.commit()
    return to("accounts.overview", said="done")


def _audit(session: Session, account: Account, action: str) -> None:
    session.add(AuditEntry(at=now(), account_id=account.id, action=action, object=f"account:{account.public_id}"))
