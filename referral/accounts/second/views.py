"""Showing a second factor, setting one up, taking it away, and recovery codes."""

from flask import Blueprint, Response, abort, request
from itsdangerous import BadData
from sqlalchemy.orm import Session

from referral.accounts import factors, signins
from referral.accounts.permissions import PRIVILEGED
from referral.model import Account, AuditEntry
from referral.text import _
from referral.web import arriving, now, session, signed_in, writing
from referral.web.entering import destination, enter, here, may_set_up, page, tell_of_change, to, wanted
from referral.web.limits import SIGN_IN, count
from referral.web.security import Person, extension

views = Blueprint("second_factor", __name__, url_prefix="/account/second-factor")

WINDOW = 30
"""Seconds a phone's clock may be wrong, either way."""

SET_UP_WITHIN = 15 * 60
"""Seconds between the picture and its first code."""


@views.get("")
@arriving
def ask() -> Response:
    """Ask for the second factor; who has none sets one up."""
    if here().complete:
        return to("accounts.overview")
    if may_set_up(here()):
        return to("second_factor.choose")
    return _asked()


@views.post("/code")
@arriving
def code() -> Response:
    """Let in who shows the code of this half minute."""
    count(SIGN_IN, "code", str(here().account.id))
    with writing() as session:
        account = _mine(session)
        typed = "".join(c for c in request.form.get("code", "") if c.isdigit())
        if not _is_right(account, account.tf_totp_secret or "", typed):
            return _asked(error=_("That is not the code of this moment. It changes every half minute."))
        enter(session, account, second_factor=True)
        onward = destination(request.form.get("to", ""), session, account)
        session.commit()
    return to(onward)


@views.post("/recovery")
@arriving
def recover() -> Response:
    """Let in who shows a recovery code, and forget the code."""
    count(SIGN_IN, "code", str(here().account.id))
    codes = extension().mf_recovery_codes_util
    with writing() as session:
        account = _mine(session)
        person, typed = Person(account), _recovery_code(request.form.get("recovery", ""))
        if not codes.check_recovery_code(person, typed):
            return _asked(recovery_error=_("That is none of your recovery codes, or it was used already."))
        codes.delete_recovery_code(person, typed)
        enter(session, account, second_factor=True)
        session.commit()
    return to("second_factor.left", to=wanted(request.form.get("to", "")) or None)


@views.get("/recovery-codes")
@signed_in
def left() -> Response:
    """Say to who came in by a recovery code how many are left, and lead them on."""
    mine = here().account
    onward = destination(request.args.get("to", ""), session(), mine)
    return page("codes_left", left=len(mine.mf_recovery_codes or ()), onward=onward)


@views.get("/set-up")
@arriving
def choose() -> Response:
    """Show the picture an app reads, and ask for its first code."""
    if not may_set_up(here()):
        return to("second_factor.ask")
    return _chosen(extension().totp_factory.generate_totp_secret())


@views.post("/set-up")
@arriving
def set_up() -> Response:
    """Ask for codes from now on, once the first is right; shows new recovery codes."""
    if not may_set_up(here()):
        abort(403)
    count(SIGN_IN, "code", str(here().account.id))
    secret = _secret(request.form.get("state", ""))
    typed = "".join(c for c in request.form.get("code", "") if c.isdigit())
    with writing() as session:
        account = _mine(session)
        if not secret or not _is_right(account, secret, typed):
            again = secret or extension().totp_factory.generate_totp_secret()
            return _chosen(again, _("That is not the code of this moment. It changes every half minute."))
        factors.set_up(session, account, secret, now())
        codes = extension().mf_recovery_codes_util.create_recovery_codes(Person(account))
        tell_of_change(session, account, "codes_added")
        enter(session, account, second_factor=True)
        session.commit()
    return page("recovery_codes", codes=codes, fresh=True)


@views.post("/remove")
@signed_in
def remove() -> Response:
    """Ask for no codes any more."""
    with writing() as session:
        account = _mine(session)
        if factors.remove(session, account, now()):
            tell_of_change(session, account, "codes_removed")
        session.commit()
    return to("accounts.overview", said="done")


@views.post("/forget")
@signed_in
def forget() -> Response:
    """Take away every passkey and all codes, and sign out every other browser: some may be somebody else's."""
    with writing() as session:
        account = _mine(session)
        if account.role in PRIVILEGED:
            abort(409)
        if has := factors.has_one(session, account):
            tell_of_change(session, account, "all_removed")
            factors.forget(session, account, now())
            signins.end_all(session, account, now())
            enter(session, account, second_factor=False)
        session.commit()
    return to("accounts.overview", said="forgotten" if has else "done")


@views.post("/recovery-codes")
@signed_in
def new_codes() -> Response:
    """Make new recovery codes and show them, once; the old ones end."""
    if not factors.has_one(session(), here().account):
        abort(409)
    with writing() as write:
        account = _mine(write)
        codes = extension().mf_recovery_codes_util.create_recovery_codes(Person(account))
        done = AuditEntry(
            at=now(), account_id=account.id, action="recovery_codes", object=f"account:{account.public_id}"
        )
        write.add(done)
        tell_of_change(write, account, "recovery_codes")
        write.commit()
    return page("recovery_codes", codes=codes, fresh=False)


def _mine(writing: Session) -> Account:
    """The account, which nobody else changes until the view has committed: what it has is looked at, and then taken."""
    return writing.get_one(Account, here().account.id, with_for_update=True, populate_existing=True)


def _asked(error: str = "", recovery_error: str = "") -> Response:
    status = 400 if error or recovery_error else 200
    account = here().account
    has = {"app": account.tf_totp_secret is not None, "passkey": bool(factors.keys(session(), account))}
    asked = wanted(request.values.get("to", ""))
    return page("second_factor", status, **has, error=error, recovery_error=recovery_error, to=asked)


def _chosen(secret: str, error: str = "") -> Response:
    account = here().account
    shown = extension().totp_factory.fetch_setup_values(secret, Person(account))
    state = extension().tf_setup_serializer.dumps([account.public_id, secret])
    must = not here().complete
    return page("second_factor_set_up", 400 if error else 200, shown=shown, state=state, error=error, must=must)


def _secret(state: str) -> str:
    """The secret that was shown to this account a moment ago; empty when it was not."""
    try:
        whose, secret = extension().tf_setup_serializer.loads(state, max_age=SET_UP_WITHIN)
    except (BadData, ValueError):
        return ""
    return str(secret) if whose == here().account.public_id else ""


def _is_right(account: Account, secret: str, typed: str) -> bool:
    """Whether it is the code of this moment, shown for the first time."""
    return bool(secret) and extension().totp_factory.verify_totp(typed, secret, Person(account), window=WINDOW)


def _recovery_code(typed: str) -> str:
    """A recovery code as it was shown, however it was typed."""
    plain = "".join(c for c in typed.lower() if c.isalnum())
    return "-".join(plain[i : i + 4] for i in range(0, len(plain), 4))
