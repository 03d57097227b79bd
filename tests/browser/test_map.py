"""The map beside the results in a real browser: what it shows, what it asks, and what it weighs."""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask, request
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from referral.config import ROOT
from tests.browser.test_journey import DESK, PHONE, visit
from tests.live import serving
from tests.people import CHICAGO as IN_CHICAGO
from tests.people import EVANSTON, make_listing

pytestmark = pytest.mark.browser

CHICAGO = "/search?place=4887398"
FIRST_VIEW = 150_000
"""Bytes over the wire, headers included, with the map open and nothing kept from before."""

GROUND = 32_000
"""Bytes of the six cells that a desk may show of the nearer levels."""


@contextmanager
def mapped(chromium: Any, site: str, path: str = CHICAGO, **context: Any) -> Iterator[Any]:
    """A page whose map is drawn, whether it stands beside the list or has to be opened."""
    with visit(chromium, site, **context) as page:
        page.goto(site + path)
        opened(page)
        yield page


def opened(page: Any) -> None:
    switch = page.get_by_role("button", name="Show map")
    if switch.is_visible():
        switch.click()
    page.locator(".map :is(.pin, .heap)").first.wait_for()
    page.locator(".town").first.wait_for(state="attached")
    page.wait_for_load_state("networkidle")


def shows(page: Any, count: int) -> bool:
    """Whether, before long, the pins and heaps in view stand for so many."""
    for _ in range(100):
        if people(page) == count:
            return True
        page.wait_for_timeout(100)
    return False


def people(page: Any) -> int:
    """How many the pins and heaps in view stand for just now."""
    heaps = [int(text) for text in page.locator(".map .heap").all_inner_texts()]
    return page.locator(".map .pin").count() + sum(heaps)


def test_who_has_two_offices_is_one_of_the_people_and_stands_at_two_places(
    chromium: Any, app: Flask, engine: Engine
) -> None:
    with Session(engine) as session:
        make_listing(session, name="Ana Ruiz", offices=[IN_CHICAGO, EVANSTON])
        make_listing(session, name="Ben Cole", **(IN_CHICAGO | {"lat": 41.83}))
        make_listing(session, name="Cara Dunn", **(EVANSTON | {"lat": 42.1}))
        session.commit()
    with serving(app) as site, mapped(chromium, site, viewport=DESK) as page:
        assert page.locator("h1").inner_text().startswith("3 therapists")
        assert shows(page, 4)
        for heap in page.locator(".map .heap").all():
            assert heap.get_attribute("aria-label") == "Offices here: 2"
        assert page.locator(".map-count").inner_text() == "People: 3. Offices: 4."

        page.get_by_role("searchbox", name="Where are you?").fill("Cara Dunn")
        page.get_by_role("button", name="Search", exact=True).click()
        page.locator(".map .pin").wait_for()
        assert not page.locator(".map-count").is_visible(), "one person with one office needs no such line"


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_map_shows_everybody_in_the_list(chromium: Any, site: str, size: dict[str, int], scheme: str) -> None:
    with mapped(chromium, site, viewport=size, color_scheme=scheme) as page:
        assert shows(page, 3)
        assert page.locator(".map-ground canvas").count() == 1
        assert page.locator(".map-said").inner_text() == ""


def test_a_phone_loads_nothing_of_the_map_until_it_is_opened(chromium: Any, site: str) -> None:
    with visit(chromium, site, viewport=PHONE) as page:
        asked: list[str] = []
        page.on("request", lambda r: asked.append(urlsplit(r.url).path))
        page.goto(site + CHICAGO)
        page.wait_for_load_state("networkidle")
        assert not [
            a for a in asked if a.startswith(("/vendor/map", "/api/v1/map", "/places/labels", "/static/map.js"))
        ]

        page.get_by_role("button", name="Show map").click()
        page.locator(".map :is(.pin, .heap)").first.wait_for()
        page.get_by_role("button", name="Hide map").click()
        assert not page.locator(".map-frame").is_visible()


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_without_a_script_there_is_no_map_and_no_hint_of_one(chromium: Any, site: str, size: dict[str, int]) -> None:
    with visit(chromium, site, viewport=size, java_script_enabled=False) as page:
        page.goto(site + CHICAGO)

        assert not page.locator(".map").is_visible()
        further, cards = page.locator(".further").bounding_box(), page.locator(".list").bounding_box()
        assert further["y"] == (cards["y"] if size is DESK else further["y"])  # its place is taken


