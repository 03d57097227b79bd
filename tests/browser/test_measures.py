"""What a page must measure: how large a control is, how much comes over the wire, that nothing moves while it loads."""

from time import monotonic
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine

from tests.browser.therapists import cookie, join
from tests.live import DESK, PHONE, visit

pytestmark = pytest.mark.browser

CHICAGO = "/search?place=4887398"
PAGES = ["/", CHICAGO, f"{CHICAGO}&language=he", "/search?q=Springfield", "/search?q=asdfqwer", "/shortlist", "/about"]
SMALL_DESK = {"width": 1024, "height": 768}
SMALLEST = {"width": 320, "height": 640}
LONGEST = 30

TOO_SMALL = """
  [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, summary")].filter((one) => {
    const { width, height } = (one.closest("label") ?? one).getBoundingClientRect();
    const isInAText = getComputedStyle(one).display === "inline" && !one.closest("label");
    return width > 1 && height > 1 && height < 43.5 && !isInAText && !one.matches(".leaflet-container *");
  }).map((one) => one.outerHTML.slice(0, 90))
"""
"""Controls a finger misses; links inside a text are as high as its lines."""

MOVED = """
  new Promise((done) => new PerformanceObserver((list) => {
    done(list.getEntries().filter((one) => !one.hadRecentInput).reduce((sum, one) => sum + one.value, 0));
  }).observe({ type: "layout-shift", buffered: true }) ?? setTimeout(() => done(0), 600))
"""


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_every_control_can_be_hit_by_a_finger(chromium: Any, site: str, size: dict[str, int]) -> None:
    small = {}
    with visit(chromium, site, viewport=size) as page:
        for path in PAGES:
            page.goto(site + path)
            page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
            if found := page.evaluate(TOO_SMALL):
                small[path] = found
    assert small == {}


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_filters_and_list_stand_side_by_side_on_a_small_desk(chromium: Any, site: str, scripts: bool) -> None:
    with visit(chromium, site, viewport=SMALL_DESK, java_script_enabled=scripts) as page:
        page.goto(site + CHICAGO)
        beside, card = page.locator(".beside").bounding_box(), page.locator(".card").first.bounding_box()

        assert beside["x"] + beside["width"] <= card["x"]
        assert card["y"] < beside["y"] + 160


ROOM_FOR_A_BUTTON = """
  [...document.querySelectorAll(".card")].map((card) => {
    const withIt = card.offsetHeight;
    card.querySelector(".save").remove();
    return card.offsetHeight - withIt;
  })
"""


@pytest.mark.parametrize("language", ["en", "de", "fr", "da", "ar"])
def test_a_card_keeps_room_for_the_button_of_each_language(chromium: Any, site: str, language: str) -> None:
    with visit(chromium, site, viewport={"width": 390, "height": 800}) as page:
        page.goto(f"{site}/{language}{CHICAGO}" if language != "en" else site + CHICAGO)
        page.locator(".card .save").first.wait_for()

        assert set(page.evaluate(ROOM_FOR_A_BUTTON)) == {0}


