"""Signing in by a mailed link, from the page to the row on disk."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from referral import create_app, setup
from referral.accounts import devices
from referral.config import Config
from referral.model import Account, AuditEntry, SignIn, Token
from tests.accounts.people import letters, link_of, make_account, sign_in
from tests.client import CheckingClient
from tests.conftest import NOW
from tests.make import make_listing


@pytest.fixture
def ann(app: Flask, engine: Engine) -> Account:
    """A therapist with an account."""
    with Session(engine, expire_on_commit=False) as session:
        made = make_account(session)
        session.commit()
    return made


def rows(engine: Engine, table: type) -> list:  # type: ignore[type-arg]
    with Session(engine.execution_options(reading=True)) as session:
        return list(session.scalars(select(table)))


def test_the_form_gives_no_cookie(client: CheckingClient) -> None:
    page = client.get("/account/sign-in")

    assert page.status_code == 200 and page.headers["Cache-Control"] == "private, no-store"


def test_a_mailed_link_signs_in_with_one_press(client: CheckingClient, engine: Engine, ann: Account) -> None:
    client.may_get_cookie = True
    asked = client.post("/account/sign-in", data={"email": " Ann@Example.org "})
    assert asked.headers["Location"] == "/account/sign-in/sent"
    assert "letter" in client.get("/account/sign-in/sent").text
    [letter] = letters(engine)
    assert (letter.to, letter.account_id) == ("ann@example.org", ann.id)

    page = client.get(link_of(letter))
    assert "Sign me in" in page.text and "Set-Cookie" not in page.headers
    answer = client.post(link_of(letter))

    assert answer.headers["Location"] == "/account"
    assert "Your account" in client.get("/account").text
    [row] = rows(engine, SignIn)
    assert (row.account_id, row.made_at, row.second_factor, row.ended_at) == (ann.id, NOW, False, None)
    assert [e.action for e in rows(engine, AuditEntry)] == ["sign_in"]


def test_a_therapist_with_a_listing_is_led_to_it_unless_another_page_was_asked_for(
    client: CheckingClient, engine: Engine, session: Session
) -> None:
    make_account(session, "bea@example.org", listing=make_listing(session, name="Bea Example"))
    session.commit()
    client.may_get_cookie = True
    landings = []

    for asked in ({}, {"to": "accounts.overview"}):
        client.post_form("/account/sign-in", email="bea@example.org", **asked)
        landings.append(client.post_form(link_of(letters(engine)[-1])).headers["Location"])

    assert landings == ["/listing", "/account"]
    assert 'href="/account"' in client.get("/listing").text


def test_the_letter_is_in_the_language_of_the_page_it_was_asked_for_on(client: CheckingClient, engine: Engine) -> None:
    with Session(engine) as session:
        make_account(session, language="ko")
        session.commit()

    for prefix in ("/de", "", "/ko"):
        client.post(f"{prefix}/account/sign-in", data={"email": "ann@example.org"})

    assert [letter.body["language"] for letter in letters(engine)] == ["de", "en", "ko"]


def test_opening_a_link_changes_nothing(client: CheckingClient, engine: Engine, ann: Account) -> None:
    client.post("/account/sign-in", data={"email": ann.email})
    path = link_of(letters(engine)[0])

    for _scanner in range(3):
        client.get(path)
        client.head(path)

    assert rows(engine, SignIn) == [] and rows(engine, Token)[0].used_at is None
    assert client.get(path).status_code == 200


def test_a_link_works_once(client: CheckingClient, app: Flask, engine: Engine, ann: Account) -> None:
    sign_in(client, engine)
    path = link_of(letters(engine)[0])

    again = app.test_client().post(path)

    assert again.status_code == 410 and "does not work any more" in again.text
    assert len(rows(engine, SignIn)) == 1


def test_a_link_ends_after_ten_minutes(config: Config, engine: Engine, client: CheckingClient, ann: Account) -> None:
    client.post("/account/sign-in", data={"email": ann.email})
    path = link_of(letters(engine)[0])
    later = create_app(config, now=lambda: NOW + timedelta(minutes=10)).test_client()

    assert later.get(path).status_code == 410 and later.post(path, headers=OURS).status_code == 410


def test_a_link_mailed_to_an_old_address_does_not_work(client: CheckingClient, engine: Engine, ann: Account) -> None:
    client.post("/account/sign-in", data={"email": ann.email})
    with Session(engine) as session:
        session.get_one(Account, ann.id).email = "new@example.org"
        session.commit()

    assert client.post(link_of(letters(engine)[0])).status_code == 410


OURS = {"Sec-Fetch-Site": "same-origin"}


def test_nobody_learns_who_has_an_account(client: CheckingClient, engine: Engine, ann: Account) -> None:
    known = client.post("/account/sign-in", data={"email": ann.email})
    unknown = client.post("/account/sign-in", data={"email": "nobody@example.org"})

    assert (known.status_code, known.headers["Location"], known.text) == (
        unknown.status_code,
        unknown.headers["Location"],
        unknown.text,
    )
    assert [letter.to for letter in letters(engine)] == [ann.email]
    assert [t.address for t in rows(engine, Token)] == [ann.email, ""]


def test_a_suspended_account_is_like_none(client: CheckingClient, engine: Engine, ann: Account) -> None:
    with Session(engine) as session:
        session.get_one(Account, ann.id).active = False
        session.commit()

    assert client.post("/account/sign-in", data={"email": ann.email}).status_code == 303
    assert letters(engine) == []


def test_somebody_elses_letter_box_cannot_be_filled(app: Flask, engine: Engine, ann: Account) -> None:
    for n in range(6):
        app.test_client().post(
            "/account/sign-in", data={"email": ann.email}, environ_base={"REMOTE_ADDR": f"203.0.113.{n}"}
        )

    assert len(letters(engine)) == 3


@pytest.mark.parametrize("typed", ["", "ann", "ann@", "a@b@example.org", "ann@example.org\r\nBcc: x@example.org"])
def test_what_is_no_address_is_said_beside_the_field(client: CheckingClient, typed: str) -> None:
    page = client.post("/account/sign-in", data={"email": typed})

    assert page.status_code == 400 and "not a whole e-mail address" in page.text
    assert 'aria-invalid="true"' in page.text


def test_a_page_for_people_with_an_account_asks_to_sign_in(client: CheckingClient) -> None:
    assert client.get("/account").headers["Location"].startswith("/account/sign-in")
    assert client.post("/account/sign-out").status_code == 401


def test_the_way_on_is_the_name_of_a_page_and_nothing_else(client: CheckingClient) -> None:
    page = client.get("/account/sign-in?to=https://evil.example/")

    assert "evil" not in page.text


def test_signing_in_again_makes_a_new_session_and_ends_the_old(
    client: CheckingClient, engine: Engine, ann: Account
) -> None:
    sign_in(client, engine)
    before = client.get_cookie("session")
    sign_in(client, engine)
    after = client.get_cookie("session")

    old, new = rows(engine, SignIn)
    assert before is not None and after is not None and before.value != after.value
    assert old.ended_at == NOW and new.ended_at is None


def test_a_signed_out_cookie_opens_nothing(client: CheckingClient, app: Flask, engine: Engine, ann: Account) -> None:
    sign_in(client, engine)
    cookie = client.get_cookie("session")
    assert cookie is not None

    assert client.post_form("/account/sign-out").headers["Location"] == "/"

    assert client.get_cookie("session") is None
    stolen = app.test_client()
    stolen.may_get_cookie = True
    stolen.set_cookie("session", cookie.value)
    assert stolen.get("/account").status_code == 302


def test_one_browser_is_signed_out_from_another(
    client: CheckingClient, app: Flask, engine: Engine, ann: Account
) -> None:
    sign_in(client, engine)
    phone = sign_in(app.test_client(), engine)
    public_id = rows(engine, SignIn)[1].public_id

    page = client.get("/account")
    assert public_id in page.text and "This browser" in page.text
    client.post_form(f"/account/sessions/{public_id}/end")

    assert phone.get("/account").status_code == 302
    assert client.get("/account").status_code == 200


def test_signing_out_everywhere_ends_every_browser(
    client: CheckingClient, app: Flask, engine: Engine, ann: Account
) -> None:
    sign_in(client, engine)
    phone = sign_in(app.test_client(), engine)

    client.post_form("/account/sign-out/everywhere")

    assert phone.get("/account").status_code == 302
    assert "sign_out_everywhere" in [e.action for e in rows(engine, AuditEntry)]


def test_nobody_ends_somebody_elses_session(client: CheckingClient, app: Flask, engine: Engine, ann: Account) -> None:
    with Session(engine) as session:
        make_account(session, "ben@example.org")
        session.commit()
    ben = sign_in(app.test_client(), engine, "ben@example.org")
    public_id = rows(engine, SignIn)[0].public_id
    sign_in(client, engine)

    client.post_form(f"/account/sessions/{public_id}/end")

    assert ben.get("/account").status_code == 200


LONG, SHORT = timedelta(days=14), timedelta(minutes=30)


@pytest.mark.parametrize(
    ("role", "idle"), [("therapist", LONG), ("coordinator", LONG), ("moderator", SHORT), ("operator", SHORT)]
)
def test_an_unused_browser_is_signed_out(session: Session, role: str, idle: timedelta) -> None:
    from referral.accounts import signins

    one = make_account(session, role=role)
    secret = signins.begin(session, one, "", NOW, second_factor=True)
    session.flush()

    assert signins.find(session, secret, NOW + idle - timedelta(seconds=1)) is not None
    assert signins.find(session, secret, NOW + idle) is None


def test_a_browser_in_use_stays(config: Config, engine: Engine, client: CheckingClient, ann: Account) -> None:
    sign_in(client, engine)
    cookie = client.get_cookie("session")
    assert cookie is not None
    for day in (10, 20, 30):
        app = create_app(config, now=lambda day=day: NOW + timedelta(days=day))  # type: ignore[misc]
        later = app.test_client()
        later.set_cookie("session", cookie.value)
        assert later.get("/account").status_code == 200
        app.extensions["referral"].engine.dispose()


def test_over_https_the_cookie_is_bound_to_the_host(config: Config, engine: Engine, ann: Account) -> None:
    app = create_app(replace(config, base_url="https://localhost"), now=lambda: NOW)
    app.test_client_class = CheckingClient
    setup.database(app.extensions["referral"].engine)
    client = app.test_client()
    client.may_get_cookie = True
    client.post("/account/sign-in", data={"email": ann.email}, base_url="https://localhost")

    answer = client.post(link_of(letters(engine)[0]), base_url="https://localhost")

    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    assert all(part in cookie for part in ("; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/"))
    assert "Domain" not in cookie
    app.extensions["referral"].engine.dispose()


def test_role_and_suspension_act_on_the_next_request(client: CheckingClient, engine: Engine, ann: Account) -> None:
    sign_in(client, engine)
    with Session(engine) as session:
        session.get_one(Account, ann.id).active = False
        session.commit()

    assert client.get("/account").status_code == 302


def test_the_owner_hears_of_a_kind_of_browser_never_seen_before(
    client: CheckingClient, app: Flask, engine: Engine, ann: Account
) -> None:
    sign_in(client, engine)
    sign_in(app.test_client(), engine)
    assert letters(engine, "new_session") == []

    phone = app.test_client()
    phone.environ_base["HTTP_USER_AGENT"] = "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"
    sign_in(phone, engine)

    [letter] = letters(engine, "new_session")
    assert letter.to == ann.email and "Firefox (Android)" in str(letter.body)
    assert "Firefox (Android)" in client.get("/account").text


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Mobile/15E148 Safari/604.1", "Safari (iPhone)"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/131.0 Safari/537.36 Edg/131.0", "Edge (Windows)"),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/131.0 Safari/537.36", "Chrome (Linux)"),
        ("curl/8", ""),
    ],
)
def test_a_browser_is_named_as_a_person_would(said: str, name: str) -> None:
    assert devices.name(said) == name
