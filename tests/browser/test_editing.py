"""A therapist's own page in a real browser: what visitors will see is shown while typing."""

import re
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from referral.listings.checks import coarse
from referral.model import Listing
from tests.browser.hands import MOST_TABS
from tests.browser.own_page import opened
from tests.live import DESK, PHONE

pytestmark = pytest.mark.browser


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
