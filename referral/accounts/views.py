"""Signing in by a mailed link, the account's own page, and signing out."""

from collections.abc import Mapping

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request, url_for
from flask import session as cookie
from flask_security import login_user, logout_user
from sqlalchemy.orm import Session

from referral.accounts import addresses, devices, signin, signins
from referral.accounts.permissions import PRIVILEGED
from referral.errors import UsageError
from referral.model import Account, AuditEntry
from referral.web import account, anyone, arriving, now, rooms, session, signed, signed_in, unseen, writing
from referral.web.audience import AUDIENCE
from referral.web.limits import MAILED, SIGN_IN, count, count_here, where
from referral.web.security import SECRET, Person

views = Blueprint("accounts", __name__, url_prefix="/account")


def page(name: str, status: int = 200, **values: object) -> Response:
    """A page of somebody's account, kept by nobody."""
    return unseen(make_response(render_template(f"accounts/{name}.html", **values), status))


def onward(endpoint: str, **values: str) -> Response:
    """On to another page, after something was done."""
    path = url_for(endpoint, **values)  # type: ignore[arg-type]  # parts of the path are text
    return unseen(make_response(redirect(path, 303)))


def enter(session: Session, account: Account, *, second_factor: bool) -> None:
    """Sign `account` in with this browser, whoever was before. The view commits."""
    before = signed()
    if before is not None:
        signins.end(session, before.account.id, before.sign_in.public_id, now())
    device = devices.name(request.user_agent.string)
    secret = signins.begin(session, account, device, now(), second_factor=second_factor)
    cookie.clear()
    login_user(Person(account), remember=False)
    cookie[SECRET] = secret
    cookie.permanent = account.role not in PRIVILEGED


def leave() -> None:
    """Forget in this browser who was signed in."""
    logout_user()
    cookie.clear()


def landing(to: str) -> str:
    """The page somebody wanted, by the name of its route; else the account's own page."""
    return to if to in _destinations() else "accounts.overview"


def _destinations() -> Mapping[str, None]:
    """Pages for people with an account that need nothing more than their name."""
    rules = current_app.url_map.iter_rules()
    return {
        rule.endpoint: None
        for rule in rules
        if "GET" in (rule.methods or ())
        and not rule.arguments
        and getattr(current_app.view_functions[rule.endpoint], AUDIENCE, "anyone") not in ("anyone", "arriving")
    }


@views.get("/sign-in")
@anyone
def sign_in() -> Response:
    """Ask for an address to mail a link to."""
    return page("sign_in", to=landing(request.args.get("to", "")), email="", error="")


@views.post("/sign-in")
@anyone
def ask() -> Response:
    """Mail a link, and say the same whether or not we know the address."""
    typed, to = request.form.get("email", ""), landing(request.form.get("to", ""))
    try:
        address = addresses.clean(typed)
    except UsageError as error:
        return page("sign_in", 400, to=to, email=typed[: addresses.LONGEST], error=error.text)
    count_here(SIGN_IN, "sign-in")
    count(MAILED, "mailed link", address, where())
    with writing() as session:
        signin.ask(session, address, now(), rooms().config.base_url, to)
        session.commit()
    return onward("accounts.sent")


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
        account, to = found
        enter(session, account, second_factor=False)
        waits = signins.needs_second_factor(account)
        session.commit()
    return onward("accounts.second_factor" if waits else landing(to))


@views.get("")
@signed_in
def overview() -> Response:
    """Show how somebody signs in, and where they are signed in."""
    here = signed()
    assert here is not None
    return page("overview", browsers=signins.listed(session(), here.account, now()), this=here.sign_in)


@views.get("/second-factor")
@arriving
def second_factor() -> Response:
    """Ask for the second factor, or for setting one up."""
    return page("second_factor")


@views.post("/sign-out")
@arriving
def sign_out() -> Response:
    """Sign this browser out."""
    here = signed()
    assert here is not None
    with writing() as session:
        signins.end(session, here.account.id, here.sign_in.public_id, now())
        session.commit()
    leave()
    return onward("home.index")


@views.post("/sign-out/everywhere")
@arriving
def sign_out_everywhere() -> Response:
    """Sign every browser out."""
    here = signed()
    assert here is not None
    with writing() as session:
        mine = session.get_one(Account, here.account.id)
        signins.end_all(session, mine, now())
        _audit(session, mine, "sign_out_everywhere")
        session.commit()
    leave()
    return onward("home.index")


@views.post("/sessions/<public_id>/end")
@signed_in
def end(public_id: str) -> Response:
    """Sign one browser out."""
    mine = account()
    assert mine is not None
    with writing() as session:
        signins.end(session, mine.id, public_id, now())
        session.commit()
    return onward("accounts.overview")


def _audit(session: Session, account: Account, action: str) -> None:
    session.add(AuditEntry(at=now(), account_id=account.id, action=action, object=f"account:{account.public_id}"))
