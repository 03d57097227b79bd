"""No state of a therapist's own page keeps anybody out."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from referral.model import Listing
from tests.browser.own_page import EMAIL, half_red, opened, settled
from tests.browser.therapists import cookie, join
from tests.live import DESK, PHONE

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_no_state_of_the_page_keeps_anybody_out(
    chromium: Any, site: str, app: Flask, engine: Engine, size: dict[str, int], scheme: str, tmp_path: Any
) -> None:
    join(engine, "Ann Example", EMAIL, public_id="annexample")
    held = cookie(app, engine, EMAIL)
    wrong: dict[str, object] = {}
    with chromium.new_context(viewport=size, color_scheme=scheme, bypass_csp=True, reduced_motion="reduce") as context:
        context.add_cookies([{**held, "url": site}])
        page = context.new_page()

        def look(name: str) -> None:
            page.screenshot(path=tmp_path / f"{name}-{size['width']}-{scheme}.png", full_page=True)
            found = Axe().run(page).response["violations"]
            if found:
                wrong[name] = [(one["id"], [n["html"][:200] for n in one["nodes"]][:3]) for one in found]
            if page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") > 0:
                wrong[f"{name} is too wide"] = True

        page.goto(f"{site}/listing")
        look("as it is")
        page.evaluate("for (const one of document.querySelectorAll('details.section')) one.open = true")
        look("all open")
        offices = page.locator("#offices")
        offices.get_by_role("button", name="Show the place on a map").click()
        offices.get_by_label("The place of this office").wait_for()
        look("map")
        chosen = {"name": "a.png", "mimeType": "image/png", "buffer": half_red(1200, 600)}
        page.locator("#photo").get_by_label("Choose a picture").set_input_files(chosen)
        page.locator("#photo canvas").wait_for()
        look("crop")
        settled(page)
        page.goto(f"{site}/listing#name")
        page.locator("#name").get_by_label("Name", exact=True).fill("")
        page.locator("#name").get_by_role("button", name="Save").click()
        page.get_by_role("heading", name="This was not saved yet").wait_for()
        assert page.evaluate("document.activeElement.id") == "mend"
        look("wrong")
        page.locator("#name").get_by_label("Name", exact=True).fill("Ann Neu")
        page.locator("#name").get_by_role("button", name="Save").click()
        page.get_by_role("heading", name="Waiting for a moderator").wait_for()
        look("waiting")
        opened(page, "languages").get_by_role("button", name="Add a language").click()
        page.get_by_role("group", name="Language 2").wait_for()
        look("one more")
        page.goto(f"{site}/listing")
        page.wait_for_load_state("networkidle")  # what was not saved is looked at, and the page may load once more
        words = opened(page, "words")
        with Session(engine) as session:
            session.execute(Listing.__table__.update().values(version=Listing.version + 1, bio="Theirs."))
            session.commit()
        words.get_by_label("In your own words").fill("Mine.")
        words.get_by_role("button", name="Save").click()
        page.get_by_role("heading", name="This section was changed meanwhile").wait_for()
        look("conflict")
        opened(page, "words").get_by_role("button", name="Save").click()
        page.wait_for_url("**saved=published*")
        look("saved")
        page.get_by_role("group").filter(has_text="Pause").first.click()
        look("pausing")
        for way in ("numbers", "leave", "history"):
            page.goto(f"{site}/listing/{way}")
            look(way)
        with Session(engine) as session:
            session.execute(Listing.__table__.update().values(version=Listing.version + 1, bio="Theirs again."))
            session.commit()
        page.get_by_role("button", name="Go back to how it was then").first.click()
        page.get_by_role("heading", name="Your listing was changed meanwhile").wait_for()
        assert page.evaluate("document.activeElement.id") == "mend"
        look("changed meanwhile")
    assert wrong == {}