@pytest.mark.parametrize("path", ["/", CHICAGO, "/search?q=asdfqwer", "/questions"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_nothing_moves_while_a_page_loads(chromium: Any, site: str, size: dict[str, int], path: str) -> None:
    with visit(chromium, site, viewport=size) as page:
        page.goto(site + path)
        page.wait_for_load_state("networkidle")

        assert page.evaluate(MOVED) < 0.05


MENU = """
  () => [...document.querySelectorAll(".languages li a")].map((one) => {
    const range = document.createRange();
    range.selectNodeContents(one);
    const [box, name] = [one.getBoundingClientRect(), range.getBoundingClientRect()];
    const isRight = getComputedStyle(document.documentElement).direction === "rtl";
    return [isRight ? box.right : box.left, isRight ? name.right : name.left, box.height].map(Math.round);
  })
"""
"""Of each language where its line begins, where its name does, and how high the line is."""


@pytest.mark.parametrize("home", ["/", "/he/"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_languages_stand_in_straight_columns(chromium: Any, site: str, size: dict[str, int], home: str) -> None:
    with visit(chromium, site, viewport=size) as page:
        page.goto(site + home)
        page.locator(".languages summary").click()
        lines = page.evaluate(MENU)

        assert len({start for start, _name, _high in lines}) == 2
        assert len({high for _start, _name, high in lines}) == 1
        assert [start for start, _name, _high in lines] == [name for _start, name, _high in lines]


PLACES = """
  () => Object.fromEntries(
    [...document.querySelectorAll("body, .masthead, .wordmark, main, h1, .beside, .list, h2, .card")].map((one, at) => {
      const { x, y, height } = one.getBoundingClientRect();
      return [`${at} ${one.tagName} ${one.className}`, [x, y, height].map(Math.round)];
    }))
"""
"""Where everything stands and how high it is; how wide a line of words is moves nothing by itself."""


@pytest.mark.parametrize("path", [CHICAGO, "/ar/search?in=US"])
@pytest.mark.parametrize("size", [PHONE, SMALL_DESK, DESK], ids=["phone", "small desk", "desk"])
def test_what_comes_late_in_a_page_moves_nothing_before_it(
    chromium: Any, site: str, size: dict[str, int], path: str
) -> None:
    """A browser draws what has come so far."""
    with visit(chromium, site, viewport=size) as page:
        page.goto(site + path)
        whole = page.evaluate(PLACES)
        sent = page.request.get(site + path).text()
        half = sent[: sent.index('<section class="map"')]
        page.route("**/search*", lambda route: route.fulfill(body=half, content_type="text/html"))
        page.goto(site + path)
        begun = page.evaluate(PLACES)

        assert {name: begun[name][:2] for name in begun} == {name: whole[name][:2] for name in begun}


WRITTEN = """
  () => [...document.querySelectorAll(".wordmark span, h1, h2, h3")].map((one) => {
    const range = document.createRange();
    range.selectNodeContents(one);
    const lines = [...range.getClientRects()];
    return [one.textContent, lines[0]?.top ?? 0, lines.reduce((sum, line) => sum + line.width, 0)];
  })
"""
"""Each title with the height its letters stand at and how wide they are."""


def drawn(page: Any) -> None:
    """Wait until the page shows letters, asked from here: what waits inside a page is text its policy forbids."""
    until = monotonic() + LONGEST
    while not page.evaluate("performance.getEntriesByName('first-contentful-paint').length"):
        assert monotonic() < until, page.url
        page.wait_for_timeout(20)


@pytest.mark.parametrize("path", ["/", "/de/search?in=US"])
def test_letters_that_come_late_stand_where_others_kept_their_place(chromium: Any, site: str, path: str) -> None:
    with visit(chromium, site, viewport=DESK) as page:
        waiting: list[Any] = []
        page.route("**/*.woff2", lambda route: waiting.append(route))
        page.goto(site + path, wait_until="domcontentloaded")
        drawn(page)
        before, boxes = page.evaluate(WRITTEN), page.evaluate(PLACES)
        for route in waiting:
            route.continue_()
        page.evaluate("document.fonts.load('500 20px Newsreader')")

        after = page.evaluate(WRITTEN)
        assert waiting and after != before
        assert page.evaluate(PLACES) == boxes
        assert [line for line, low in zip(before, after, strict=True) if abs(line[1] - low[1]) > 1] == []
        assert [line for line, wide in zip(before, after, strict=True) if abs(line[2] - wide[2]) > 0.05 * line[2]] == []


def test_a_page_twice_as_large_is_not_wider_than_the_window(chromium: Any, site: str) -> None:
    """A window of 640 px is one of 1280 at 200 %; 320 px is what 400 % leaves."""
    with visit(chromium, site, viewport={"width": 640, "height": 450}) as page:
        for width in (640, 320):
            page.set_viewport_size({"width": width, "height": 450})
            for path in PAGES:
                page.goto(site + path)
                wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
                assert (path, width, wide) == (path, width, 0)


BEYOND = """
  (() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const menu = document.querySelector(".languages details[open] ul")?.getBoundingClientRect();
    const within = [...document.querySelectorAll(".compare")].map((one) => one.scrollWidth - one.clientWidth);
    return Math.max(scrollWidth - clientWidth, ...within, menu ? Math.max(-menu.left, menu.right - clientWidth) : 0);
  })()
"""
"""How far something reaches beyond the window, on the side it cannot be scrolled to as well."""

LARGE_LETTERS = [
    "/",
    CHICAGO,
    f"{CHICAGO}&and_near=5263045",
    "/search?q=Springfield",
    "/search?q=asdfqwer",
    "/shortlist",
    "/networks?q=Springfield",
    "/networks/imago-austria",
    "/workshops",
    "/questions",
    "/account/sign-in",
]


@pytest.mark.parametrize("language", ["", "/de", "/ko", "/he"])
@pytest.mark.parametrize("size", [PHONE, SMALLEST], ids=["phone", "smallest"])
def test_letters_twice_as_large_make_no_phone_scroll_sideways(
    chromium: Any, site: str, size: dict[str, int], language: str
) -> None:
    wide = {}
    with visit(chromium, site, viewport=size, permissions=["clipboard-write"]) as page:
        page.goto(site + CHICAGO)
        person = page.locator(".card h2 a").first.get_attribute("href")
        cards = page.locator(".card").evaluate_all("all => all.map((one) => `t=${one.dataset.person}`).join('&')")
        for path in (*LARGE_LETTERS, f"/shortlist?{cards}", f"/shortlist/compare?{cards}", person):
            page.goto(f"{site}{language}{path}")
            page.evaluate("document.documentElement.style.fontSize = '200%'")
            for is_open in (False, True):
                page.evaluate(
                    "open => document.querySelectorAll('details').forEach((one) => { one.open = open })", is_open
                )
                if by := page.evaluate(BEYOND):
                    wide[path, is_open] = by
    assert wide == {}


@pytest.mark.parametrize("size", [PHONE, SMALLEST], ids=["phone", "smallest"])
def test_letters_twice_as_large_leave_the_pages_of_a_therapist_in_the_window(
    chromium: Any, site: str, app: Flask, engine: Engine, size: dict[str, int]
) -> None:
    join(engine, "Ann Reed", "ann@example.org")
    wide = {}
    with visit(chromium, site, signs_in=True, viewport=size) as page:
        page.context.add_cookies([cookie(app, engine, "ann@example.org") | {"url": site}])
        listings = ["/listing", "/de/listing", "/nl/listing", "/he/listing"]
        for path in (*listings, "/listing/history", "/de/listing/numbers", "/listing/answers", "/account"):
            page.goto(site + path)
            page.evaluate("document.documentElement.style.fontSize = '200%'")
            for is_open in (False, True):
                page.evaluate(
                    "open => document.querySelectorAll('main details').forEach((one) => { one.open = open })", is_open
                )
                if is_open and path in listings:
                    page.locator("#whole .profile").wait_for(timeout=5_000)
                if by := page.evaluate(BEYOND):
                    wide[path, is_open] = by
    assert wide == {}


BROKEN = """
  (names) => [...document.querySelectorAll(names)].flatMap((one) => {
    const letters = one.firstChild;
    return [...letters.data.matchAll(/[^\\s-]+/g)].filter((word) => {
      const range = document.createRange();
      range.setStart(letters, word.index);
      range.setEnd(letters, word.index + word[0].length);
      return new Set([...range.getClientRects()].map((line) => Math.round(line.top))).size > 1;
    }).map(([word]) => word);
  })
"""
"""Words of these texts that stand in two lines."""


@pytest.mark.parametrize("language", ["", "/de", "/he"])
def test_letters_twice_as_large_break_no_word_of_a_card(chromium: Any, site: str, language: str) -> None:
    with visit(chromium, site, viewport=PHONE) as page:
        page.goto(f"{site}{language}{CHICAGO}")
        person = page.locator(".card h2 a").first.get_attribute("href")
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        page.locator(".card .save").first.wait_for()

        assert page.evaluate(BROKEN, ".card h2 a, .card .save, .card .where strong bdi, .card .state strong") == []
        page.goto(site + person)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate(BROKEN, "h1 bdi") == []
