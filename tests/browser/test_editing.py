"""A therapist's own page in a real browser: nothing typed is lost, and what visitors will see is shown while typing."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from time import monotonic
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from PIL import Image
from playwright.sync_api import Error
from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import Session

from referral.listings.checks import coarse
from referral.model import Draft, Listing, SignIn
from tests.browser.hands import MOST_TABS
from tests.browser.therapists import cookie, join
from tests.live import DESK, PHONE, visit

pytestmark = pytest.mark.browser

EMAIL = "ann@example.org"

LONGEST = 30
"""Seconds until what was typed must have come to rest."""


@pytest.fixture
def ann(chromium: Any, site: str, app: Flask, engine: Engine) -> Iterator[Any]:
    """Her browser, before her own page."""
    join(engine, "Ann Example", EMAIL, public_id="annexample")
    held = cookie(app, engine, EMAIL)
    with visit(chromium, site, signs_in=True, viewport=DESK) as page:
        page.context.add_cookies([{**held, "url": site}])
        page.goto(f"{site}/listing")
        yield page


def opened(page: Any, id: str) -> Any:
    """The section, with its door open."""
    section = page.locator(f"details#{id}")
    if not section.evaluate("one => one.open"):
        section.locator("summary").first.click()
    return section


def settled(page: Any) -> None:
    """Wait until nothing waits in the tab: the server has it, and the page was loaded anew where it had to be.

    Asked again and again from here: `wait_for_function` evaluates text in the page, which its policy forbids.
    """
    until = monotonic() + LONGEST
    while left := _left(page):
        assert monotonic() < until, left
        page.wait_for_timeout(50)
    page.wait_for_load_state("networkidle")


def _left(page: Any) -> list[str]:
    """What the server has not got yet; of a page that goes away meanwhile nobody can say that nothing waits."""
    try:
        return page.evaluate("() => Object.values(sessionStorage).filter((one) => JSON.parse(one).typed)")  # type: ignore[no-any-return]
    except Error as error:
        assert "navigation" in str(error), error
        return ["a page that went away"]


def signed_out(engine: Engine) -> None:
    """Her session ends behind her back."""
    with Session(engine) as session:
        session.execute(delete(SignIn))
        session.commit()


def test_what_is_typed_is_kept_and_comes_back(ann: Any, site: str, engine: Engine) -> None:
    words = opened(ann, "words")
    words.get_by_label("In your own words").fill("I listen first.")
    words.get_by_text("Kept, not saved yet.").wait_for()
    assert words.get_by_text("3 words.").is_visible()

    ann.goto(f"{site}/listing")

    assert opened(ann, "words").get_by_label("In your own words").input_value() == "I listen first."
    opened(ann, "words").get_by_role("button", name="Save").click()
    ann.wait_for_url("**saved=published*")
    with Session(engine) as session:
        assert session.scalars(select(Draft)).all() == []


def test_what_is_typed_is_there_for_who_turns_away_without_a_rest(ann: Any, site: str, engine: Engine) -> None:
    opened(ann, "words").get_by_label("In your own words").fill("Typed, and gone.")
    ann.goto(f"{site}/listing/numbers")
    ann.goto(f"{site}/listing")
    settled(ann)
    assert opened(ann, "words").get_by_label("In your own words").input_value() == "Typed, and gone."

    opened(ann, "words").get_by_label("In your own words").fill("Typed, and another section saved.")
    opened(ann, "costs").get_by_role("button", name="Save").click()

    ann.wait_for_url("**saved=*")
    settled(ann)
    assert opened(ann, "words").get_by_label("In your own words").input_value() == "Typed, and another section saved."


def test_what_is_typed_without_a_connection_is_there_afterwards(
    chromium: Any, site: str, app: Flask, engine: Engine
) -> None:
    join(engine, "Ann Example", EMAIL, public_id="annexample")
    held = cookie(app, engine, EMAIL)
    with chromium.new_context(viewport=DESK) as context:
        context.add_cookies([{**held, "url": site}])
        page = context.new_page()
        page.goto(f"{site}/listing")
        context.set_offline(True)
        opened(page, "words").get_by_label("In your own words").fill("Typed in a tunnel.")
        work = opened(page, "work")
        work.get_by_label("Online").check()
        work.get_by_label("In person").uncheck()
        page.locator("#work").get_by_text("No connection.").wait_for()

        page.goto("about:blank")  # a page loaded anew knows nothing but what stayed in the tab
        context.set_offline(False)
        page.goto(f"{site}/listing")

        settled(page)
        page.get_by_text("We kept what you typed").first.wait_for()
        assert opened(page, "words").get_by_label("In your own words").input_value() == "Typed in a tunnel."
        assert opened(page, "work").get_by_label("Online").is_checked()
        assert not opened(page, "work").get_by_label("In person").is_checked()


def test_a_page_that_was_read_before_the_last_draft_was_kept_shows_it_nevertheless(ann: Any, site: str) -> None:
    opened(ann, "words").get_by_label("In your own words").fill("One.")
    ann.get_by_text("Kept, not saved yet.").wait_for()
    held: list[Any] = []

    def hold(address: str) -> None:
        """Keep the next request to this address from leaving, and wait until there is one."""
        so_far = len(held)
        ann.route(address, lambda route: held.append(route) if len(held) == so_far else route.continue_())

    def wait() -> None:
        so_far, until = len(held), monotonic() + LONGEST
        while len(held) == so_far and monotonic() < until:
            ann.wait_for_timeout(20)

    hold("**/words/draft")
    opened(ann, "words").get_by_label("In your own words").fill("One, and two.")
    wait()
    hold(f"{site}/listing")
    ann.evaluate("setTimeout(() => location.assign(location.pathname))")
    wait()
    [draft, page] = held
    read = page.fetch()
    with ann.expect_response("**/words/draft"):
        draft.fulfill(response=draft.fetch())
    page.fulfill(response=read)

    ann.locator("#words-bio", has_text="One, and two.").wait_for()
    settled(ann)
    assert ann.evaluate("sessionStorage.length") == 0


def typed(page: Any, words: str) -> None:
    """Words about oneself, and a rest."""
    opened(page, "words").get_by_label("In your own words").fill(words)


def shown(page: Any) -> str:
    """What the field holds."""
    return str(opened(page, "words").get_by_label("In your own words").input_value())


@contextmanager
def two_pages(chromium: Any, site: str, app: Flask, engine: Engine) -> Iterator[tuple[Any, Any]]:
    """Of one person, in two tabs."""
    join(engine, "Ann Example", EMAIL, public_id="annexample")
    with chromium.new_context(viewport=DESK) as context:
        context.add_cookies([{**cookie(app, engine, EMAIL), "url": site}])
        one, other = context.new_page(), context.new_page()
        one.goto(f"{site}/listing")
        other.goto(f"{site}/listing")
        yield one, other


BOTH = "You typed into this section on another page as well"


def test_a_page_that_comes_back_on_line_is_shown_what_was_typed_elsewhere(
    chromium: Any, site: str, app: Flask, engine: Engine
) -> None:
    with two_pages(chromium, site, app, engine) as (tunnel, desk):
        tunnel.route("**/draft", lambda route: route.abort())
        typed(tunnel, "Typed in a tunnel.")
        tunnel.locator("#words").get_by_text("No connection.").wait_for()
        typed(desk, "Typed at the desk.")
        desk.get_by_text("Kept, not saved yet.").wait_for()
        tunnel.unroute("**/draft")

        tunnel.evaluate("dispatchEvent(new Event('online'))")

        box = tunnel.get_by_role("group", name=BOTH)
        box.get_by_text("Typed at the desk.").wait_for()
        assert box.get_by_text("Typed in a tunnel.").is_visible() and shown(tunnel) == "Typed in a tunnel."
        assert drafted(engine) == "Typed at the desk."
        assert Axe().run(tunnel).response["violations"] == []
        typed(tunnel, "Typed in a tunnel, and on.")
        box.get_by_text("Typed in a tunnel, and on.").wait_for()
        box.get_by_role("button", name="Keep what I typed in this tab").click()
        tunnel.get_by_text("We kept what you typed").wait_for()
        settled(tunnel)
        assert shown(tunnel) == drafted(engine) == "Typed in a tunnel, and on."
        assert tunnel.evaluate("sessionStorage.length") == 0


def test_a_page_loaded_anew_still_has_what_another_one_did_not_see(
    chromium: Any, site: str, app: Flask, engine: Engine
) -> None:
    with two_pages(chromium, site, app, engine) as (one, other):
        typed(other, "Of the other.")
        other.get_by_text("Kept, not saved yet.").wait_for()
        typed(one, "Of one.")
        one.get_by_role("group", name=BOTH).wait_for()

        one.goto(f"{site}/listing")

        box = one.get_by_role("group", name=BOTH)
        box.get_by_text("Of one.").wait_for()
        assert shown(one) == "Of the other."
        typed(one, "Of the other, and on.")
        one.get_by_text("Kept, not saved yet.").wait_for()
        one.goto(f"{site}/listing")
        box.get_by_text("Of the other, and on.").wait_for()  # neither is lost by typing on
        assert box.get_by_text("Of one.").is_visible()
        box.get_by_role("button", name="Keep what I typed on the other page").click()
        box.wait_for(state="detached")
        settled(one)
        assert shown(one) == "Of the other, and on." and one.evaluate("sessionStorage.length") == 0


def test_a_save_leaves_alone_what_another_page_typed(chromium: Any, site: str, app: Flask, engine: Engine) -> None:
    with two_pages(chromium, site, app, engine) as (one, other):
        typed(other, "Of the other.")
        other.get_by_text("Kept, not saved yet.").wait_for()
        typed(one, "Of one.")
        opened(one, "words").get_by_role("button", name="Save").click()
        one.wait_for_url("**saved=published*")
        settled(one)

        other.goto(f"{site}/listing")

        settled(other)
        assert shown(other) == "Of the other."
        opened(other, "words").get_by_role("button", name="Save").click()
        other.get_by_role("heading", name="This section was changed meanwhile").wait_for()
        opened(other, "words").get_by_role("button", name="Save").click()
        other.wait_for_url("**saved=published*")
        settled(other)
        assert other.evaluate("sessionStorage.length") == 0


def drafted(engine: Engine) -> str:
    """The words that the server keeps."""
    with Session(engine) as session:
        return str(dict(session.scalars(select(Draft)).one().fields)["words-bio"])


def test_who_was_signed_out_while_typing_loses_nothing(chromium: Any, site: str, app: Flask, engine: Engine) -> None:
    join(engine, "Ann Example", EMAIL, public_id="annexample")
    held = cookie(app, engine, EMAIL)
    with chromium.new_context(viewport=DESK) as context:
        context.add_cookies([{**held, "url": site}])
        page = context.new_page()
        page.goto(f"{site}/listing")
        signed_out(engine)
        opened(page, "words").get_by_label("In your own words").fill("Typed too late.")
        opened(page, "words").get_by_role("button", name="Save").click()
        page.get_by_role("heading", name="Please sign in first").wait_for()

        context.add_cookies([{**cookie(app, engine, EMAIL), "url": site}])
        page.goto(f"{site}/listing")

        page.get_by_text("We kept what you typed").wait_for()
        assert opened(page, "words").get_by_label("In your own words").input_value() == "Typed too late."


def test_a_page_left_open_goes_on_in_the_session_of_another_tab(
    chromium: Any, site: str, app: Flask, engine: Engine
) -> None:
    join(engine, "Ann Example", EMAIL, public_id="annexample")
    held = cookie(app, engine, EMAIL)
    with chromium.new_context(viewport=DESK) as context:
        context.add_cookies([{**held, "url": site}])
        page = context.new_page()
        page.goto(f"{site}/listing")
        signed_out(engine)
        words = opened(page, "words")
        words.get_by_label("In your own words").fill("Still here.")
        words.get_by_text("You are signed out.").wait_for()

        context.add_cookies([{**cookie(app, engine, EMAIL), "url": site}])
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        words.get_by_text("Kept, not saved yet.").wait_for()
        words.get_by_role("button", name="Save").click()

        page.wait_for_url("**saved=published*")
        with Session(engine) as session:
            assert session.scalar(select(Listing.bio).where(Listing.public_id == "annexample")) == "Still here."


def test_nothing_typed_stays_in_a_tab_that_was_signed_out_of(ann: Any, site: str) -> None:
    ann.evaluate("sessionStorage.setItem('listing-annexample-words', '[]'); sessionStorage.setItem('other', '1')")
    ann.goto(f"{site}/account")

    ann.get_by_role("button", name="Sign out", exact=True).click()
    ann.wait_for_url(f"{site}/")

    assert ann.evaluate("Object.keys(sessionStorage)") == ["other"]


def test_the_card_follows_what_is_typed(ann: Any) -> None:
    opened(ann, "words").get_by_label("In your own words").fill("Two chairs and time.")

    ann.locator("#preview").get_by_text("Two chairs and time.").wait_for()


def test_the_whole_page_follows_too_once_it_is_opened(ann: Any) -> None:
    ann.locator("#whole summary").click()
    ann.locator("#whole article.profile h1").wait_for()
    opened(ann, "words").get_by_label("In your own words").fill("I ask first.")

    ann.locator("#whole article.profile", has_text="I ask first.").wait_for()
    assert ann.locator("#whole [id]").count() == 0


def test_each_choice_shows_what_a_visitor_reads_and_where_they_are_pointed(ann: Any, engine: Engine) -> None:
    office = opened(ann, "offices")
    office.get_by_label("Street and number").fill("1 Old Street")
    office.get_by_label("Postcode").fill("60601")
    office.get_by_text("1 Old Street, Chicago, Illinois 60601, United States").wait_for()
    seen = {kind: office.locator(f"[data-sees={kind}]").inner_text() for kind in ("area", "none")}
    assert seen["area"] == seen["none"] == "Chicago, Illinois, United States"
    office.get_by_label("Postcode").fill("")
    office.get_by_role("textbox", name="Town").fill("Qwxyzville")
    office.locator("[data-sees=area]", has_text=re.compile("^$")).wait_for(state="attached")
    office.get_by_role("textbox", name="Town").fill("Chicago")
    office.get_by_text("Chicago, Illinois, United States").first.wait_for()

    office.get_by_role("button", name="Show the place on a map").click()
    pin = office.get_by_label("The place of this office")
    pin.wait_for()
    assert office.locator("path.map-circle").count() == 1
    office.get_by_label("The whole address").check()
    assert office.locator("path.map-circle").count() == 0
    office.get_by_label("The town, and the place to about two").check()
    pin.focus()
    for _ in range(3):
        ann.keyboard.press("ArrowUp")
    office.get_by_role("button", name="Save").click()

    ann.wait_for_url("**saved=*")
    with Session(engine) as session:
        found = session.scalars(select(Listing).where(Listing.public_id == "annexample")).one()
        [place] = session.scalars(select(type(found).offices.property.mapper.class_).filter_by(listing_id=found.id))
        assert place.point_source == "pin" and place.lat > 41.88
        assert (place.public_lat, place.public_lon) == coarse(place.lat, place.lon, "area")


def half_red(width: int, height: int) -> bytes:
    """A picture whose left half is red and whose right half is blue."""
    picture, sent = Image.new("RGB", (width, height), "blue"), BytesIO()
    picture.paste("red", (0, 0, width // 2, height))
    picture.save(sent, "PNG")
    return sent.getvalue()


def test_after_saving_the_focus_is_where_it_is_said(ann: Any) -> None:
    opened(ann, "words").get_by_label("In your own words").fill("I listen first.")
    opened(ann, "words").get_by_role("button", name="Save").click()
    ann.wait_for_url("**saved=published*")

    ann.locator("#words .saved:focus").wait_for()
    assert ann.locator(".saved").inner_text() == "Saved. Visitors see it now."
    ann.keyboard.press("Tab")
    assert ann.evaluate("document.activeElement.id") == "words-bio"

    doors = ann.locator("#doors")  # what is said of a section to who has read its heading, and to nobody else
    ann.locator("#work > summary").press("Enter")
    assert ann.locator("#work[open]").count() == 1 and doors.inner_text() == ""
    ann.evaluate("getSelection().setPosition(document.querySelector('#work h2').firstChild, 0)")
    ann.locator("#work > summary").press("Enter")
    doors.get_by_text("How you work: closed").wait_for(state="attached")


UNCOVERED = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect();
  const seen = (there) => one === there || one.contains(there) || there?.closest("label")?.contains(one);
  const at = (y) => seen(document.elementFromPoint(box.left + box.width / 2, y));
  return one === document.body || at(box.top + 6) || at(box.top + box.height / 2);
}"""


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_what_has_the_focus_is_never_behind_the_bar_to_save(ann: Any, size: dict[str, int]) -> None:
    ann.set_viewport_size(size)
    ann.evaluate("for (const one of document.querySelectorAll('details.section')) one.open = true")
    covered = []
    for _ in range(MOST_TABS):
        ann.keyboard.press("Tab")
        if not ann.evaluate(UNCOVERED):
            covered.append(ann.evaluate("document.activeElement.outerHTML"))
        if ann.evaluate("document.activeElement.closest('footer') !== null"):
            break

    assert covered == []


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
