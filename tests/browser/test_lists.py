"""Results in place, and the short list of a browser."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.live import DESK, PHONE, serving, visit
from tests.people import CHICAGO as IN_CHICAGO
from tests.people import make_listing

CHICAGO = "/search?place=4887398"
SPRINGFIELD = {"lat": 37.22, "lon": -93.3, "country": "US", "region": "US-MO", "locality": "Springfield"}


def test_a_filter_changes_the_results_in_place(chromium: Any, site: str) -> None:
    with visit(chromium, site, viewport=DESK) as page:
        page.goto(site + CHICAGO)
        page.evaluate("window.same = true")
        ticked = page.get_by_role("checkbox", name="Spanish").element_handle()
        ticked.check()
        page.wait_for_url("**language=es")
        assert page.get_by_role("heading", level=1).inner_text().startswith("2 therapists")
        assert page.evaluate("window.same")
        assert ticked.evaluate("one => one === document.activeElement"), "who ticked it would hear where they are anew"
        assert page.locator("p.unseen[aria-live=polite]").inner_text().startswith("2 therapists")
        assert "2 therapists" in page.title()

        page.go_back()
        page.get_by_role("heading", level=1, name="3 therapists").wait_for()
        assert page.evaluate("window.same") and not page.get_by_role("checkbox", name="Spanish").is_checked()


def test_a_chip_and_a_distance_work_in_place(chromium: Any, site: str) -> None:
    with visit(chromium, site, viewport=DESK) as page:
        page.goto(site + CHICAGO + "&language=es")
        page.evaluate("window.same = true")
        page.get_by_role("link", name="Remove: Spanish").click()
        page.get_by_role("heading", level=1, name="3 therapists").wait_for()
        page.get_by_role("link", name="5 miles", exact=True).click()
        page.wait_for_url("**radius=8")
        assert page.evaluate("window.same")


def test_the_next_page_begins_at_its_top_and_says_which_it_is(chromium: Any, engine: Engine, site: str) -> None:
    with Session(engine) as session:
        for n in range(20):
            make_listing(session, name=f"Person {n}", **IN_CHICAGO)
        session.commit()
    with visit(chromium, site, viewport=DESK) as page:
        page.goto(site + CHICAGO)
        fetched: list[str] = []
        page.on("request", lambda one: fetched.append(one.url) if "/search?" in one.url else None)
        page.evaluate("location.hash = 'list'")  # a way within the page asks for nothing
        page.get_by_role("link", name="Next").click()
        page.wait_for_url("**page=2*")
        page.get_by_role("group", name="Page 2 of 2").wait_for()

        assert "Page 2 of 2" in page.title()
        assert ["&page=2&after=" in url for url in fetched] == [True]
        assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Page 2 of 2"
        assert 0 <= page.locator("#list").bounding_box()["y"] < 100


def test_the_search_box_still_offers_places_after_a_change(chromium: Any, site: str) -> None:
    with visit(chromium, site, viewport=DESK) as page:
        page.goto(site + CHICAGO)
        page.get_by_role("checkbox", name="Spanish").check()
        page.wait_for_url("**language=es")
        page.get_by_label("Where are you?").fill("")
        page.get_by_label("Where are you?").press_sequentially("toronto")
        page.get_by_role("option", name="Toronto, Ontario, Canada").first.wait_for()
        page.keyboard.press("Enter")
        page.wait_for_url("**place=6167865*language=es*")


def test_a_place_that_is_none_is_shown_and_the_browser_complains_of_nothing(chromium: Any, site: str) -> None:
    with visit(chromium, site, viewport=DESK) as page:
        said: list[str] = []
        page.on("console", lambda one: said.append(one.text))
        page.goto(site + CHICAGO)
        page.get_by_text("We live apart").click()
        page.locator("#and_q").fill("xqzzzw")
        page.keyboard.press("Enter")
        page.locator("#and_q[aria-invalid=true]").wait_for()
        page.wait_for_timeout(300)

        assert page.evaluate("document.activeElement.id") == "and_q"
        assert said == []


def test_open_filters_stay_open_on_a_phone(chromium: Any, site: str) -> None:
    with visit(chromium, site, viewport=PHONE) as page:
        page.goto(site + CHICAGO)
        page.locator(".filters > summary").click()
        page.get_by_role("checkbox", name="Spanish").check()
        page.wait_for_url("**language=es")
        assert page.get_by_role("checkbox", name="Spanish").is_visible()


def test_two_who_live_apart(chromium: Any, site: str) -> None:
    with visit(chromium, site, viewport=DESK) as page:
        page.goto(site + CHICAGO)
        page.get_by_text("We live apart").click()
        page.get_by_role("textbox", name="Where the other one lives").fill("Evanston, IL")
        page.get_by_role("button", name="Search for both").click()
        page.wait_for_url("**and_near=*")
        page.get_by_role("heading", name="of both Chicago and Evanston").wait_for()


def test_a_second_place_that_is_typed_counts_for_who_goes_on_to_the_list(chromium: Any, site: str) -> None:
    with visit(chromium, site, viewport=PHONE) as page:
        page.goto(site + CHICAGO)
        page.locator(".filters > summary").click()
        page.get_by_text("We live apart").click()
        page.get_by_role("textbox", name="Where the other one lives").fill("Evanston, IL")
        page.get_by_role("link", name="Show the list").click()
        page.wait_for_url("**and_near=**#list")

        assert "both Chicago and Evanston" in page.locator("h1").inner_text()
        assert page.get_by_role("textbox", name="Where the other one lives").input_value().startswith("Evanston, Ill")
        assert 0 <= page.locator("#list").bounding_box()["y"] < 100


def test_a_second_place_that_is_none_is_said_before_the_list(chromium: Any, site: str) -> None:
    with visit(chromium, site, viewport=PHONE) as page:
        page.goto(site + CHICAGO)
        page.locator(".filters > summary").click()
        page.get_by_text("We live apart").click()
        page.locator("#and_q").fill("xqzzzw")
        page.get_by_role("link", name="Show the list").click()
        page.locator("#and_q[aria-invalid=true]").wait_for()

        assert page.evaluate("document.activeElement.id") == "and_q"
        assert "#list" not in page.url


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_second_place_counts_beside_a_filter(chromium: Any, site: str, scripts: bool) -> None:
    with visit(chromium, site, viewport=DESK, java_script_enabled=scripts) as page:
        page.goto(site + CHICAGO)
        page.get_by_text("We live apart").click()
        page.locator("#and_q").fill("Evanston, IL")
        page.get_by_role("checkbox", name="Spanish").check()
        if not scripts:
            page.get_by_role("button", name="Apply").click()
        page.wait_for_url("**and_near=*&language=es")
        page.get_by_role("checkbox", name="Spanish").uncheck()
        if not scripts:
            page.get_by_role("button", name="Apply").click()
        page.wait_for_url(lambda url: "and_near=" in url and "language" not in url)

        assert "and_q" not in page.url and "and_of" not in page.url


def test_a_second_place_that_is_taken_away_stays_away(chromium: Any, site: str) -> None:
    with visit(chromium, site, viewport=DESK) as page:
        page.goto(site + CHICAGO)
        page.get_by_text("We live apart").click()
        page.locator("#and_q").fill("Evanston, IL")
        page.keyboard.press("Enter")
        page.wait_for_url("**and_near=*")
        page.go_back()
        page.get_by_role("heading", level=1, name="of Chicago").wait_for()
        assert page.locator("#and_q").input_value() == ""

        page.go_forward()
        page.get_by_role("heading", level=1, name="of both").wait_for()
        assert page.locator("#and_q").input_value().startswith("Evanston")
        page.wait_for_timeout(600)  # a chip of the page before could still be meant
        page.get_by_role("link", name="Remove: and Evanston").click()
        page.get_by_role("heading", level=1, name="of Chicago").wait_for()
        page.get_by_role("checkbox", name="Spanish").check()
        page.wait_for_url("**language=es")

        assert "and_near" not in page.url
        assert page.locator("#and_q").input_value() == ""


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_enter_on_a_filter_asks_for_no_second_place(chromium: Any, site: str, scripts: bool) -> None:
    with visit(chromium, site, viewport=DESK, java_script_enabled=scripts) as page:
        page.goto(site + CHICAGO)
        page.get_by_role("checkbox", name="Spanish").press("Space")
        page.get_by_role("checkbox", name="Spanish").press("Enter")
        page.wait_for_url("**language=es")

        assert page.locator("[aria-invalid=true]").count() == 0


@pytest.mark.parametrize("size", [PHONE, {"width": 375, "height": 667}])
def test_who_lives_apart_sees_the_whole_form_when_it_opens(chromium: Any, site: str, size: dict[str, int]) -> None:
    with visit(chromium, site, viewport=size) as page:
        page.goto(site + CHICAGO)
        page.locator(".filters > summary").click()
        page.get_by_text("We live apart").click()
        page.wait_for_timeout(100)

        button = page.get_by_role("button", name="Search for both").bounding_box()
        assert button["y"] + button["height"] <= page.locator(".shown").bounding_box()["y"]


def test_a_search_is_passed_on_and_printed(chromium: Any, site: str) -> None:
    with visit(chromium, site, viewport=DESK, permissions=["clipboard-read", "clipboard-write"]) as page:
        page.goto(site + CHICAGO)
        page.get_by_role("checkbox", name="Spanish").check()
        page.wait_for_url("**language=es")
        page.get_by_role("button", name="Copy the link to this search").click()
        page.get_by_text("Copied.").wait_for()
        assert page.evaluate("navigator.clipboard.readText()") == site + CHICAGO + "&language=es"

        page.evaluate("window.print = () => { window.printed = true }")
        page.get_by_role("button", name="Print").click()
        assert page.evaluate("window.printed")
        page.emulate_media(media="print")
        assert page.get_by_role("link", name="Ana Ruiz").is_visible()
        assert not page.get_by_role("button", name="Print").is_visible()


def test_a_printed_list_says_how_to_reach_somebody_and_asks_nothing(chromium: Any, app: Flask, engine: Engine) -> None:
    with Session(engine) as session:
        make_listing(
            session,
            name="Ana Ruiz",
            phone="+13125550123",
            website="https://ana.example.org/",
            delivery=["in_person"],
            **SPRINGFIELD,
        )
        session.commit()
    with serving(app) as site, visit(chromium, site, viewport=DESK) as page:
        page.goto(site + "/search?q=Springfeld%2C+in+person")
        there, reach = page.get_by_role("article"), page.get_by_text("+1 312-555-0123")
        assert not reach.is_visible()
        asks = ("Or did you mean", "elsewhere:", "Did you mean")

        page.emulate_media(media="print")
        on_paper = page.locator("main").inner_text()
        assert reach.is_visible()
        assert "ana.example.org" in there.inner_text()
        assert "/therapists/ana-ruiz" in there.inner_text()
        assert "In person" in page.locator(".chips").inner_text()
        assert [ask for ask in asks if ask in on_paper] == []
        seen = page.locator(":is(form, button, input, summary, .map, .understood .choices, .chips svg, .note:empty)")
        assert [one.evaluate("e => e.outerHTML.slice(0, 80)") for one in seen.all() if one.is_visible()] == []


def test_a_short_list_is_kept_compared_and_passed_on(chromium: Any, site: str) -> None:
    with visit(chromium, site, viewport=PHONE) as page:
        page.goto(site + CHICAGO)
        assert not page.get_by_role("link", name="Your list").is_visible()
        page.get_by_role("button", name="Save Ana Ruiz").click()
        page.get_by_role("button", name="Save Ben Cole").click()
        page.reload()
        assert page.get_by_role("button", name="Saved Ana Ruiz").get_attribute("aria-pressed") == "true"

        page.get_by_role("link", name="Your list (2)").click()
        page.get_by_role("heading", name="Your short list").wait_for()
        link = page.locator("[data-share]").get_attribute("data-share")
        page.get_by_role("button", name="Side by side").click()
        page.get_by_role("columnheader", name="Ben Cole").wait_for()

        page.goto(site + "/shortlist")
        page.wait_for_url("**/shortlist?t=*")
        page.get_by_role("button", name="Forget this list here").click()
        page.get_by_text("Nobody is on it yet").wait_for()
        assert page.evaluate("localStorage.length") == 0
    with visit(chromium, site, viewport=PHONE) as partner:
        partner.goto(site + "/shortlist" + link.partition("/shortlist")[2])
        assert partner.get_by_role("link", name="Ana Ruiz").is_visible()
        assert partner.evaluate("localStorage.length") == 0


def test_a_list_of_people_who_are_gone_can_be_left(chromium: Any, site: str) -> None:
    with visit(chromium, site, viewport=PHONE) as page:
        page.goto(site + CHICAGO)
        page.evaluate("localStorage.setItem('shortlist', JSON.stringify([...Array(20)].map((_, n) => 'gone' + n)))")
        page.goto(site + "/shortlist")
        page.wait_for_url("**/shortlist?t=*")
        page.get_by_text("20 people of this list are no longer here").wait_for()
        page.get_by_role("heading", name="Your short list").wait_for()
        assert "kept in this browser" in page.locator("main > .lead").inner_text()
        page.goto(site + CHICAGO)
        page.get_by_role("button", name="Save Ana Ruiz").click()
        page.get_by_role("link", name="Your list (1)").wait_for()


def test_a_sent_list_whose_person_has_left_is_not_taken_for_ones_own(chromium: Any, site: str) -> None:
    with visit(chromium, site, viewport=PHONE) as page:
        page.goto(site + "/shortlist?t=XXXXXXXXXXXX")
        page.get_by_text("One person of this list is no longer here.").wait_for()

        assert page.locator("h1").inner_text() == "A short list"
        assert "This list came with a link." in page.locator("main > .lead").inner_text()
        assert "browser" not in page.locator("main").inner_text()


def test_what_is_typed_while_results_are_fetched_is_kept(chromium: Any, site: str) -> None:
    with visit(chromium, site, viewport=DESK) as page:
        page.goto(site + CHICAGO)
        page.get_by_text("We live apart").click()
        page.route("**/search?*", lambda route: (page.wait_for_timeout(300), route.continue_()))
        page.get_by_role("checkbox", name="Spanish").check()
        page.get_by_role("textbox", name="Where the other one lives").fill("Milwaukee")
        page.wait_for_url("**language=es")
        assert page.get_by_role("textbox", name="Where the other one lives").input_value() == "Milwaukee"


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
def test_without_a_connection_the_list_stays_and_it_is_said_where_one_is(
    chromium: Any, site: str, screen: dict[str, int]
) -> None:
    page = chromium.new_page(viewport=screen)  # whose console tells of what could not be loaded
    page.goto(site + CHICAGO)
    if screen == PHONE:
        page.locator(".filters > summary").click()
    spanish = page.get_by_role("checkbox", name="Spanish")
    spanish.scroll_into_view_if_needed()
    stood = spanish.bounding_box()
    page.context.set_offline(True)
    spanish.click()
    page.locator(".offline").wait_for()

    seen = page.locator(".offline").bounding_box()
    assert seen["y"] >= 0
    assert seen["y"] + seen["height"] <= screen["height"], "in sight, whatever is"
    assert spanish.bounding_box() == stood, "nothing moved"
    assert page.get_by_role("heading", level=1).inner_text().startswith("3 therapists")
    assert not spanish.is_checked()
    assert page.get_by_text("There is no connection").count() == 2, "once to see, once to hear"
    assert page.locator("[aria-live]", has_text="no connection").count() == 1

    page.context.set_offline(False)
    page.locator(".offline").wait_for(state="detached")
    page.context.set_offline(True)
    spanish.click()
    page.locator(".offline").wait_for()
    page.context.set_offline(False)
    page.get_by_role("checkbox", name="Spanish").check()
    page.wait_for_url("**language=es")
    assert page.locator(".offline").count() == 0
    page.close()


def test_another_order_is_heard_and_keeps_the_focus(chromium: Any, site: str) -> None:
    with visit(chromium, site, viewport=DESK) as page:
        page.goto(site + CHICAGO)
        page.get_by_role("link", name="Nearest first").press("Enter")
        page.wait_for_url("**sort=nearest")
        page.locator("p.unseen", has_text="Nearest first").wait_for(state="attached")

        assert page.evaluate("document.activeElement.textContent") == "Nearest first"


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_the_first_person_is_a_few_tabs_away(chromium: Any, site: str, scripts: bool) -> None:
    with visit(chromium, site, viewport=DESK, java_script_enabled=scripts) as page:
        page.goto(site + CHICAGO)
        for key in ("Tab", "Tab", "Enter", "Tab", "Tab", "Tab"):
            page.keyboard.press(key)

        assert page.locator(".card h2 a").first.evaluate("one => one === document.activeElement")


def test_a_full_short_list_says_so(chromium: Any, site: str) -> None:
    with visit(chromium, site, viewport=PHONE) as page:
        page.goto(site + CHICAGO)
        page.evaluate("localStorage.setItem('shortlist', JSON.stringify([...Array(20)].map((_, n) => `person${n}`)))")
        page.reload()
        page.get_by_role("button", name="Save Ana Ruiz").click()

        page.get_by_role("alert").get_by_text("Your list is full.").wait_for()
        assert page.get_by_role("button", name="Save Ana Ruiz").get_attribute("aria-pressed") == "false"
