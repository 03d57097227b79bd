"""A therapist's way in a real browser: claim, edit, be found, confirm, pause, leave."""

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import enumerate as threads
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from referral import db, nightly
from referral.listings import indexing
from referral.model import Account, Letter, Listing, Membership, Network
from referral.nightly.night import Night
from tests.accounts.people import letters, link_of, make_account
from tests.browser.hands import Keys, Pointer
from tests.browser.therapists import cookie
from tests.live import DESK, PHONE, visit
from tests.make import NOW, TODAY
from tests.people import CHICAGO, make_listing

pytestmark = pytest.mark.browser

MARK = "Xyzzyq"
EMAIL = f"{MARK.lower()}@example.org"


@pytest.fixture
def imported(app: Flask, engine: Engine) -> None:
    """A listing that came by a roster, and a moderator."""
    with Session(engine) as session:
        given = {"languages": ["en"], "delivery": ["in_person"], "status": "pending", **CHICAGO}
        listing = make_listing(session, name=f"Ann {MARK}", email=EMAIL, public_id="wayofann12", **given)
        network = session.scalars(select(Network).order_by(Network.id)).first()
        assert network is not None
        session.add(Membership(network_id=network.id, practitioner_id=listing.practitioner_id, kind="", since=TODAY))
        make_account(session, "mo@example.org", "moderator")
        session.commit()


@pytest.fixture
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Takes a picture of a page; they stay beside the test's other files, under the number of the step."""
    folder, taken = tmp_path_factory.mktemp("pictures"), []

    def take(page: Any, name: str) -> None:
        taken.append(name)
        page.screenshot(path=folder / f"{len(taken):02} {name}.png", full_page=True)

    yield take
    print(f"{len(taken)} pictures in {folder}")


def door(hands: Pointer, id: str) -> Any:
    """A section, opened."""
    section = hands.page.locator(f"details#{id}")
    if not section.evaluate("one => one.open"):
        hands.press(section.locator("summary").first)
    return section


def save(hands: Pointer, section: Any, said: str) -> None:
    """Save, and wait for what the page says."""
    hands.press(section.get_by_role("button", name="Save", exact=True))
    hands.page.locator(".note.saved").get_by_text(said).wait_for()


def claim(hands: Pointer, site: str, engine: Engine, pictures: Any) -> None:
    page = hands.page
    page.goto(f"{site}/listing/claim")
    hands.write(page.get_by_label("e-mail"), EMAIL)
    pictures(page, "claim")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Check your e-mail").wait_for()
    page.goto(site + link_of(letters(engine, "claim")[-1]))
    pictures(page, "agree")
    hands.press(page.get_by_role("button", name="Yes, this is mine"))
    page.wait_for_url(f"{site}/listing")
    pictures(page, "the listing")


def edit_six(hands: Pointer, site: str, pictures: Any) -> None:
    page, now = hands.page, "Visitors see it now."
    part = door(hands, "availability")
    hands.tick(part.get_by_label("Existing clients only"))
    save(hands, part, now)
    part = door(hands, "words")
    hands.write(part.get_by_label("In your own words"), f"Two chairs, and time. {MARK} says so.")
    page.locator("#preview").get_by_text("Two chairs, and time.").wait_for()
    with page.expect_popup() as opened:
        hands.press(part.get_by_role("button", name="Preview"))
    opened.value.get_by_role("heading", level=1, name=f"Ann {MARK}").wait_for()
    pictures(opened.value, "preview")
    opened.value.close()
    save(hands, part, now)
    part = door(hands, "languages")
    hands.choose(part.get_by_label("How well").first, "Fluently")
    save(hands, part, now)
    part = door(hands, "costs")
    hands.write(part.get_by_label("Price", exact=True), "120")
    hands.choose(part.get_by_label("Currency"), "USD · US Dollar")
    save(hands, part, now)
    part = door(hands, "work")
    hands.tick(part.get_by_label("90 minutes"))
    save(hands, part, now)
    part = door(hands, "name")
    hands.write(part.get_by_label("Name", exact=True), f"Ann {MARK} Newname")
    save(hands, part, "A moderator looks at it")
    page.get_by_role("heading", name="Waiting for a moderator").wait_for()
    pictures(page, "waiting")


