"""Networks and workshops in a real browser: their maps, what they weigh, and that everybody can use them."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from referral.workshops import invented
from tests.browser.test_journey import DESK, PHONE, visit
from tests.browser.test_map import people
from tests.make import NOW

pytestmark = pytest.mark.browser

LARGEST = 150_000
"""Bytes over the wire with the map open."""

WIDTHS = """() => {
  const box = document.querySelector(".map-ground").getBoundingClientRect();
  const at = {};
  for (const pin of document.querySelectorAll(".map-ground .pin, .map-ground .heap")) {
    const { left, right, top, bottom } = pin.getBoundingClientRect();
    const out = left < box.left || right > box.right || top < box.top || bottom > box.bottom;
    at[pin.ariaLabel] = { x: (left + right) / 2, out };
  }
  const names = ({ listings }) => listings.map((one) => one.name).join(", ");
  const pins = JSON.parse(document.querySelector(".small-map").dataset.pins);
  const known = pins.map((one) => [one.geometry.coordinates[0], at[names(one.properties)]]);
  const [one, other] = known.filter(([, point]) => point);
  const world = other ? (360 * (other[1].x - one[1].x)) / (other[0] - one[0]) : box.width;
  const all = pins.reduce((sum, one) => sum + one.properties.count, 0);
  return [world, box.width, Object.keys(at).filter((name) => at[name].out), all];
}"""
"""Pixels of the whole world and of the map, by two pins of which the longitudes are known,
where there is room for two; the pins that are cut, and how many networks there are."""

NETWORKS = (
    "JSON.parse(document.querySelector('.small-map').dataset.pins).reduce((sum, one) => sum + one.properties.count, 0)"
)

PAGES = ("/networks", "/networks/imago-austria", "/networks/in/MX", "/networks/imago-austria/report", "/workshops",
         "/workshops?q=Vienna", "/workshops/imago-paarworkshop-vienna")  # fmt: skip


@pytest.fixture
def alive(app: Flask, engine: Engine, site: str) -> str:
    """The small directory with demonstration workshops."""
    with Session(engine) as session:
        invented.refresh(session, app.extensions["referral"].gazetteer, NOW)
        session.commit()
    return site


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_every_page_is_whole_for_everybody(chromium: Any, alive: str, size: dict[str, int]) -> None:
    with visit(chromium, alive, viewport=size) as page:
        for path in PAGES:
            page.goto(alive + path)
            if (switch := page.get_by_role("button", name="Show map")).is_visible():
                switch.click()
            page.wait_for_load_state("networkidle")

            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
            assert [v["id"] for v in Axe().run(page).response["violations"]] == [], path


def test_the_world_and_its_map_weigh_little_and_a_pin_leads_to_its_network(chromium: Any, alive: str) -> None:
    with visit(chromium, alive, viewport=DESK) as page:
        weighed: list[float] = []
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        wire = page.context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.on("Network.loadingFinished", lambda event: weighed.append(event["encodedDataLength"]))
        page.goto(f"{alive}/networks")
        page.locator(".small-map :is(.pin, .heap)").first.wait_for()
        page.wait_for_load_state("networkidle")

        assert 0 < sum(weighed) <= LARGEST
        assert len(ground := [url for url in asked if "/vendor/map/far/" in url]) == len(set(ground)) > 0
        page.locator(".small-map .pin").first.focus()
        page.keyboard.press("Enter")
        page.locator(".leaflet-popup a").first.click()
        page.wait_for_url("**/networks/*")


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_world_stands_there_once_with_all_its_pins(chromium: Any, alive: str, size: dict[str, int]) -> None:
    with visit(chromium, alive, viewport=size) as page:
        page.goto(f"{alive}/networks")
        if (switch := page.get_by_role("button", name="Show map")).is_visible():
            switch.click()
        page.locator(".small-map .pin").first.wait_for()
        world, shown, outside, networks = page.evaluate(WIDTHS)

        assert world >= shown - 1
        assert outside == []
        assert people(page) == networks


def test_without_a_script_a_place_is_answered_and_there_is_no_map(chromium: Any, alive: str) -> None:
    with visit(chromium, alive, viewport=PHONE, java_script_enabled=False) as page:
        page.goto(f"{alive}/networks")
        assert not page.locator(".map").is_visible()

        page.get_by_label("Which country or town?").fill("Graz")
        page.get_by_role("button", name="Search").click()

        assert page.get_by_role("heading", name="Responsible for Graz, Styria, Austria").is_visible()
        assert page.locator(".answer-group a", has_text="Imago Österreich").is_visible()
