"""Signing in with a real browser: a passkey of a virtual phone, codes, and every page of an account looked through."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from referral.model import AuditEntry, Passkey
from referral.web.security import extension
from tests.accounts.people import letters, link_of, make_account
from tests.live import DESK, PHONE, serving, visit

pytestmark = pytest.mark.browser

EMAIL = "ann@example.org"


@pytest.fixture
def site(app: Flask) -> Iterator[str]:
    """The address of a server under a name: a passkey is not bound to a number."""
    with serving(app) as address:
        yield address.replace("127.0.0.1", "localhost")


@pytest.fixture
def ann(app: Flask, engine: Engine) -> str:
    """A moderator, who needs a second factor."""
    with Session(engine) as session:
        make_account(session, EMAIL, "moderator")
        session.commit()
    return EMAIL


def phone(page: Any) -> None:
    """A virtual authenticator in the device itself, that knows its owner."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def by_letter(page: Any, site: str, engine: Engine) -> None:
    page.goto(f"{site}/account/sign-in")
    page.get_by_label("Your e-mail address").fill(EMAIL)
    page.get_by_role("button", name="Mail me a link").click()
    page.get_by_role("heading", name="Check your e-mail").wait_for()
    page.goto(site + link_of(letters(engine)[-1]))
    page.get_by_role("button", name="Sign me in").click()


def axe(page: Any, name: str) -> dict[str, object]:
    """What is wrong with the page as it stands."""
    found = Axe().run(page).response["violations"]
    wrong: dict[str, object] = {}
    if found:
        wrong[name] = [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in found]
    if page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") > 0:
        wrong[f"{name} is too wide"] = True
    return wrong


def test_a_passkey_of_the_phone_is_both_factors(chromium: Any, site: str, ann: str, engine: Engine, app: Flask) -> None:
    with visit(chromium, site, signs_in=True, viewport=PHONE) as page:
        phone(page)
        by_letter(page, site, engine)
        page.wait_for_url("**/account/second-factor/set-up")
        page.get_by_label("What to call the passkey").fill("My telephone")
        page.get_by_role("button", name="Add a passkey").click()
        page.wait_for_url("**/account?said=added#said")
        assert "My telephone" in page.inner_text("main") and "added on" in page.inner_text("main")
        assert page.evaluate("document.activeElement.innerText").startswith("The passkey was added.")
        assert "A passkey was added" in str([letter.body for letter in letters(engine, "signing_in_changed")])
        page.get_by_role("button", name="Sign out", exact=True).click()
        page.wait_for_url(f"{site}/")

        page.get_by_role("link", name="For therapists").click()
        with page.expect_request("**/account/passkeys/show") as shown:
            page.get_by_role("button", name="Use a passkey").click()
        page.wait_for_url("**/account")
        assert page.get_by_role("heading", name="Your account").is_visible()

        sent = shown.value
        again = app.test_client().post(
            "/account/passkeys/show",
            base_url=site,
            data=sent.post_data_buffer,
            content_type=sent.headers["content-type"],
        )
        assert again.status_code == 400 and "Ask for a link by mail" in again.text


def test_a_passkey_that_is_not_made_says_why_and_leaves_the_keys_where_they_were(
    chromium: Any, site: str, ann: str, engine: Engine
) -> None:
    opened = chromium.new_context(viewport=PHONE)  # the browser itself says in its console that none was made
    page = opened.new_page()
    phone(page)
    by_letter(page, site, engine)
    add, said = page.get_by_role("button", name="Add a passkey"), page.locator("form[data-passkey] .error")
    add.click()
    page.wait_for_url("**/account?said=added#said")
    add.focus()
    page.keyboard.press("Enter")
    said.filter(has_text="This device already has a passkey").wait_for()

    focus = page.evaluate("document.activeElement.innerText")
    opened.close()

    assert focus == "Add a passkey"


