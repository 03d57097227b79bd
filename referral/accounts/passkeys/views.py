"""Signing in with a passkey, adding one, taking one away. The only pages of an account that need a script."""

import json
from datetime import UTC
from typing import Any, cast

import webauthn
from flask import Blueprint, Response, abort, jsonify, request, url_for
from flask_security.forms import Form
from flask_security.webauthn import WebAuthnRegisterResponseForm, WebAuthnSigninResponseForm
from webauthn.helpers import options_to_json_dict
from webauthn.helpers.structs import PublicKeyCredentialDescriptor

from referral.accounts import devices, factors, tokens
from referral.errors import UsageError
from referral.model import Account, AuditEntry, Passkey
from referral.text import _
from referral.web import anyone, arriving, now, rooms, signed_in, today, unseen, writing
from referral.web.audience import carries
from referral.web.entering import destination, enter, here, may_set_up, tell_of_change, to
from referral.web.limits import SIGN_IN, count_here
from referral.web.security import Person, extension

views = Blueprint("passkeys", __name__, url_prefix="/account/passkeys")

SHOW, ADD = "passkey_shown", "passkey_added"
"""What a challenge is for; each is used once."""

MINUTES = 5

MOST = 20
"""Passkeys of one account."""


@views.post("/start")
@anyone
def start() -> Response:
    """What a browser needs to look for a passkey; nobody has said yet who they are."""
    count_here(SIGN_IN, "sign-in")
    with writing() as session:
        challenge = tokens.give(session, SHOW, "", now(), minutes=MINUTES)
        session.commit()
    wanted = extension().webauthn_util.authentication_options(None, ["first"], _common(challenge))
    return _options(challenge, webauthn.generate_authentication_options(**wanted))


@views.post("/show")
@anyone
def show() -> Response:
    """Sign in whose passkey was shown. It was unlocked by a finger, face or PIN, so it is both factors."""
    with writing() as session:
        form: WebAuthnSigninResponseForm = _form(WebAuthnSigninResponseForm)
        form.is_secondary = form.is_verify = False
        if tokens.use(session, form.challenge, SHOW, now()) is None or not form.validate():
            session.commit()
            raise UsageError(_("This passkey did not work here. Ask for a link by mail instead."), 400)
        _note_use(form)
        assert isinstance(form.user, Person)
        enter(session, form.user.account, second_factor=form.mf_check)
        onward = destination(request.form.get("to", ""), session, form.user.account)
        session.commit()
    return unseen(jsonify(to=url_for(onward)))


@views.post("/begin")
@arriving
def begin() -> Response:
    """What a browser needs to make a passkey for this account."""
    if not may_set_up(here()):
        abort(403)
    with writing() as session:
        account = session.get_one(Account, here().account.id)
        there = factors.keys(session, account)
        if len(there) >= MOST:
            raise UsageError(_("You have many passkeys already. Take one away first."), 409)
        person = Person(account)
        if not account.fs_webauthn_user_handle:
            extension().datastore.set_webauthn_user_handle(person)
        challenge = tokens.give(session, ADD, "", now(), minutes=MINUTES, account_id=account.id)
        wanted = _common(challenge) | {
            "rp_name": rooms().config.site.short_name,
            "user_id": (account.fs_webauthn_user_handle or "").encode(),
            "user_name": account.email,
            "exclude_credentials": [PublicKeyCredentialDescriptor(key.credential_id) for key in there],
        }
        session.commit()
    wanted = extension().webauthn_util.registration_options(person, "first", wanted)
    return _options(challenge, webauthn.generate_registration_options(**wanted))


@views.post("/add")
@arriving
def add() -> Response:
    """Keep the passkey a browser made; making it has shown a second factor."""
    if not may_set_up(here()):
        abort(403)
    with writing() as session:
        form: WebAuthnRegisterResponseForm = _form(WebAuthnRegisterResponseForm)
        token = tokens.use(session, form.challenge, ADD, now())
        form.name, form.usage = _name(factors.keys(session, here().account)), "first"
        if token is None or token.account_id != here().account.id or not form.validate():
            session.commit()
            raise UsageError(_("The passkey could not be added. Please try again."), 400)
        account = session.get_one(Account, here().account.id)
        session.add(_made(form, account))
        done = AuditEntry(at=now(), account_id=account.id, action="passkey", object=f"account:{account.public_id}")
        session.add(done)
        tell_of_change(session, account, "passkey_added")
        enter(session, account, second_factor=True)
        session.commit()
    return unseen(jsonify(to=url_for("accounts.overview", said="added", _anchor="said")))


@views.post("/<int:key_id>/remove")
@signed_in
def remove(key_id: int) -> Response:
    """Forget a passkey."""
    with writing() as session:
        account = session.get_one(Account, here().account.id, with_for_update=True, populate_existing=True)
        if factors.remove_key(session, account, key_id, now()):
            tell_of_change(session, account, "passkey_removed")
        session.commit()
    return to("accounts.overview", said="done")


@views.post("/<int:key_id>/rename")
@carries()
@signed_in
def rename(key_id: int) -> Response:
    """Call a passkey something else."""
    with writing() as session:
        account = session.get_one(Account, here().account.id)
        factors.rename_key(session, account, key_id, request.form.get("name", ""))
        session.commit()
    return to("accounts.overview", said="done")


def _form(kind: type[Form]) -> Form:
    """What a browser sent back, for the library to check; that it came from our page was seen at the door."""
    form = kind(meta={"csrf": False})
    form.challenge = request.form.get("state", "")
    form.user_verification = True
    return form


def _common(challenge: str) -> dict[str, Any]:
    return {"challenge": challenge.encode(), "rp_id": request.host.split(":")[0], "timeout": MINUTES * 60_000}


def _options(challenge: str, options: Any) -> Response:
    return unseen(jsonify(state=challenge, options=options_to_json_dict(options)))


def _name(there: list[Passkey]) -> str:
    """What to call a new passkey: as its owner says, else after where and when it was made."""
    device, taken = devices.name(request.user_agent.string), {key.name for key in there}
    return factors.clean_name(request.form.get("name", "")) or factors.default_name(device, taken, today())


def _note_use(form: WebAuthnSigninResponseForm) -> None:
    """Note on the passkey that it was used, and how often: a copy would count differently."""
    key, shown = cast(Passkey, form.cred), form.authentication_verification  # our table acts as theirs
    key.lastuse_datetime = now().astimezone(UTC).replace(tzinfo=None)
    key.sign_count = shown.new_sign_count
    key.backup_state = shown.credential_backed_up
    key.device_type = shown.credential_device_type


def _made(form: WebAuthnRegisterResponseForm, account: Account) -> Passkey:
    made, at = form.registration_verification, now().astimezone(UTC).replace(tzinfo=None)
    return Passkey(
        account_id=account.id,
        credential_id=made.credential_id,
        public_key=made.credential_public_key,
        sign_count=made.sign_count,
        transports=[str(t.value) for t in form.transports],
        backup_state=made.credential_backed_up,
        device_type=made.credential_device_type,
        extensions=json.dumps(form.extensions) if form.extensions else None,
        create_datetime=at,
        lastuse_datetime=at,
        name=form.name,
        usage="first",
    )
