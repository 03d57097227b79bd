"""What can be said of passkeys without a browser; tests/browser/test_accounts.py uses real ones."""

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from referral.accounts import factors
from referral.model import Account, Passkey, Token
from tests.accounts.people import letters, signed_in_as
from tests.client import CheckingClient
from tests.make import NOW, TODAY


def add_key(engine: Engine, email: str, name: str = "Phone") -> int:
    """A passkey as a row; nobody holds it."""
    at = NOW.replace(tzinfo=None)
    with Session(engine) as session:
        whose = session.scalars(select(Account.id).where(Account.email == email)).one()
        key = Passkey(
            account_id=whose, credential_id=name.encode(), public_key=b"x", name=name, usage="first",
            create_datetime=at, lastuse_datetime=at,
        )  # fmt: skip
        session.add(key)
        session.commit()
        return key.id


def keys(engine: Engine) -> list[str]:
    with Session(engine) as session:
        return list(session.scalars(select(Passkey.name).order_by(Passkey.id)))


def test_anybody_may_begin_and_nobody_is_named(client: CheckingClient, engine: Engine) -> None:
    begun = client.post("/account/passkeys/start").json

    assert begun["options"]["userVerification"] == "required"
    assert not begun["options"].get("allowCredentials")
    with Session(engine) as session:
        assert session.scalars(select(Token)).one().account_id is None


@pytest.mark.parametrize("credential", ["", "{}", "nonsense", '{"id": "x", "rawId": "x", "type": "public-key"}'])
def test_what_is_no_passkey_is_refused_and_its_challenge_is_used_up(
    client: CheckingClient, engine: Engine, credential: str
) -> None:
    state = client.post("/account/passkeys/start").json["state"]

    answer = client.post("/account/passkeys/show", data={"state": state, "credential": credential})

    assert answer.status_code == 400 and "Ask for a link by mail" in answer.text
    with Session(engine) as session:
        assert session.scalars(select(Token)).one().used_at is not None


def test_a_phones_own_passkey_may_be_made(client: CheckingClient, engine: Engine) -> None:
    signed_in_as(client, engine)

    made = client.post_form("/account/passkeys/begin").json["options"]["authenticatorSelection"]

    assert "authenticatorAttachment" not in made
    assert (made["residentKey"], made["userVerification"]) == ("required", "required")


def test_a_challenge_for_one_account_adds_nothing_to_another(
    client: CheckingClient, app: Flask, engine: Engine
) -> None:
    signed_in_as(client, engine, email="ann@example.org")
    ben = signed_in_as(app.test_client(), engine, email="ben@example.org")
    state = client.post_form("/account/passkeys/begin").json["state"]

    assert ben.post_form("/account/passkeys/add", state=state, credential="{}").status_code == 400


def test_a_moderator_keeps_the_last_one(client: CheckingClient, engine: Engine) -> None:
    signed_in_as(client, engine, "moderator", email="mo@example.org")
    first, second = add_key(engine, "mo@example.org"), add_key(engine, "mo@example.org", "Laptop")

    assert client.post_form(f"/account/passkeys/{first}/remove").status_code == 303
    assert client.post_form(f"/account/passkeys/{second}/remove").status_code == 409
    assert keys(engine) == ["Laptop"]


def test_it_is_called_what_its_owner_calls_it(client: CheckingClient, engine: Engine) -> None:
    signed_in_as(client, engine, email="ann@example.org")
    key = add_key(engine, "ann@example.org")
    assert f'action="/account/passkeys/{key}/rename"' in client.get("/account").text

    done = client.post_form(f"/account/passkeys/{key}/rename", name=" The  blue\u202e key\x07 <b> ")
    empty = client.post_form(f"/account/passkeys/{key}/rename", name=" \u200b ")
    client.post_form(f"/account/passkeys/{key}/rename", name="x" * 200)

    assert (done.status_code, empty.status_code) == (303, 400) and "Please give it a name." in empty.text
    assert keys(engine) == ["x" * factors.LONGEST_NAME]
    assert letters(engine, "signing_in_changed") == []


