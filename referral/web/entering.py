"""What the pages of somebody's account share: coming in, leaving, and where to go on."""

from collections.abc import Set
from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Response, current_app, make_response, redirect, render_template, request, session, url_for
from flask_security import login_user, logout_user
from sqlalchemy.orm import Session

from referral import mail
from referral.accounts import devices, factors, signins, telling
from referral.accounts.permissions import PRIVILEGED
from referral.accounts.signins import Signed
from referral.model import Account
from referral.web import now, rooms, signed, unseen
from referral.web import session as reading
from referral.web.audience import AUDIENCE
from referral.web.security import SECRET, Person

OPEN = frozenset({"anyone", "arriving"})
"""Audiences whose pages are nowhere to be sent to after signing in."""


def page(name: str, status: int = 200, **values: object) -> Response:
    """A page of somebody's account, kept by nobody."""
    return unseen(make_response(render_template(f"accounts/{name}.html", named=_is_named(), **values), status))


def _is_named() -> bool:
    """Whether the browser asked for a name: no passkey is bound to a number."""
    try:
        ip_address(urlsplit(f"//{request.host}").hostname or "")
    except ValueError:
        return True
    return False


def to(endpoint: str, **values: str | None) -> Response:
    """On to another page, after something was done."""
    place = "said" if values.get("said") else None  # read last, whatever a screen reader says as the page loads
    path = url_for(endpoint, _anchor=place, **values)  # type: ignore[arg-type]  # parts of the path are text
    return unseen(make_response(redirect(path, 303)))


def wanted(name: str) -> str:
    """The route somebody wanted to see before they signed in; empty when they named none they can be led to."""
    return name if name in _destinations() else ""


def destination(name: str, session: Session, account: Account) -> str:
    """The route `account` wanted to see; else a therapist's own listing, and the page of the account for all others."""
    is_listed = account.role == "therapist" and signins.has_listing(session, account)
    return wanted(name) or ("editing.page" if is_listed else "accounts.overview")


def _destinations() -> Set[str]:
    """Routes of pages for people with an account that need nothing more than their name."""
    rules, views = current_app.url_map.iter_rules(), current_app.view_functions
    plain = (rule.endpoint for rule in rules if "GET" in (rule.methods or ()) and not rule.arguments)
    return {name for name in plain if getattr(views[name], AUDIENCE, "anyone") not in OPEN}


def here() -> Signed:
    """Who is signed in, in a view that lets nobody else in."""
    found = signed()
    assert found is not None
    return found


def may_set_up(here: Signed) -> bool:
    """Whether this browser may add a second factor: it has shown one, or there is none that it could have shown."""
    return here.complete or not factors.has_one(reading(), here.account)


def enter(writing: Session, account: Account, *, second_factor: bool) -> None:
    """Sign `account` in with this browser, whoever was before, by a new secret. The view commits."""
    before = signed()
    if before is not None:
        signins.end(writing, before.account.id, before.sign_in.public_id, now())
    device = devices.name(request.user_agent.string)
    if signins.is_new(writing, account, device):
        _tell(writing, account, device)
    secret = signins.begin(writing, account, device, now(), second_factor=second_factor)
    session.clear()
    login_user(Person(account), remember=False)
    session[SECRET] = secret
    session.permanent = account.role not in PRIVILEGED


def tell_of_change(writing: Session, account: Account, change: str) -> None:
    """Write to the account's owner what changed in how they sign in: whoever did it, they should know."""
    telling.changed(writing, account, change, rooms().config.base_url, now())


def _tell(writing: Session, account: Account, device: str) -> None:
    """Write to the account's owner that somebody signed in, with a link to where they can be signed out."""
    values = {"link": rooms().config.base_url + url_for("accounts.overview"), "device": device, "at": now()}
    mail.post(writing, account.email, "new_session", values, now(), language=account.language, account_id=account.id)


def leave() -> None:
    """Forget in this browser who was signed in."""
    logout_user()
    session.clear()
