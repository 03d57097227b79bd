"""Flask-Security as we use it: its passkeys, second factors, recovery codes and log-in; none of its routes or pages."""

import base64
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, cast

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import Flask, current_app, g, session
from flask_login.utils import _user_context_processor
from flask_security import Security, Totp, UserDatastore, UserMixin, WebauthnUtil
from passlib.exc import UsedTokenError
from passlib.totp import TotpMatch
from sqlalchemy import select
from sqlalchemy.orm import Session, object_session
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from referral import web
from referral.accounts import factors, signins
from referral.accounts.signins import IDLE, Signed
from referral.config import Config
from referral.model import Account, Passkey

SECRET = "sign_in"
"""Where the cookie holds the secret of this browser."""

CODES = 10
"""Recovery codes made at a time."""


class Person(UserMixin):
    """An account, as Flask-Security wants to see one."""

    fs_uniquifier = ""
    """Flask-Security looks for it on the class."""

    def __init__(self, account: Account, signed: Signed | None = None) -> None:
        self.account = account
        self.signed = signed
        self.id = account.id
        self.active = account.active
        self.email = account.email
        self.fs_uniquifier = account.fs_uniquifier
        self.roles = []

    @property
    def webauthn(self) -> Any:  # type: ignore[override]  # nobody sets it
        """The account's passkeys."""
        here = object_session(self.account) or web.session()
        return list(here.scalars(select(Passkey).where(Passkey.account_id == self.id).order_by(Passkey.id)))

    @property
    def fs_webauthn_user_handle(self) -> Any:
        """What the account's passkeys know it by; None before the first."""
        return self.account.fs_webauthn_user_handle

    @fs_webauthn_user_handle.setter
    def fs_webauthn_user_handle(self, value: str) -> None:
        self.account.fs_webauthn_user_handle = value

    @property
    def mf_recovery_codes(self) -> list[str]:
        """The account's recovery codes, encrypted."""
        return list(self.account.mf_recovery_codes)

    @mf_recovery_codes.setter
    def mf_recovery_codes(self, value: list[str]) -> None:
        self.account.mf_recovery_codes = value


class People(UserDatastore):
    """Accounts and passkeys in our own tables, for Flask-Security; in the transaction of the view that asks."""

    def __init__(self) -> None:
        super().__init__(
            Person, cast(Any, None), cast(Any, Passkey)
        )  # no roles of theirs; our passkeys act like theirs

    def put(self, model: object) -> object:
        """Keep what is new; what was read is kept with its session."""
        if isinstance(model, Passkey):
            _session().add(model)
        return model

    def delete(self, model: object) -> None:
        """Forget a passkey."""
        _session().delete(model)

    def find_user(self, case_insensitive: bool = False, **by: Any) -> Person | None:
        """The person whose one field has this value; nobody who is suspended."""
        ((name, value),) = by.items()
        account = _session().scalar(select(Account).where(getattr(Account, name) == value, Account.active))
        return None if account is None else Person(account)

    def find_webauthn(self, credential_id: bytes) -> Any:
        """The passkey a browser showed."""
        return _session().scalar(select(Passkey).where(Passkey.credential_id == credential_id))

    def find_user_from_webauthn(self, webauthn: Any) -> Person | None:
        """Whose passkey it is."""
        return self.find_user(id=webauthn.account_id)

    def mf_delete_recovery_code(self, user: Any, idx: int) -> bool:
        """Forget a used code."""
        user.mf_recovery_codes = [code for n, code in enumerate(user.mf_recovery_codes) if n != idx]
        return True


class Keys(WebauthnUtil):
    """Passkeys of any kind, on a phone or laptop too; always with a finger, face or PIN, so that they count twice."""

    def authenticator_selection(self, user: UserMixin, usage: str) -> AuthenticatorSelectionCriteria:
        """A key the browser finds by itself, that asks who holds it."""
        return AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        )

    def user_verification(self, user: UserMixin | None, usage: list[str]) -> UserVerificationRequirement:
        """Always."""
        return UserVerificationRequirement.REQUIRED


