"""The section of offices says truly why each pin stands where it stands, and a look-up never reads as a hand's work."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from referral import create_app
from referral.config import Config
from referral.editing import pins
from referral.listings import revisions
from referral.listings.content import Content, Office
from referral.listings.placing import has_namesakes
from referral.nightly import addresses
from referral.nightly.night import Night
from referral.nightly.surveyor import Surveyor
from referral.places.gazetteer import Gazetteer
from referral.search.sources import area_name
from tests.accounts.people import sign_in
from tests.client import CheckingClient
from tests.editing.therapist import Therapist
from tests.make import HEAD, NOW, TODAY, make_account, make_content, make_listing
from tests.nightly.lookups import HOUSE, STREET, of_a_house
from tests.places.servers import Server, at

ROUGH = {"street": STREET, "postcode": "62701", "precision": "postcode", "point_source": "gazetteer"}

BY_TOWN = "The pin stands in the middle of 62701 Springfield."
WAITING = "We are looking up the address"
FOUND = "We found this address"
UNKNOWN = "We could not find this address"
BY_HAND = "The pin stands where you put it."
CAME = "came with your listing"
NOWHERE = "not on the map yet"


def office(**fields: Any) -> Office:
    point = {"country": "US", "locality": "Springfield", "lat": 39.78, "lon": -89.65}
    return Office(**{**point, **ROUGH, **fields})


@pytest.mark.parametrize(
    ("fields", "asks", "sentence"),
    [
        ({}, False, BY_TOWN),
        ({}, True, WAITING),
        ({"street": ""}, True, BY_TOWN),
        ({"address_visibility": "none"}, True, BY_TOWN),
        ({"precision": "locality"}, False, "in the middle of Springfield."),
        ({"looked_up_on": TODAY}, True, UNKNOWN),
        ({"looked_up_on": TODAY}, False, UNKNOWN),
        ({"precision": "address", "point_source": "geocoder", "looked_up_on": TODAY}, True, FOUND),
        ({"precision": "address", "point_source": "pin"}, True, BY_HAND),
        ({"precision": "address", "point_source": ""}, True, CAME),
        ({"precision": "", "point_source": ""}, True, CAME),
        ({"point_source": "demonstration"}, False, CAME),
        ({"lat": None, "lon": None}, True, NOWHERE),
    ],
)
def test_each_pin_says_why_it_stands_there(fields: dict[str, Any], asks: bool, sentence: str) -> None:
    one = office(**fields)
    content = replace(make_content(), offices=(one,))

    assert sentence in pins.told(content, content, asks, TODAY)[one.address]


def test_an_office_that_waits_for_a_moderator_is_not_said_to_be_looked_up() -> None:
    here, abroad = office(), office(country="DE", locality="Bonn", precision="locality")
    published = Content("Ann Example", offices=(here,))

    told = pins.told(published, replace(published, offices=(here, abroad)), True, TODAY)

    assert WAITING in told[here.address] and told[abroad.address] == "The pin stands in the middle of Bonn."


def test_of_several_towns_of_a_name_it_is_said_which_and_how_to_name_another(gazetteer: Gazetteer) -> None:
    plain = {"postcode": "", "precision": "locality", "region": "US-IL"}
    offices = office(**plain), office(**plain, locality="Evanston"), office(region="US-IL")
    content = replace(make_content(), offices=offices)

    names, namesakes = partial(area_name, gazetteer), partial(has_namesakes, places=gazetteer)
    told = pins.told(content, content, False, TODAY, names, namesakes)

    several, _one, coded = (told[one.address] for one in offices)
    assert several.startswith("The pin stands in the middle of Springfield, Illinois. There are several towns")
    assert coded == BY_TOWN


@pytest.fixture
def server() -> Iterator[Server]:
    with of_a_house() as server:
        yield server


@pytest.fixture
def config(config: Config, server: Server) -> Config:
    return replace(config, geocoder=server.setting)


@pytest.fixture
def ann(app: Flask, engine: Engine, client: CheckingClient) -> Therapist:
    with Session(engine) as session:
        made = make_listing(session, name="Ann Example", email="ann@example.org")
        make_account(session, email="ann@example.org", practitioner_id=made.practitioner_id)
        id = made.id
        session.commit()
    return Therapist(sign_in(client, engine), engine, id)


def shown(ann: Therapist) -> str:
    """The section as the page shows it."""
    page = unescape(ann.client.get("/listing").text)
    return page.split('data-section="offices"')[1].split("</form>")[0]


def look_up(app: Flask) -> None:
    """What the server's own thread does at its next look."""
    here = app.extensions["referral"]
    Surveyor(lambda: Night(here.engine, here.index, HEAD, NOW), here.geocoder).look()


