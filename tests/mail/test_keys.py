"""Who wanted no more letters is known after the secret key was changed, and their links go on working."""

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from index.embedded import EmbeddedIndex
from referral import cli, create_app, mail, nightly
from referral.accounts import signins
from referral.config import Config, from_environment
from referral.errors import UsageError
from referral.mail import keys, stopping
from referral.model import KeptKey, Unsubscribed
from referral.nightly import clearing
from referral.nightly.night import Night
from tests.accounts.people import make_account, signed_in_as
from tests.client import CheckingClient
from tests.make import HEAD, NOW, TODAY, make_listing

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


BEN, CLEO = "ben@example.org", "cleo@example.org"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}
PLAIN = {"link": "https://directory.example/x", "partner": "Cleo Example"}


def lost(config: Config, engine: Engine) -> Flask:
    """The directory after the secret key was changed and the one before forgotten; Ada had said no before."""
    with Session(engine) as session:
        old = head(session, OLD)
        keys.keep(session, OLD)
        stopping.stop(session, old.mark("pairs", ADA), TODAY)
        session.commit()
    app = create_app(replace(config, secret_key=NEW), now=lambda: NOW)
    app.test_client_class = CheckingClient
    return app


def post(session: Session, app: Flask, kind: str, to: str) -> bool:
    here: mail.Letterhead = app.extensions["referral"].letterhead
    return mail.post(session, to, kind, PLAIN, NOW, stop=here.stop(kind, to))


def test_while_the_key_is_lost_no_letter_comes_by_itself(config: Config, app: Flask, engine: Engine) -> None:
    app = lost(config, engine)
    with Session(engine) as session:
        assert [post(session, app, kind, to) for kind in sorted(stopping.OF_THEMSELVES) for to in (ADA, BEN)] == (
            [False] * len(stopping.OF_THEMSELVES) * 2
        )
        assert mail.post(session, ADA, "sign_in", PLAIN, NOW)


def test_a_no_that_comes_while_the_key_is_lost_counts_when_it_is_found(
    config: Config, app: Flask, engine: Engine
) -> None:
    link = mail.Letterhead("", OLD).stop("hidden", BEN).link
    client = lost(config, engine).test_client()

    answer = client.post(link, data=ONE_CLICK)

    assert answer.status_code == 200 and "We write no more of this" in answer.text
    with Session(engine) as session:
        assert head(session, NEW, OLD).stopped(session, BEN) == ["reminders"]


@pytest.mark.parametrize("token", ["r", "rshort.sig", "r" + "%3C" * 32 + ".x"])
def test_what_is_no_mark_is_never_noted(config: Config, app: Flask, engine: Engine, token: str) -> None:
    client = lost(config, engine).test_client()

    assert client.post(f"/letters/stop/{token}", data=ONE_CLICK).status_code == 200

    with Session(engine) as session:
        assert session.scalar(select(func.count()).select_from(Unsubscribed)) == 1


def test_the_page_of_an_account_says_that_letters_do_not_leave(config: Config, app: Flask, engine: Engine) -> None:
    client = lost(config, engine).test_client()
    assert isinstance(client, CheckingClient)
    signed_in_as(client, engine)

    page = client.get("/account")

    assert "no reminders leave" in page.text and "Send them again" not in page.text
    assert client.post_form("/account/letters/again", topic="pairs").status_code == 503


def test_a_key_that_is_gone_for_good_is_made_anew_and_nobody_who_said_no_is_written_to(
    config: Config, app: Flask, engine: Engine
) -> None:
    with Session(engine) as session:
        make_listing(session, name="Ben Example", email="Ben@Example.org")
        make_account(session, ADA)
        session.commit()
    app = lost(config, engine)
    cli.install(app)

    done = app.test_cli_runner().invoke(args=["letters", "begin-anew", "--sure"])
    assert done.exit_code == 0, done.output
    app = create_app(replace(config, secret_key=NEW), now=lambda: NOW)

    with Session(engine) as session:
        told = {to: [post(session, app, kind, to) for kind in ("pair", "hidden", "invited")] for to in (ADA, BEN, CLEO)}
    assert told == {ADA: [False] * 3, BEN: [False] * 3, CLEO: [True, True, False]}


def test_a_key_that_is_not_lost_is_not_made_anew(app: Flask) -> None:
    cli.install(app)

    done = app.test_cli_runner().invoke(args=["letters", "begin-anew", "--sure"])

    assert done.exit_code == 1 and "is not lost" in done.output


def test_the_night_after_the_change_makes_the_key_before_needless(engine: Engine, index: EmbeddedIndex) -> None:
    def night(*secrets: str) -> dict[str, int]:
        done = clearing.kept_keys(Night(engine, index, HEAD, NOW, secrets=secrets))  # type: ignore[arg-type]  # two
        return dict(done)

    assert [night(OLD, ""), night(OLD, "")] == [{"written": 1}, {"written": 0}]
    with pytest.raises(UsageError, match="REFERRAL_SECRET_KEY_BEFORE"):  # which the report shows, and exits with 1
        night(NEW, "")
    assert [night(NEW, OLD), night(NEW, "")] == [{"written": 1}, {"written": 0}]
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
