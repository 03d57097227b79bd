"""Accounts are made at the machine, and a role that changes acts at once."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from referral import cli
from referral.accounts import signins
from referral.model import Account, AuditEntry, Letter, Network, Passkey
from tests.accounts.people import sign_in
from tests.client import CheckingClient
from tests.make import NOW, make_account, make_listing


@pytest.fixture
def run(app: Flask) -> FlaskCliRunner:
    """The commands."""
    cli.install(app)
    return app.test_cli_runner()


def test_the_first_moderator_gets_in_without_mail(run: FlaskCliRunner, client: CheckingClient) -> None:
    done = run.invoke(args=["accounts", "add", "Mo@example.org", "--role", "moderator"])

    assert done.exit_code == 0, done.output
    link = re.search(r"/account/sign-in/[\w-]+", done.output)
    assert link is not None
    client.may_get_cookie = True
    assert client.post(link[0]).headers["Location"] == "/account/second-factor"


def test_a_listing_and_networks_come_along(run: FlaskCliRunner, engine: Engine) -> None:
    with Session(engine) as session:
        listing = make_listing(session)
        network = session.scalars(select(Network.slug)).first()
        session.commit()
        id, practitioner = listing.public_id, listing.practitioner_id
    assert network is not None

    args = ["accounts", "add", "co@example.org", "--role", "coordinator", "--listing", id, "--network", network]
    assert run.invoke(args=args).exit_code == 0

    with Session(engine) as session:
        made = session.scalars(select(Account)).one()
        assert (made.role, made.networks, made.practitioner_id) == ("coordinator", [network], practitioner)
        assert "account" in set(session.scalars(select(AuditEntry.action)))


def test_a_listing_that_is_given_to_another_account_leaves_the_one_before(
    run: FlaskCliRunner, client: CheckingClient, engine: Engine
) -> None:
    with Session(engine) as session:
        listing = make_listing(session)
        make_account(session, email="old@example.org", practitioner_id=listing.practitioner_id)
        session.commit()
        id, practitioner = listing.public_id, listing.practitioner_id
    old = sign_in(client, engine, "old@example.org")
    assert old.get("/listing").status_code == 200

    args = ["accounts", "add", "new@example.org", "--role", "therapist", "--listing", id]
    given, again = run.invoke(args=args), run.invoke(args=args)

    assert "old@example.org had this listing" in given.output and "had this" not in again.output
    assert old.get("/listing").status_code == 302
    with Session(engine) as session:
        assert dict(session.execute(select(Account.email, Account.practitioner_id)).all()) == {
            "old@example.org": None, "new@example.org": practitioner,
        }  # fmt: skip


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["x@example.org", "--role", "therapist", "--listing", "nobody"], "no listing with this number"),
        (["x@example.org", "--role", "coordinator"], "at least one network"),
        (["x@example.org", "--role", "coordinator", "--network", "nowhere"], "no network “nowhere”"),
        (["nothing", "--role", "therapist"], "not a whole e-mail address"),
        (["x@example.org", "--role", "king"], "Invalid value"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_kept(
    run: FlaskCliRunner, engine: Engine, args: list[str], said: str
) -> None:
    done = run.invoke(args=["accounts", "add", *args])

    assert done.exit_code != 0 and said in done.output
    with Session(engine) as session:
        assert list(session.scalars(select(Account))) == []


def test_another_role_signs_out_everywhere(run: FlaskCliRunner, client: CheckingClient, engine: Engine) -> None:
    run.invoke(args=["accounts", "add", "ann@example.org", "--role", "therapist"])
    sign_in(client, engine)
    assert client.get("/account").status_code == 200

    run.invoke(args=["accounts", "add", "ann@example.org", "--role", "moderator"])

    assert client.get("/account").headers["Location"].startswith("/account/sign-in")


def test_who_lost_phone_and_codes_is_let_in_to_set_up_new_ones(
    run: FlaskCliRunner, client: CheckingClient, engine: Engine
) -> None:
    with Session(engine) as session:
        mo = Account(email="mo@example.org", role="moderator", created_at=NOW)
        mo.tf_primary_method, mo.tf_totp_secret, mo.mf_recovery_codes = "authenticator", "secret", ["one", "two"]
        session.add(mo)
        session.flush()
        at = NOW.replace(tzinfo=None)
        key = {"credential_id": b"k", "public_key": b"x", "name": "Phone", "usage": "first"}
        session.add(Passkey(account_id=mo.id, create_datetime=at, lastuse_datetime=at, **key))
        old = signins.begin(session, mo, "Firefox on Linux", NOW, second_factor=True)
        session.commit()

    done = run.invoke(args=["accounts", "reset", "Mo@example.org"])

    assert done.exit_code == 0, done.output
    with Session(engine) as session:
        mo = session.scalars(select(Account)).one()
        assert (mo.tf_totp_secret, mo.mf_recovery_codes) == (None, [])
        assert session.scalars(select(Passkey)).all() == []
        assert signins.find(session, old, NOW) is None
        assert "second_factors_reset" in set(session.scalars(select(AuditEntry.action)))
        [letter] = session.scalars(select(Letter).where(Letter.kind == "signing_in_changed"))
        assert letter.to == "mo@example.org" and "every browser was signed out" in _plain(letter)
    client.may_get_cookie = True
    link = re.search(r"/account/sign-in/[\w-]+", done.output)
    assert link and client.post(link[0]).headers["Location"].startswith("/account/second-factor")
    assert client.get("/account/second-factor").headers["Location"] == "/account/second-factor/set-up"


def _plain(letter: Letter) -> str:
    return " ".join(letter.body["text"].split())


def test_who_is_suspended_is_out_at_once_and_can_be_let_in_again(
    run: FlaskCliRunner, client: CheckingClient, engine: Engine
) -> None:
    with Session(engine) as session:
        ann = make_account(session, email="ann@example.org")
        old = signins.begin(session, ann, "Firefox on Linux", NOW, second_factor=False)
        session.commit()

    done = run.invoke(args=["accounts", "suspend", "Ann@example.org"])

    assert done.exit_code == 0, done.output
    with Session(engine) as session:
        assert not session.scalars(select(Account)).one().active
        assert signins.find(session, old, NOW) is None
        assert "account_suspended" in set(session.scalars(select(AuditEntry.action)))
    assert run.invoke(args=["accounts", "suspend", "ann@example.org", "--lift"]).exit_code == 0
    with Session(engine) as session:
        assert session.scalars(select(Account)).one().active
        assert signins.find(session, old, NOW) is None  # the browsers of before stay out
    assert run.invoke(args=["accounts", "suspend", "no@example.org"]).exit_code == 1


def test_nobody_is_reset_who_is_not_there(run: FlaskCliRunner) -> None:
    done = run.invoke(args=["accounts", "reset", "no@example.org"])

    assert done.exit_code == 1 and "Nobody here has this address." in done.output
