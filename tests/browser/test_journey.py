"""A visitor's way in a real browser: search, narrow, open a page; by mouse and keyboard, with and without scripts."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.hands import Keys
from tests.live import DESK, PHONE, visit

pytestmark = pytest.mark.browser

PAGES = [
    "/",
    "/search?place=4887398",
    "/search?place=4887398&language=he",
    "/search?q=Springfield",
    "/search?q=asdfqwer",
    "/therapists/ana-ruiz",
    "/networks",
    "/networks/imago-relationships-north-america",
    "/networks/in/FO",
    "/questions",
    "/questions/why-wont-my-partner-go-to-therapy-with-me",
    "/questions/when-is-couple-therapy-not-the-right-first-step",
    "/about",
    "/about/order",
    "/about/privacy",
    "/nowhere",
]


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_visitor_finds_a_therapist(chromium: Any, site: str, size: dict[str, int], scripts: bool) -> None:
    with visit(chromium, site, viewport=size, java_script_enabled=scripts) as page:
        page.goto(site)
        page.get_by_label("Where are you?").fill("Chicago")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search?place=4887398")
        assert page.locator("h1").inner_text() == "3 therapists within 25\xa0miles of Chicago, Illinois, United States"

        filters = page.get_by_text("Filters", exact=False).first
        if not page.get_by_label("Spanish").is_visible():
            filters.click()
        page.get_by_label("Spanish").check()
        if not scripts:
            page.get_by_role("button", name="Apply").click()
        page.wait_for_url("**language=es*")
        page.get_by_role("heading", level=1, name="2 therapists within").wait_for()

        page.get_by_role("link", name="Ana Ruiz").click()
        page.wait_for_url("**/therapists/ana-ruiz")
        assert "Ana Ruiz" in page.locator("h1").inner_text()


def test_the_keyboard_alone_is_enough(chromium: Any, site: str) -> None:
    with visit(chromium, site, viewport=DESK) as page:
        page.goto(site)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent").strip() == "Skip to the content"
        for _ in range(12):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.name") == "q":
                break
        page.keyboard.type("Chicago")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search?place=4887398")


def test_keys_alone_write_to_a_therapist_on_a_phone_and_nothing_typed_is_lost(chromium: Any, site: str) -> None:
    with visit(chromium, site, viewport=PHONE) as page:
        hands = Keys(page)
        page.goto(site + "/therapists/ana-ruiz")
        bar = page.locator(".reach-bar").get_by_role("link", name="Write to Ana Ruiz")
        assert bar.is_visible()
        hands.press(page.locator("#reach").get_by_role("link", name="Write to Ana Ruiz"))
        page.get_by_role("heading", level=1, name="Write to Ana Ruiz").wait_for()
        hands.write(page.get_by_label("Your message"), "We could come on Tuesdays.")
        hands.write(page.get_by_label("Your e-mail address"), "vic")
        hands.choose(page.get_by_label("In which language"), "Spanish")
        hands.press(page.get_by_role("button", name="Send"))
        page.get_by_role("heading", name="This was not sent yet").wait_for()
        assert page.get_by_label("Your message").input_value() == "We could come on Tuesdays."
        assert Axe().run(page).response["violations"] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

        hands.write(page.get_by_label("Your e-mail address"), "vic@example.org")
        assert page.evaluate("document.activeElement.getAttribute('aria-invalid')") == "true"
        hands.press(page.get_by_role("button", name="Send"))
        page.wait_for_url("**/therapists/ana-ruiz/written*")
        page.reload()
        page.get_by_role("heading", level=1, name="Your message is on its way").wait_for()
        assert Axe().run(page).response["violations"] == []


@pytest.mark.parametrize("way", ["keyboard", "pointer"])
def test_a_place_chosen_on_the_results_is_searched_at_once(chromium: Any, site: str, way: str) -> None:
    with visit(chromium, site, viewport=DESK) as page:
        page.goto(site + "/search?place=4887398&language=es")
        page.get_by_label("Where are you?").fill("Evanston")
        option = page.get_by_role("option", name="Evanston, Illinois")
        option.wait_for()
        if way == "keyboard":
            while option.get_attribute("aria-selected") != "true":
                page.keyboard.press("ArrowDown")
            page.keyboard.press("Enter")
        else:
            option.click()
        page.wait_for_url("**/search?*place=4891382*")
        assert "language=es" in page.url and "q=" not in page.url


def test_a_place_chosen_on_the_first_page_leaves_time_for_the_switches(chromium: Any, site: str) -> None:
    with visit(chromium, site, viewport=DESK) as page:
        page.goto(site)
        page.get_by_label("Where are you?").fill("Evanston")
        page.get_by_role("option", name="Evanston, Illinois").click()
        page.get_by_label("In person").check()
        page.get_by_role("button", name="Find a therapist").click()
        page.wait_for_url("**/search?*place=4891382*")
        assert "delivery=in_person" in page.url and "q=" not in page.url


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_no_page_shuts_anybody_out(chromium: Any, site: str, size: dict[str, int], scheme: str) -> None:
    opened = chromium.new_context(viewport=size, color_scheme=scheme, bypass_csp=True, reduced_motion="reduce")
    page = opened.new_page()
    problems = {}
    for path in PAGES:
        page.goto(site + path)
        found = Axe().run(page).response["violations"]
        if found:
            problems[path] = [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in found]
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            problems[f"{path} is too wide"] = [wide]
    opened.close()
    assert problems == {}


def test_every_page_keeps_its_policy_and_its_origin(chromium: Any, site: str) -> None:
    with visit(chromium, site, viewport=PHONE) as page:
        for path in PAGES:
            page.goto(site + path)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_places_are_offered_as_one_types(chromium: Any, site: str, size: dict[str, int]) -> None:
    with visit(chromium, site, viewport=size) as page:
        page.goto(site)
        page.get_by_label("Where are you?").press_sequentially("chic")
        page.locator("[role=option]:first-child", has_text="Chicago, Illinois, United States").wait_for()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        assert page.get_by_label("Where are you?").input_value() == "Chicago, Illinois, United States"
        page.get_by_role("button", name="Find a therapist").click()
        page.wait_for_url("**/search?place=4887398")


def test_escape_empties_nothing_while_the_list_of_places_is_on_its_way(chromium: Any, site: str) -> None:
    held: list[Any] = []
    with visit(chromium, site) as page:
        page.route("**/accessible-autocomplete.min.js", lambda route: held.append(route))
        page.goto(site)
        field = page.locator("input[name=q]")
        field.click()
        page.keyboard.type("Chic")
        page.keyboard.press("Escape")
        before = field.input_value()
        held[0].continue_()
        page.locator("[role=combobox]").wait_for()
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")

        assert (before, page.locator("input[name=q]").input_value()) == ("Chic", "Chic")


@pytest.mark.parametrize("path", ["/", "/search?place=4887398&language=es"])
def test_enter_searches_what_was_typed_while_places_are_offered(chromium: Any, site: str, path: str) -> None:
    with visit(chromium, site, viewport=PHONE) as page:
        page.goto(site + path)
        page.get_by_label("Where are you?").fill("")
        page.get_by_label("Where are you?").press_sequentially("toronto")
        page.get_by_role("option").first.wait_for()
        page.keyboard.press("Enter")
        page.wait_for_url("**place=6167865*")
        assert ("language=es" in page.url) == ("language=es" in path)


def test_what_was_typed_and_not_chosen_is_searched(chromium: Any, site: str) -> None:
    with visit(chromium, site, viewport=PHONE) as page:
        page.goto(site)
        page.get_by_label("Where are you?").press_sequentially("Toronto, online, French")
        page.keyboard.press("Enter")
        page.wait_for_url("**delivery=online*")


def test_a_position_is_rounded_before_it_leaves(chromium: Any, site: str) -> None:
    place = {"latitude": 41.908803, "longitude": -87.679598}
    with visit(chromium, site, viewport=PHONE, geolocation=place, permissions=["geolocation"]) as page:
        sent: list[str] = []
        page.on("request", lambda r: sent.append(r.url))
        page.goto(site)
        page.get_by_role("button", name="Use my location").click()
        page.wait_for_url("**/search?near=41.91**")

        assert "near Ukrainian Village" in page.locator("h1").inner_text()
        assert not any("41.908" in url for url in sent)


def test_a_refused_position_is_no_dead_end(chromium: Any, site: str) -> None:
    with visit(chromium, site, viewport=PHONE, permissions=[]) as page:
        page.goto(site)
        page.get_by_role("button", name="Use my location").click()
        page.get_by_text("Please type a town.").wait_for()


def test_the_open_list_of_places_shuts_nobody_out(chromium: Any, site: str) -> None:
    opened = chromium.new_context(viewport=PHONE, bypass_csp=True)
    page = opened.new_page()
    page.goto(site)
    page.get_by_label("Where are you?").press_sequentially("par")
    page.get_by_role("option").first.wait_for()
    found = Axe().run(page).response["violations"]
    opened.close()

    assert [(v["id"], [n["target"] for n in v["nodes"]]) for v in found] == []