def test_a_pin_says_who_is_there_and_leads_to_them(chromium: Any, site: str) -> None:
    with mapped(chromium, site, viewport=DESK) as page:
        page.locator(".map .pin").click()
        card = page.locator(".card", has_text="Cara Dunn")
        page.locator(".leaflet-popup a", has_text="Cara Dunn").wait_for()
        assert "marked" in (card.get_attribute("class") or "")
        assert not page.locator(".map-again").is_visible()

        page.locator(".leaflet-popup a", has_text="Cara Dunn").click()
        page.wait_for_url("**/therapists/cara-dunn")


def test_several_at_one_point_are_all_named(chromium: Any, site: str) -> None:
    with mapped(chromium, site, viewport=DESK) as page:
        page.locator(".map .heap").click()
        page.locator(".leaflet-popup").wait_for()

        assert set(page.locator(".leaflet-popup li").all_inner_texts()) == {"Ana Ruiz", "Ben Cole"}


def test_a_pin_is_reached_named_and_left_with_keys(chromium: Any, site: str) -> None:
    with mapped(chromium, site, viewport=DESK) as page:
        pin = page.locator(".map .pin")
        assert (pin.get_attribute("role"), pin.get_attribute("aria-label")) == ("button", "Cara Dunn")
        assert page.locator(".map .heap").get_attribute("aria-label") in ("Ana Ruiz, Ben Cole", "Ben Cole, Ana Ruiz")
        assert pin.get_attribute("tabindex") == "0"

        pin.focus()
        page.keyboard.press("Enter")
        page.locator(".leaflet-popup a:focus", has_text="Cara Dunn").wait_for()
        page.keyboard.press("Escape")
        assert page.locator(".leaflet-popup").count() == 0
        assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Cara Dunn"


@pytest.mark.parametrize("language", ["", "/he"])
def test_no_name_lies_under_what_closes_the_list_of_a_pin(chromium: Any, site: str, language: str) -> None:
    with visit(chromium, site, viewport=PHONE) as page:
        page.goto(f"{site}{language}{CHICAGO}")
        page.locator(".map-switch button").click()
        page.locator(".map .pin").first.click()
        name, close = page.locator(".leaflet-popup li a bdi").first, page.locator(".leaflet-popup-close-button")
        name.wait_for()
        one, other = name.bounding_box(), close.bounding_box()

        assert one["x"] + one["width"] <= other["x"] + 8 or other["x"] + other["width"] <= one["x"] + 8


def test_a_map_is_entered_and_left_with_a_word(chromium: Any, site: str) -> None:
    """A screen reader takes an “application” for another document, and says nothing of what comes first after it."""
    with mapped(chromium, site) as page:
        assert page.locator(".map-ground").get_attribute("role") == "group"
        assert page.locator(".map-ground canvas:not([aria-hidden=true] *)").count() == 0


def test_the_map_is_skipped_with_one_key(chromium: Any, site: str) -> None:
    with mapped(chromium, site, viewport=DESK) as page:
        page.locator(".map .skip").focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")

        assert page.evaluate("document.activeElement.closest('.list') !== null")


def test_a_card_that_is_pointed_at_lights_its_pin(chromium: Any, site: str) -> None:
    with mapped(chromium, site, viewport=DESK) as page:
        page.locator(".card", has_text="Cara Dunn").hover()
        assert page.locator(".map .pin.lit").count() == 1
        page.get_by_role("link", name="Ben Cole").focus()
        assert page.locator(".map .heap.lit").count() == 1
        assert page.locator(".map .pin.lit").count() == 0