class Codes(Totp):
    """Codes of an app; each counts once, so that whoever saw one typed cannot type it again."""

    def set_last_counter(self, user: UserMixin, tmatch: TotpMatch) -> None:
        """Remember that the code was used. Raises UsedTokenError when it was before."""
        if factors.shown_before(_session(), int(user.id), tmatch.counter, web.now()):
            raise UsedTokenError


def secure(app: Flask, config: Config) -> None:
    """Set Flask-Security up, and know who is signed in by our own table."""
    app.config.update(_cookie(config), **{f"SECURITY_{name}": value for name, value in _settings(config).items()})
    security = Security(app, People(), register_blueprint=False, webauthn_util_cls=Keys, totp_cls=Codes)
    security.login_manager.session_protection = None
    security.login_manager.user_loader(_load)
    security.login_manager.request_loader(lambda _request: None)
    # Both would look who is signed in on every page, whoever reads it; our own pages ask when they need to know.
    app.before_request_funcs[None].remove(security.principal._on_before_request)
    app.template_context_processors[None].remove(_user_context_processor)

    @app.context_processor
    def _known() -> dict[str, bool]:
        """Whether to offer the way to one's account: what the cookie says, unread."""
        return {"has_session": SECRET in session}


def extension() -> Security:
    """Flask-Security of this application."""
    return cast(Security, current_app.extensions["security"])


def _cookie(config: Config) -> Mapping[str, object]:
    return {
        "SESSION_COOKIE_NAME": "__Host-session" if config.https else "session",
        "SESSION_COOKIE_SECURE": config.https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_PATH": "/",
        "SESSION_REFRESH_EACH_REQUEST": False,  # only when we note that the browser is in use
        "PERMANENT_SESSION_LIFETIME": IDLE,
    }


def _settings(config: Config) -> Mapping[str, object]:
    """Everything we use, and everything we do not switched off by name."""
    return {
        "REGISTERABLE": False,
        "RECOVERABLE": False,
        "CHANGEABLE": False,
        "CONFIRMABLE": False,
        "CHANGE_EMAIL": False,
        "CHANGE_USERNAME": False,
        "USERNAME_ENABLE": False,
        "USERNAME_RECOVERY": False,
        "PASSWORDLESS": False,
        "UNIFIED_SIGNIN": False,
        "TRACKABLE": False,
        "OAUTH_ENABLE": False,
        "REFRESH_TOKEN": False,
        "CLI_USERS_NAME": None,
        "CLI_ROLES_NAME": None,
        "DEFAULT_REMEMBER_ME": False,
        "CSRF_COOKIE_NAME": None,
        "DATETIME_FACTORY": _naive_now,
        "TWO_FACTOR": True,
        "TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
        "TOTP_ISSUER": config.site.short_name,
        "TOTP_SECRETS": {1: _derived(config, b"second factors").decode()},
        "MULTI_FACTOR_RECOVERY_CODES": True,
        "MULTI_FACTOR_RECOVERY_CODES_N": CODES,
        "MULTI_FACTOR_RECOVERY_CODES_KEYS": [_derived(config, b"recovery codes")],
        "WEBAUTHN": True,
        "WAN_RP_NAME": config.site.short_name,
        "WAN_ALLOW_AS_FIRST_FACTOR": True,
        "WAN_ALLOW_AS_MULTI_FACTOR": True,
        "WAN_ALLOW_USER_HINTS": False,
    }


def _derived(config: Config, purpose: bytes) -> bytes:
    """A key of its own for each purpose, from the one secret of the installation."""
    return base64.urlsafe_b64encode(HKDF(SHA256(), 32, None, purpose).derive(config.secret_key.encode()))


def _naive_now() -> datetime:
    """The moment as Flask-Security keeps it: naive UTC."""
    return web.now().astimezone(UTC).replace(tzinfo=None)


def _load(uniquifier: str) -> Person | None:
    """Who is signed in with this browser, by one query; None when that has ended."""
    found = signins.find(web.session(), str(session.get(SECRET, "")), web.now())
    if found is None or found.account.fs_uniquifier != uniquifier:
        return None
    return Person(found.account, found)


def _session() -> Session:
    """The view's own transaction, else the request's reading session."""
    return cast(Session, g.get("writing") or web.session())