def test_a_name_is_kept_in_one_clean_line_and_somebody_elses_is_not_changed(
    client: CheckingClient, app: Flask, engine: Engine
) -> None:
    signed_in_as(client, engine, email="ann@example.org")
    key = add_key(engine, "ann@example.org")
    ben = signed_in_as(app.test_client(), engine, email="ben@example.org")

    answers = [who.post_form(f"/account/passkeys/{key}/rename", name=" My\n blue\u202e key ") for who in (ben, client)]

    assert [one.status_code for one in answers] == [404, 303]
    assert keys(engine) == ["My blue key"] and "My blue key" in client.get("/account").text


@pytest.mark.parametrize(
    ("device", "there", "name"),
    [
        ("", [], "Passkey, November 23, 2026"),
        ("Firefox (Android)", [], "Firefox (Android), November 23, 2026"),
        ("", ["Passkey, November 23, 2026"], "Passkey, November 23, 2026 (2)"),
    ],
)
def test_one_without_a_name_is_called_after_browser_and_day(device: str, there: list[str], name: str) -> None:
    assert factors.default_name(device, there, TODAY) == name


def test_nobody_takes_away_somebody_elses(client: CheckingClient, app: Flask, engine: Engine) -> None:
    signed_in_as(client, engine, email="ann@example.org")
    key = add_key(engine, "ann@example.org")
    ben = signed_in_as(app.test_client(), engine, email="ben@example.org")

    ben.post_form(f"/account/passkeys/{key}/remove")

    assert keys(engine) == ["Phone"] and letters(engine, "signing_in_changed") == []


def test_the_owner_hears_that_one_was_taken_away(client: CheckingClient, engine: Engine) -> None:
    signed_in_as(client, engine, email="ann@example.org")
    key = add_key(engine, "ann@example.org")

    client.post_form(f"/account/passkeys/{key}/remove")

    [letter] = letters(engine, "signing_in_changed")
    assert letter.to == "ann@example.org" and "taken away" in str(letter.body)


def test_a_moderator_with_a_passkey_is_asked_for_it(client: CheckingClient, engine: Engine) -> None:
    signed_in_as(client, engine, "moderator", email="mo@example.org", second_factor=False)
    add_key(engine, "mo@example.org")

    page = client.get("/account/second-factor")

    assert "Use a passkey" in page.text and "Code from the app" not in page.text
    assert client.get("/account").headers["Location"] == "/account/second-factor"
    assert client.post_form("/account/passkeys/begin").status_code == 403


def test_recovery_codes_end_with_the_last_second_factor(client: CheckingClient, engine: Engine) -> None:
    signed_in_as(client, engine, email="ann@example.org", mf_recovery_codes=["x"])
    first, second = add_key(engine, "ann@example.org"), add_key(engine, "ann@example.org", "Laptop")

    def codes() -> list[str]:
        with Session(engine) as session:
            return session.scalars(select(Account.mf_recovery_codes)).one()

    client.post_form(f"/account/passkeys/{first}/remove")
    assert codes() == ["x"]
    client.post_form(f"/account/passkeys/{second}/remove")
    assert codes() == []


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_passkey_is_offered_only_under_a_name(client: CheckingClient, engine: Engine, host: str) -> None:
    signed_in_as(client, engine, "moderator", second_factor=False)
    cookie = client.get_cookie("session")
    assert cookie is not None
    client.set_cookie("session", cookie.value, domain=host)

    pages = [
        client.get(f"/account/{path}", base_url=f"http://{host}").text for path in ("second-factor/set-up", "sign-in")
    ]

    named = host == "localhost"
    assert ["data-passkey" in page for page in pages] == [named, named]
    assert ["under a number" in page for page in pages] == [not named, False]


def test_without_a_script_no_passkey_is_praised(client: CheckingClient, engine: Engine) -> None:
    signed_in_as(client, engine)

    for path, words in (("/account/second-factor/set-up", "Simplest"), ("/account", "without waiting for a letter")):
        page = client.get(path).text
        form = page[page.index('data-passkey="add"') :].partition("</form>")[0]
        assert words in form and words not in page.replace(form, "")