def test_a_moved_map_offers_to_search_there_with_the_same_wishes(chromium: Any, site: str) -> None:
    with mapped(chromium, site, CHICAGO + "&language=en", viewport=DESK, reduced_motion="reduce") as page:
        again = page.get_by_role("link", name="Search this area")
        assert not again.is_visible()
        page.locator(".map-ground").focus()
        page.keyboard.press("ArrowLeft")
        again.wait_for()
        asked = parse_qs(urlsplit(again.get_attribute("href")).query)
        lat, lon = map(float, asked["near"][0].split(","))
        assert abs(lat - 41.9) < 0.3 and lon < -87.63 and int(asked["radius"][0]) in (16, 40)
        assert set(asked) == {"near", "radius", "language"}

        page.locator("[role=combobox]").wait_for()
        again.press("Enter")
        page.wait_for_url("**near=**")
        page.locator("h1", has_text="near").wait_for()
        again.wait_for(state="hidden")
        assert page.locator(".map-ground").evaluate("one => one === document.activeElement")
        page.wait_for_load_state("networkidle")
        assert shows(page, 3)
        box = page.get_by_label("Where are you?")
        assert box.input_value() in page.locator("h1").inner_text()
        there = parse_qs(urlsplit(page.url).query)
        page.get_by_role("button", name="Search", exact=True).click()
        page.wait_for_load_state("networkidle")
        assert parse_qs(urlsplit(page.url).query) == there


def test_the_map_follows_a_filter(chromium: Any, site: str) -> None:
    with mapped(chromium, site, viewport=DESK) as page:
        page.get_by_label("Spanish").check()
        page.wait_for_url("**language=es*")
        page.wait_for_load_state("networkidle")

        assert shows(page, 2)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_first_view_with_the_map_is_light(chromium: Any, site: str, size: dict[str, int]) -> None:
    for path in (CHICAGO, "/search?in=US"):
        with visit(chromium, site, viewport=size) as page:
            weights: list[int] = []
            page.on("requestfinished", lambda r, to=weights: to.append(sum(map(r.sizes().get, WEIGHED))))
            page.goto(site + path)
            opened(page)
            page.wait_for_timeout(200)
        assert sum(weights) <= FIRST_VIEW, path


WEIGHED = ("responseBodySize", "responseHeadersSize")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_open_map_shuts_nobody_out(chromium: Any, site: str, size: dict[str, int], scheme: str) -> None:
    context = chromium.new_context(viewport=size, color_scheme=scheme, bypass_csp=True, reduced_motion="reduce")
    page = context.new_page()
    page.goto(site + CHICAGO)
    opened(page)
    page.locator(".map .pin").click()
    page.locator(".leaflet-popup a").first.wait_for()
    found = Axe().run(page).response["violations"]
    small = page.locator(".map :is(a, button, [role=button]):visible:not(.skip, .leaflet-popup li a)").evaluate_all(
        "all => all.map(e => [e.className, e.getBoundingClientRect()]).filter(([, r]) => r.width < 44 || r.height < 44)"
        ".map(([name, r]) => `${name} ${r.width} ${r.height}`)"
    )
    context.close()

    assert [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in found] == []
    assert small == []


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_map_works_in_pages_that_run_from_right_to_left(
    chromium: Any, app: Flask, site: str, size: dict[str, int]
) -> None:
    app.context_processor(lambda: {"dir": "rtl"} if request.path == "/search" else {})
    with mapped(chromium, site, viewport=size) as page:
        assert page.evaluate("document.documentElement.dir") == "rtl"
        assert shows(page, 3)
        frame, pin = page.locator(".map-frame").bounding_box(), page.locator(".map .pin").bounding_box()
        assert frame["x"] <= pin["x"] and pin["x"] + pin["width"] <= frame["x"] + frame["width"]
        if size is DESK:
            assert frame["x"] < page.locator(".list").bounding_box()["x"]
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0