def new_address(ann: Therapist, **changed: Any) -> Any:
    fields = {"offices__0__street": STREET, "offices__0__postcode": "62701", **changed}
    return ann.save("offices", **fields)


def test_a_saved_address_is_placed_at_its_town_then_found(ann: Therapist, app: Flask, server: Server) -> None:
    assert new_address(ann).status_code == 303
    assert server.asked == 0  # never in a request
    first = shown(ann)

    look_up(app)

    assert WAITING in first and f"we ask 127.0.0.1:{server.server_port}" in first
    second = shown(ann)
    assert FOUND in second and f'value="{HOUSE[0]:.6f}"' in second
    assert server.asked == 1


def test_an_address_nobody_knows_is_said_and_can_be_placed_by_hand(ann: Therapist, app: Flask, server: Server) -> None:
    server.told[STREET] = b"[]"
    new_address(ann)
    look_up(app)
    first = shown(ann)

    ann.save("offices", offices__0__lat="39.790000", offices__0__lon="-89.640000")
    look_up(app)

    assert UNKNOWN in first and BY_HAND in shown(ann)
    assert server.asked == 1


def test_a_page_that_was_open_while_the_address_was_found_moves_no_pin(
    ann: Therapist, app: Flask, server: Server
) -> None:
    new_address(ann)
    open_page = ann.fields("offices", offices__0__address_visibility="full")
    look_up(app)

    answer = ann.client.post("/listing/offices", data=open_page)

    assert answer.status_code == 303  # no conflict either
    there = ann.listing.content.offices[0]
    assert (there.lat, there.point_source, there.address_visibility) == (HOUSE[0], "geocoder", "full")
    assert (there.public_lat, there.public_lon) == (round(HOUSE[0], 5), round(HOUSE[1], 5))


def test_a_pin_moved_on_such_a_page_is_the_hand_s(ann: Therapist, app: Flask) -> None:
    new_address(ann)
    open_page = ann.fields("offices", offices__0__lat="39.790000", offices__0__lon="-89.640000")
    look_up(app)

    ann.client.post("/listing/offices", data=open_page)

    there = ann.listing.content.offices[0]
    assert (there.lat, there.point_source) == (39.79, "pin")


def test_what_was_worked_out_is_no_change_in_the_history(ann: Therapist, app: Flask) -> None:
    new_address(ann)
    look_up(app)
    ann.save("words", bio="Later.")

    page = unescape(ann.client.get("/listing/history").text)

    assert "Later." in page and "39.80123" not in page
    with Session(ann.engine) as session:
        last = revisions.history(session, ann.listing_id)[0]
        assert last.fields == ("bio",)


def test_another_address_is_asked_for_anew(ann: Therapist, app: Flask, server: Server) -> None:
    new_address(ann)
    look_up(app)
    server.told["2 New Street"] = at(39.77, -89.66)

    new_address(ann, offices__0__street="2 New Street")
    first = shown(ann)
    look_up(app)

    assert WAITING in first
    assert ann.listing.content.offices[0].lat == 39.77


@pytest.mark.usefixtures("config")
def test_the_page_about_privacy_names_who_is_asked(client: CheckingClient, server: Server) -> None:
    assert f"we ask 127.0.0.1:{server.server_port}" in client.get("/about/privacy").text


def test_without_a_geocoder_nobody_is_named(config: Config, engine: Engine, tmp_path: Path) -> None:
    quiet = create_app(replace(config, geocoder=""), now=lambda: NOW)

    page = quiet.test_client().get("/about/privacy").text

    assert "we ask" not in page and not (tmp_path / "geocoder").exists()
    quiet.extensions["referral"].engine.dispose()


def test_the_night_and_the_server_do_not_get_in_each_other_s_way(ann: Therapist, app: Flask, server: Server) -> None:
    new_address(ann)
    here = app.extensions["referral"]
    with here.geocoder.alone():
        look_up(app)
        night = Night(here.engine, here.index, HEAD, NOW, geocoder=lambda: here.geocoder)
        counts = addresses.addresses(night)

    assert counts == {"found": 0, "not found": 0, "unavailable": 0, "waiting": 1} and server.asked == 0