def publish(hands: Pointer, site: str, pictures: Any) -> float:
    """A moderator publishes what waits; the moment it was pressed."""
    page = hands.page
    page.goto(f"{site}/moderation")
    pictures(page, "queue")
    hands.press(page.get_by_role("link", name=f"Ann {MARK}"))
    page.get_by_role("button", name="Publish").wait_for()
    pictures(page, "difference")
    pressed = time.monotonic()
    hands.press(page.get_by_role("button", name="Publish"))
    page.get_by_role("heading", name="What waits").wait_for()
    return pressed


def found(page: Any, site: str) -> dict[str, bool]:
    """Where visitors meet her now."""
    told = {
        "results": f"{site}/search?text=Newname",
        "api": f"{site}/api/v1/search?text=Newname",
        "map": f"{site}/api/v1/map?text=Newname",
        "page": f"{site}/therapists/ann-{MARK.lower()}",
    }
    seen = {name: MARK in page.request.get(address).text() for name, address in told.items()}
    sitemap = page.request.get(f"{site}/sitemap/therapists-1.xml")  # not there at all when nobody is listed
    return seen | {"sitemap": MARK.lower() in sitemap.text()}


def confirm_from_a_mail(chromium: Any, site: str, engine: Engine, app: Flask, pictures: Any) -> None:
    """Sixty days later a letter asks; its link confirms without signing in."""
    here = app.extensions["referral"]
    asking = [one for one in nightly.JOBS if one[0] == "attestations"]
    nightly.run(Night(here.engine, here.index, here.letterhead, NOW + timedelta(days=60)), asking)
    [letter] = [one for one in letters(engine, "still_correct") if one.to == EMAIL]
    with visit(chromium, site, viewport=PHONE) as page:
        page.goto(site + link_of(letter))
        pictures(page, "still correct")
        page.get_by_role("button", name="correct").click()
        page.wait_for_url("**/listing/confirmed")
        pictures(page, "confirmed")


def marked(folder: Path) -> set[str]:
    """Files that hold a byte of her, whatever the case."""
    sought = MARK.lower().encode()
    return {p.name for p in folder.rglob("*") if p.is_file() and sought in p.read_bytes().lower()}


@pytest.mark.parametrize("kind", [Pointer, Keys], ids=["pointer", "keys alone"])
def test_the_whole_way_of_a_therapist(
    kind: type[Pointer], chromium: Any, site: str, imported: None, app: Flask, engine: Engine, tmp_path: Path,
    pictures: Any,
) -> None:  # fmt: skip
    moderator = cookie(app, engine, "mo@example.org")
    with visit(chromium, site, signs_in=True, viewport=DESK) as page:
        hands = kind(page)
        claim(hands, site, engine, pictures)
        edit_six(hands, site, pictures)
        with visit(chromium, site, signs_in=True, viewport=DESK) as desk:
            desk.context.add_cookies([{**moderator, "url": site}])
            pressed = publish(kind(desk), site, pictures)
        while not all(found(page, site).values()):
            assert time.monotonic() - pressed < 5, found(page, site)
        print(f"found {time.monotonic() - pressed:.2f} s after “Publish” was pressed")

        page.goto(f"{site}/listing")
        hands.press(page.locator("details.pause summary"))
        hands.press(page.get_by_role("button", name="Pause my listing"))
        page.get_by_role("heading", name="You are paused").wait_for()
        assert not any(found(page, site).values()), found(page, site)
        pictures(page, "paused")
        hands.press(page.get_by_role("button", name="Come back now"))
        page.get_by_role("heading", name="Visitors see you").wait_for()
        assert all(found(page, site).values())

        confirm_from_a_mail(chromium, site, engine, app, pictures)

        page.goto(f"{site}/listing")
        hands.press(page.get_by_role("link", name="Leave the directory"))
        hands.tick(page.get_by_label("Yes, erase"))
        pictures(page, "leave")
        hands.press(page.get_by_role("button", name="Leave"))
        page.wait_for_url(f"{site}/listing/left**")
    for thread in [one for one in threads() if one.name == "forget"]:
        thread.join(30)
    assert marked(tmp_path) == set()
    with db.reading(engine) as session:
        assert session.scalars(select(Listing).where(Listing.public_id == "wayofann12")).all() == []
        assert session.scalars(select(Account).where(Account.email == EMAIL)).all() == []
        assert session.scalars(select(Letter).where(Letter.to == EMAIL)).all() == []
        assert indexing.verify(session, app.extensions["referral"].index, TODAY) == []
