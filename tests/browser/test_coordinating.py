"""Coordinators' pages in a real browser: every page and error looked through, and the work done by keyboard alone."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from referral.listings.content import Credential
from referral.model import Membership, Network
from referral.networks import facts, keeping, rosters
from tests.client import CheckingClient
from tests.coordinating.people import make_member, make_network
from tests.live import DESK, PHONE
from tests.make import NOW, TODAY, make_account
from tests.moderation.people import signed_in

pytestmark = pytest.mark.browser

HOME = "/coordination/imago-example"


@pytest.fixture
def people(app: Flask, engine: Engine) -> dict[str, str]:
    """A network with an applicant and two members, one of them stale; name -> public id."""
    with Session(engine) as session:
        net = make_network(session, level_labels={"imago_trainee": "Student"})
        ending = [Credential("certified_imago_therapist", "Example", expires_on=TODAY + timedelta(9))]
        made = {
            "Ada": make_member(session, net, name="Ada Example", applied=True, status="pending", consented_on=TODAY),
            "Ben": make_member(session, net, name="Ben Example", credentials=ending, attested_on=TODAY - timedelta(80)),
            "Cara": make_member(session, net, name="Cara Example", credentials=[]),
        }
        me = make_account(session, "coordinator", email="co@example.org", networks=[net.slug])
        keeping.submit(session, net.id, {**facts.facts(net), "offers": "Workshops"}, 1, me.id, NOW)
        session.commit()
        return {name: one.public_id for name, one in made.items()}


@pytest.fixture
def coordinator(
    chromium: Any, site: str, people: dict[str, str], client: CheckingClient, engine: Engine
) -> Iterator[Any]:
    """A coordinator's browser."""
    with Session(engine) as session:
        from referral.model import Account

        id = session.scalars(select(Account.id).where(Account.email == "co@example.org")).one()
    held = signed_in(client, engine, id).get_cookie("session")
    assert held is not None
    with chromium.new_context(viewport=DESK) as opened:
        opened.add_cookies([{"name": "session", "value": held.value, "url": site}])
        yield opened.new_page()


def wrong_with(page: Any, name: str) -> list[object]:
    """What axe finds on the page as it stands, on a desk and on a phone, and whether it is too wide."""
    found: list[object] = []
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        found += [(name, v["id"], v["nodes"][0]["html"]) for v in Axe().run(page).response["violations"]]
        if page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") > 0:
            found.append((name, "is too wide", size))
    page.set_viewport_size(DESK)
    return found


def test_every_page_can_be_used_by_everybody_also_with_its_errors(
    coordinator: Any, site: str, people: dict[str, str], tmp_path: Path
) -> None:
    page, wrong, said = coordinator, [], []
    page.on("console", lambda m: said.append(m.text) if m.type in ("error", "warning") else None)
    for path in ("", "/imago-example", "/imago-example?only=former", "/imago-example/import", "/imago-example/facts",
                 "/imago-example/workshops", "/imago-example/workshops/new",
                 *(f"/imago-example/members/{id}" for id in people.values())):  # fmt: skip
        assert page.goto(f"{site}/coordination{path}").status == 200
        wrong += wrong_with(page, path)

    page.goto(site + HOME)
    page.get_by_role("button", name="Renew").click()
    wrong += wrong_with(page, "renewal without a day")
    page.goto(f"{site}{HOME}/members/{people['Ada']}")
    page.get_by_label("Valid until").first.fill("2020-01-01")
    page.get_by_role("button", name="Confirm").click()
    wrong += wrong_with(page, "confirmed with a day that is past")
    page.goto(f"{site}{HOME}/facts")
    page.get_by_label("Website").fill("nowhere")
    page.get_by_label("Countries and regions").fill("Atlantis of yore")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="This was not saved yet").wait_for()
    wrong += wrong_with(page, "facts that cannot be")
    page.goto(f"{site}{HOME}/workshops/new")
    page.get_by_role("button", name="Announce").click()
    page.get_by_role("heading", name="This was not saved yet").wait_for()
    wrong += wrong_with(page, "an empty workshop")
    page.goto(f"{site}{HOME}/import")
    bad = tmp_path / "bad.csv"
    bad.write_text(
        "name,country,training,valid until\nAda Example,US,certified,2029-01-01\nDan,Nowhere,,soon\n", "utf-8"
    )
    page.get_by_label("The file").set_input_files(bad)
    page.get_by_role("button", name="Compare").click()
    page.get_by_role("heading", name="cannot be read").wait_for()
    wrong += wrong_with(page, "a roster with bad lines")

    assert wrong == []
    assert [s for s in said if "Content Security Policy" not in s and "400 (BAD REQUEST)" not in s] == []


def tab_to(page: Any, held: str) -> None:
    """Press Tab until what matches `held` has the focus."""
    for _step in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", held):
            return
    pytest.fail(f"Tab never reaches {held}")


def test_the_work_is_done_by_keyboard_alone(
    coordinator: Any, site: str, people: dict[str, str], engine: Engine, tmp_path: Path
) -> None:
    page = coordinator
    page.goto(f"{site}{HOME}/members/{people['Ada']}")
    tab_to(page, "form[action*='/confirm'] input[type=checkbox]")
    page.keyboard.press("Space")
    tab_to(page, "form[action*='/confirm'] button")
    page.keyboard.press("Enter")
    page.get_by_text("The membership is confirmed.").wait_for()

    page.goto(site + HOME)
    tab_to(page, f"input[value^='{people['Ben']}']")
    page.keyboard.press("Space")
    tab_to(page, "#until")
    page.keyboard.type("01312029")
    tab_to(page, "form[action*='/renew'] button")
    page.keyboard.press("Enter")
    page.get_by_text("One paper is renewed.").wait_for()

    page.goto(f"{site}{HOME}/import")
    file = tmp_path / "roster.csv"
    file.write_text("name,country\nAda Example,US\nBen Example,US\nDan Example,US\n", "utf-8")
    page.get_by_label("The file").set_input_files(file)  # the dialog is the system's own
    tab_to(page, "form[enctype] button")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="1 new person").wait_for()
    assert wrong_with(page, "the difference") == []
    tab_to(page, f"input[value='{people['Cara']}']")
    page.keyboard.press("Space")
    tab_to(page, "form[action*='/take-over'] button")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="The roster is taken over").wait_for()

    page.goto(f"{site}{HOME}/facts")
    tab_to(page, "#phone")
    page.keyboard.type("+1 312 555 0100")
    tab_to(page, ".save-bar button")
    page.keyboard.press("Enter")
    page.get_by_text("Saved. How you are reached is published").wait_for()

    with Session(engine) as session:
        net = session.scalars(select(Network).where(Network.slug == "imago-example")).one()
        standing = [rosters.standing(m, TODAY) for m in session.scalars(select(Membership).order_by(Membership.id))]
        assert (net.phone, standing) == ("+1 312 555 0100", ["member", "member", "former", "member"])


def test_the_fields_above_a_roster_stand_in_one_line_and_are_as_high(coordinator: Any, site: str) -> None:
    coordinator.set_viewport_size({"width": 1280, "height": 800})
    coordinator.goto(f"{site}{HOME}")

    boxes = [coordinator.locator(name).bounding_box() for name in ("#words", "#sort", ".find button")]

    assert len({(round(box["y"]), round(box["height"])) for box in boxes}) == 1, boxes
