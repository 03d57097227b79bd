"""Who wanted no more letters is known after the secret key was changed, and their links go on working."""

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from index.embedded import EmbeddedIndex
from referral import create_app, mail, nightly
from referral.accounts import signins
from referral.config import Config, from_environment
from referral.errors import UsageError
from referral.mail import keys, stopping
from referral.model import KeptKey
from referral.nightly import clearing
from referral.nightly.night import Night
from tests.accounts.people import make_account
from tests.client import CheckingClient
from tests.make import HEAD, NOW, TODAY

ADA = "ada@example.org"
OLD, NEW, NEWER = "o" * 40, "n" * 40, "m" * 40


def head(session: Session, secret: str, before: str = "") -> mail.Letterhead:
    return mail.Letterhead("https://directory.example", keys.kept(session, secret, before))


def test_an_address_is_known_under_every_later_secret(session: Session) -> None:
    stopping.stop(session, head(session, OLD).mark("reminders", ADA), TODAY)
    link = head(session, OLD).stop("hidden", ADA).link

    assert keys.keep(session, OLD) and not keys.keep(session, OLD)
    assert head(session, NEW, OLD).stopped(session, ADA) == ["reminders"]
    assert keys.keep(session, NEW, OLD)
    assert keys.keep(session, NEWER, NEW) and not keys.keep(session, NEWER)

    assert head(session, NEWER).stopped(session, ADA) == ["reminders"]
    assert head(session, NEWER).read(link.rpartition("/")[2])[1]
    assert OLD not in (session.scalar(select(KeptKey.wrapped)) or "")


def test_the_key_before_counts_even_where_none_was_written_down_yet(session: Session) -> None:
    stopping.stop(session, head(session, OLD).mark("pairs", ADA), TODAY)

    keys.keep(session, NEW, OLD)

    assert head(session, NEW).stopped(session, ADA) == ["pairs"]


def test_without_the_key_before_nothing_is_overwritten(session: Session) -> None:
    keys.keep(session, OLD)

    for deed in (keys.kept, keys.keep):
        with pytest.raises(keys.Lost):
            deed(session, NEW)

    assert keys.kept(session, OLD) == OLD


def test_the_night_after_the_change_makes_the_key_before_needless(engine: Engine, index: EmbeddedIndex) -> None:
    def night(*secrets: str) -> dict[str, int]:
        done = clearing.kept_keys(Night(engine, index, HEAD, NOW, secrets=secrets))  # type: ignore[arg-type]  # two
        return dict(done)

    assert [night(OLD, ""), night(OLD, ""), night(NEW, ""), night(NEW, OLD), night(NEW, "")] == [
        {"written": 1}, {"written": 0}, {"lost": 1}, {"written": 1}, {"written": 0},
    ]  # fmt: skip
    assert ("kept keys", clearing.kept_keys) in nightly.JOBS


def test_whoever_is_signed_in_stays_so_while_the_key_before_is_told(config: Config, app: Flask, engine: Engine) -> None:
    def browser(secret: str, before: str = "") -> CheckingClient:
        made = create_app(replace(config, secret_key=secret, secret_key_before=before), now=lambda: NOW)
        made.test_client_class = CheckingClient
        client = made.test_client()
        assert isinstance(client, CheckingClient)
        client.may_get_cookie = True
        return client

    with Session(engine) as session:
        one = make_account(session)
        secret, known = signins.begin(session, one, "Firefox", NOW, second_factor=False), one.fs_uniquifier
        session.commit()
    old = browser(OLD)
    with old.session_transaction() as cookie:
        cookie.update({"_user_id": known, "_fresh": True, "sign_in": secret})
    sent = old.get_cookie("session")
    assert sent is not None

    def status(client: CheckingClient) -> int:
        client.set_cookie("session", sent.value)
        return client.get("/account").status_code

    assert [status(browser(OLD)), status(browser(NEW, OLD)), status(browser(NEW))] == [200, 200, 302]


def test_a_short_key_before_is_one_clear_line() -> None:
    with pytest.raises(UsageError, match="REFERRAL_SECRET_KEY_BEFORE"):
        from_environment({"REFERRAL_SECRET_KEY": NEW, "REFERRAL_SECRET_KEY_BEFORE": "short"})