def test_all_of_it_works_without_a_script_but_passkeys(
    chromium: Any, site: str, ann: str, engine: Engine, app: Flask
) -> None:
    with visit(chromium, site, signs_in=True, viewport=DESK, java_script_enabled=False) as page:
        by_letter(page, site, engine)
        assert page.get_by_role("button", name="Add a passkey").count() == 0
        with app.test_request_context():
            secret = extension().tf_setup_serializer.loads(page.locator("[name=state]").get_attribute("value"))[1]
            code = extension().totp_factory.generate_totp_password(secret)
        page.get_by_label("Code from the app").fill(code)
        page.get_by_role("button", name="Set up").click()
        assert page.locator(".codes li").count() == 10
        recovery = page.locator(".codes li").first.inner_text()
        page.get_by_role("link", name="I have them").click()
        page.get_by_role("button", name="Sign out", exact=True).click()

        by_letter(page, site, engine)
        page.get_by_label("A recovery code").fill(recovery)
        page.get_by_role("button", name="Use this code").click()

        assert "9 recovery codes are left" in page.inner_text("main")
        page.get_by_role("link", name="Go on").click()
        assert page.url == f"{site}/account"


def _years_ago(engine: Engine) -> None:
    """Let everything that was done so far be long done."""
    with Session(engine) as session:
        for entry in session.scalars(select(AuditEntry)):
            entry.at = entry.at - timedelta(days=700)
        for key in session.scalars(select(Passkey)):
            key.create_datetime = key.create_datetime - timedelta(days=700)
        session.commit()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_of_an_account_keeps_anybody_out(
    chromium: Any, site: str, ann: str, engine: Engine, app: Flask, scheme: str
) -> None:
    opened = chromium.new_context(viewport=PHONE, color_scheme=scheme, bypass_csp=True, reduced_motion="reduce")
    page, wrong = opened.new_page(), {}
    phone(page)
    page.goto(f"{site}/account/sign-in")
    wrong |= axe(page, "sign in")
    page.locator("main form").first.evaluate("form => { form.noValidate = true }")
    page.get_by_role("button", name="Mail me a link").click()
    wrong |= axe(page, "sign in with an error")
    page.goto(f"{site}/account/sign-in/nothing")
    wrong |= axe(page, "a link that does not work")
    page.goto(f"{site}/account/sign-in")
    page.get_by_label("Your e-mail address").fill(EMAIL)
    page.get_by_role("button", name="Mail me a link").click()
    wrong |= axe(page, "sent")
    page.goto(site + link_of(letters(engine)[-1]))
    wrong |= axe(page, "confirm")
    page.get_by_role("button", name="Sign me in").click()
    wrong |= axe(page, "set up")
    page.get_by_label("Code from the app").fill("000000")
    page.get_by_role("button", name="Set up").click()
    wrong |= axe(page, "set up with an error")
    with app.test_request_context():
        secret = extension().tf_setup_serializer.loads(page.locator("[name=state]").get_attribute("value"))[1]
        code = extension().totp_factory.generate_totp_password(secret)
    page.get_by_label("Code from the app").fill(code)
    page.get_by_role("button", name="Set up").click()
    wrong |= axe(page, "recovery codes")
    page.goto(f"{site}/account")
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_text(re.compile("^added on")).wait_for()
    wrong |= axe(page, "overview")
    _years_ago(engine)  # else the undo takes them away, too
    page.goto(f"{site}/account/email")
    wrong |= axe(page, "change the address")
    page.get_by_label("Your new e-mail address").fill("ann@example.net")
    page.get_by_role("button", name="Mail me a link").click()
    wrong |= axe(page, "new address: sent")
    page.goto(site + link_of(letters(engine, "email_change")[-1]))
    wrong |= axe(page, "new address: confirm")
    page.get_by_role("button", name="Use this address").click()
    wrong |= axe(page, "new address: done")
    page.goto(site + link_of(letters(engine, "email_changed")[-1]))
    wrong |= axe(page, "undo")
    page.get_by_role("button", name="Undo the change").click()
    wrong |= axe(page, "undone")
    by_letter(page, site, engine)
    wrong |= axe(page, "second step")
    page.get_by_label("A recovery code").fill("nothing")
    page.get_by_role("button", name="Use this code").click()
    wrong |= axe(page, "second step with an error")
    opened.close()

    assert wrong == {}
