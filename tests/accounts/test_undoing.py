"""Who took a browser over sets up codes first and changes the address then: the undo lets the owner in all the same."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session
from time_machine import Traveller

from referral.accounts import signins
from referral.model import Account, AuditEntry, Passkey
from tests.accounts.people import letters, link_of, make_account, sign_in, signed_in_as
from tests.accounts.test_passkeys import add_key
from tests.accounts.test_second_factor import set_up, travel
from tests.client import CheckingClient
from tests.conftest import NOW

__all__ = ["travel"]
OLD, NEW = "ann@example.org", "thief@example.net"


@pytest.fixture
def stolen(travel: Traveller, client: CheckingClient, engine: Engine) -> Iterator[CheckingClient]:
    """A browser of a therapist who is signed in, in the hands of somebody else."""
    with Session(engine) as session:
        make_account(session, OLD)
        session.commit()
    yield sign_in(client, engine, OLD)


def taken_and_undone(stolen: CheckingClient, app: Flask, engine: Engine) -> str:
    stolen.post_form("/account/email", email=NEW)
    stolen.post_form(link_of(letters(engine, "email_change")[-1]))
    path = link_of(letters(engine, "email_changed")[-1])
    assert "in the seven days before it, are taken away" in app.test_client().get(path).text
    return app.test_client().post(path).text


def aged(engine: Engine, days: int) -> None:
    """Let what was set up so far be so old."""
    with Session(engine) as session:
        for key in session.scalars(select(Passkey)):
            key.create_datetime = NOW.replace(tzinfo=None) - timedelta(days)
        for entry in session.scalars(select(AuditEntry)):
            entry.at = NOW - timedelta(days)
        session.commit()


def test_codes_that_a_thief_set_up_first_keep_no_owner_out(stolen: CheckingClient, app: Flask, engine: Engine) -> None:
    set_up(stolen, app)

    page = taken_and_undone(stolen, app, engine)

    owner = sign_in(app.test_client(), engine, OLD)
    assert "still asked for" not in page and owner.get("/account").status_code == 200
    with Session(engine) as session:
        one = session.scalars(select(Account)).one()
        assert (one.email, one.tf_totp_secret, one.mf_recovery_codes) == (OLD, None, [])


def test_a_passkey_that_a_thief_added_first_is_gone(stolen: CheckingClient, app: Flask, engine: Engine) -> None:
    add_key(engine, OLD, "Own phone")
    aged(engine, 9)
    add_key(engine, OLD, "Phone of the thief")

    page = taken_and_undone(stolen, app, engine)

    assert "was there longer still opens the account" in page
    with Session(engine) as session:
        assert session.scalars(select(Passkey.name)).all() == ["Own phone"]


def test_the_owners_own_older_codes_stay_but_recovery_codes_a_thief_read_do_not(
    stolen: CheckingClient, app: Flask, engine: Engine
) -> None:
    set_up(stolen, app)
    aged(engine, 8)
    stolen.post_form("/account/second-factor/recovery-codes")

    page = taken_and_undone(stolen, app, engine)

    assert "were there longer are still asked for" in page
    with Session(engine) as session:
        one = session.scalars(select(Account)).one()
        assert one.tf_totp_secret is not None and one.mf_recovery_codes == []


def test_a_passkey_of_long_ago_is_shown_to_the_owner_who_takes_everything_away_with_one_press(
    stolen: CheckingClient, app: Flask, engine: Engine
) -> None:
    add_key(engine, OLD, "Phone of the thief")
    aged(engine, 9)
    page = taken_and_undone(stolen, app, engine)
    assert "still opens the account" in page and "still asked for" not in page
    thief = signed_in_again(app, engine)

    owner = app.test_client()
    asked = re.search(r'href="(/account/sign-in[?]to=accounts[.]overview)"', page)
    assert asked is not None and isinstance(owner, CheckingClient)
    owner.may_get_cookie = True
    owner.post_form("/account/sign-in", email=OLD, to="accounts.overview")
    landed = owner.post_form(link_of(letters(engine)[-1])).location
    assert landed == "/account" and "Phone of the thief" in (shown := owner.get(landed).text)
    assert 'action="/account/second-factor/forget"' in shown

    done = owner.post_form("/account/second-factor/forget")

    assert done.location == "/account?said=forgotten#said"
    after = owner.get("/account?said=forgotten").text
    assert "were taken away" in after and "second-factor/forget" not in after
    assert thief.get("/account").status_code == 302, "signed out"
    assert [letter.to for letter in letters(engine, "signing_in_changed")] == [OLD]
    assert "Every passkey" in letters(engine, "signing_in_changed")[0].body["text"]
    with Session(engine) as session:
        assert session.scalars(select(Passkey)).all() == []
        assert "second_factors_reset" in set(session.scalars(select(AuditEntry.action)))


def signed_in_again(app: Flask, engine: Engine) -> CheckingClient:
    """A browser that a passkey has let in."""
    with Session(engine) as session:
        one = session.scalars(select(Account)).one()
        secret, uniquifier = signins.begin(session, one, "Thief", NOW, second_factor=True), one.fs_uniquifier
        session.commit()
    client = app.test_client()
    assert isinstance(client, CheckingClient)
    client.may_get_cookie = True
    with client.session_transaction() as cookie:
        cookie.update({"_user_id": uniquifier, "_fresh": True, "sign_in": secret})
    assert client.get("/account").status_code == 200
    return client


def test_who_must_have_one_does_not_take_everything_away(app: Flask, client: CheckingClient, engine: Engine) -> None:
    moderator = signed_in_as(client, engine, "moderator", email=OLD)
    add_key(engine, OLD, "Own phone")

    assert "second-factor/forget" not in moderator.get("/account").text
    assert moderator.post_form("/account/second-factor/forget").status_code == 409
    with Session(engine) as session:
        assert session.scalars(select(Passkey.name)).all() == ["Own phone"]


def test_who_has_no_codes_takes_none_away(stolen: CheckingClient, engine: Engine) -> None:
    assert stolen.post_form("/account/second-factor/remove").status_code == 303
    assert stolen.post_form("/account/second-factor/forget").status_code == 303

    assert letters(engine, "signing_in_changed") == []
    with Session(engine) as session:
        assert {"second_factor_removed", "second_factors_reset"}.isdisjoint(session.scalars(select(AuditEntry.action)))