def test_nothing_moves_while_the_map_is_loading(chromium: Any, site: str) -> None:
    with visit(chromium, site, viewport=DESK) as page:
        page.add_init_script(
            "self.moved = 0; new PerformanceObserver(l => l.getEntries().forEach(e => self.moved += e.value))"
            ".observe({ type: 'layout-shift', buffered: true })"
        )
        page.goto(site + CHICAGO)
        opened(page)

        assert page.evaluate("self.moved") < 0.005


def test_a_moved_map_keeps_the_other_of_two(chromium: Any, site: str) -> None:
    with mapped(chromium, site, CHICAGO + "&and_near=5263045", viewport=DESK, reduced_motion="reduce") as page:
        page.locator(".map-ground").focus()
        page.keyboard.press("ArrowLeft")
        again = page.get_by_role("link", name="Search this area")
        again.wait_for()
        asked = parse_qs(urlsplit(again.get_attribute("href")).query)
        assert asked["and_near"] == ["5263045"] and set(asked) == {"near", "and_near"}


def test_a_map_without_an_answer_shows_nobody_and_says_so(chromium: Any, site: str) -> None:
    with mapped(chromium, site, viewport=DESK, reduced_motion="reduce") as page:
        page.route("**/api/v1/map?*", lambda route: route.fulfill(body="cut off"))
        page.get_by_role("checkbox", name="Spanish").check()
        page.get_by_text("The map could not be loaded.").wait_for()
        assert shows(page, 0) and page.locator(".map-ground path").count() == 0

        page.unroute("**/api/v1/map?*")
        page.get_by_role("checkbox", name="Spanish").uncheck()
        assert shows(page, 3)
        assert page.locator(".map-said").inner_text() == ""


@pytest.mark.parametrize(("level", "degrees"), [("near", 10), ("close", 5)])
def test_the_ground_of_a_coast_is_light_wherever_it_is(level: str, degrees: int) -> None:
    across, sizes = 360 // degrees, {}
    for cell in (ROOT / "node_modules" / ".basemap" / level).glob("*.json"):
        x, y = map(int, cell.stem.split("_"))
        sizes[x, y] = len(gzip.compress(cell.read_bytes()))

    views = {
        (x, y): sum(sizes.get(((x + right) % across, y + up), 0) for right in range(3) for up in range(2))
        for x, y in sizes
    }
    assert sizes
    assert {view: size for view, size in views.items() if size > GROUND} == {}


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_therapists_page_shows_roughly_where_on_a_map_that_comes_when_it_is_seen(
    chromium: Any, site: str, size: Any
) -> None:
    with visit(chromium, site, viewport=size) as page:
        page.goto(site + CHICAGO)
        address = page.locator(".list .card :is(h2, h3) a").first.get_attribute("href")
        asked: list[str] = []
        page.on("request", lambda one: asked.append(one.url))
        page.goto(site + address)
        page.wait_for_load_state("networkidle")
        assert size == DESK or not any("leaflet" in url for url in asked)

        page.locator(".small-map").scroll_into_view_if_needed()
        if size == PHONE:
            page.get_by_role("button", name="Show map").click()
        page.locator(".small-map :is(.map-circle, .pin)").first.wait_for()
        page.wait_for_load_state("networkidle")

        assert any("leaflet" in url for url in asked)
        assert [v["id"] for v in Axe().run(page).response["violations"]] == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_an_empty_part_of_the_map_keeps_the_map_and_the_distances(chromium: Any, site: str) -> None:
    with mapped(chromium, site, viewport=DESK, reduced_motion="reduce") as page:
        page.evaluate("window.same = true")
        page.locator(".map-ground").focus()
        for _ in range(20):
            page.keyboard.press("ArrowLeft")
        page.wait_for_timeout(300)
        page.get_by_role("link", name="Search this area").press("Enter")
        page.locator("h1", has_text="No therapist").wait_for()
        page.locator("p.unseen", has_text="No therapist").wait_for(state="attached")

        assert page.evaluate("window.same")
        assert page.locator(".map-ground").is_visible() and page.locator(".radii").is_visible()
