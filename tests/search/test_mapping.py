"""The map of a search: who is where, only as coarsely as they show it, and a clear no to what is no box."""

import statistics
import time
from dataclasses import replace
from itertools import accumulate

import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from index.types import Box, Circle, Pin
from referral import create_app
from referral.config import from_environment
from referral.errors import UsageError
from referral.places.gazetteer import Gazetteer
from referral.places.types import Place
from referral.search import mapping
from referral.search.asking import RADII_MILES
from referral.search.framing import frame
from referral.web import headers
from tests.client import CheckingClient
from tests.conftest import NOW
from tests.make import make_listings
from tests.people import CHICAGO, EVANSTON, TORONTO, make_listing

HIDDEN = {"lat": 41.93217, "lon": -87.65431, "address_visibility": "area", "street": "77 Secret Lane"}


def named(answer: dict[str, object]) -> set[str]:
    return {one["name"] for pin in answer["features"] for one in pin["properties"]["listings"]}


@pytest.fixture
def chicago(client: CheckingClient, engine: Engine) -> CheckingClient:
    with Session(engine) as session:
        make_listing(session, name="Ana Ruiz", languages=["es", "en"], **CHICAGO)
        make_listing(session, name="Ben Cole", languages=["en"], delivery=["in_person", "online"], **CHICAGO)
        make_listing(session, name="Cara Dunn", languages=["en", "es"], **EVANSTON)
        make_listing(session, name="Dov Levi", status="paused", **CHICAGO)
        make_listing(session, name="Eve Roy", languages=["fr"], delivery=["online"], serves=["US-IL"], **TORONTO)
        session.commit()
    return client


def test_a_map_shows_everybody_the_page_finds(chicago: CheckingClient) -> None:
    answer = chicago.get("/api/v1/map?place=4887398").json

    assert answer["type"] == "FeatureCollection" and answer["total"] == 3
    assert sum(pin["properties"]["count"] for pin in answer["features"]) == 3
    assert named(answer) == {"Ana Ruiz", "Ben Cole", "Cara Dunn"}
    assert answer["circles"] == [{"lat": 41.85003, "lon": -87.65005, "radius_km": 40.0}]
    assert answer["radii"] == [*RADII_MILES, 500]


def test_a_light_map_shows_the_same_and_names_the_same(client: CheckingClient, engine: Engine) -> None:
    places = [{**CHICAGO, "lat": 35 + n / 10, "lon": -98 + n / 7} for n in range(mapping.NAMED)] * 2
    with Session(engine) as session:
        make_listings(session, [{"name": f"Person {n}", **one} for n, one in enumerate(places)])
        session.commit()

    whole, light = (client.get(f"/api/v1/map?in=US{more}").json for more in ("", "&light=1"))

    assert "pins" not in whole and len(whole["features"]) == mapping.NAMED
    assert named(light) == named(whole) and 0 < len(light["features"]) < len(whole["features"])
    lats, lons = (accumulate(light["pins"][axis]) for axis in ("lat", "lon"))
    together = {
        (lon / 10_000, lat / 10_000): count for lat, lon, count in zip(lats, lons, light["pins"]["count"], strict=True)
    }
    assert counts(light) | together == counts(whole)
    assert {k: light[k] for k in light if k not in ("features", "pins")} == {
        k: whole[k] for k in whole if k != "features"
    }


def test_a_light_map_gathers_many_pins(client: CheckingClient, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mapping, "LIGHT", 5)
    with Session(engine) as session:
        make_listings(session, [{**CHICAGO, "name": f"Person {n}", "lat": 35 + n // 3 + n % 3 / 25} for n in range(9)])
        session.commit()

    gathered = client.get("/api/v1/map?in=US&light=1&text=nobody").json
    assert sum(counts(gathered).values()) + sum(gathered["pins"]["count"]) == 9
    assert len(gathered["features"]) + len(gathered["pins"]["count"]) < 9
    part = client.get("/api/v1/map?in=US&light=1&box=34,-90,35.5,-80").json
    assert len(part["features"]) + len(part["pins"]["count"]) == 3


def counts(answer: dict[str, object]) -> dict[tuple[float, float], int]:
    return {tuple(pin["geometry"]["coordinates"]): pin["properties"]["count"] for pin in answer["features"]}


def test_a_pin_carries_names_and_links(chicago: CheckingClient) -> None:
    pins = chicago.get("/api/v1/map?place=4887398&language=es").json["features"]
    people = [one for pin in pins for one in pin["properties"]["listings"]]

    assert {p["name"] for p in people} == {"Ana Ruiz", "Cara Dunn"}
    assert all(p["url"].startswith("http://127.0.0.1:8000/therapists/") for p in people)
    assert all(pin["geometry"]["type"] == "Point" for pin in pins)


def test_a_box_keeps_only_what_lies_in_it(chicago: CheckingClient) -> None:
    answer = chicago.get("/api/v1/map?place=4887398&box=42,-88,42.1,-87").json

    assert named(answer) == {"Cara Dunn"}


def test_a_page_further_on_has_the_same_map(chicago: CheckingClient) -> None:
    first, second = (chicago.get(f"/api/v1/map?in=US&page={n}").json for n in (1, 2))

    assert first["features"] == second["features"] != []


def test_who_asks_for_nothing_or_nowhere_gets_an_empty_map(chicago: CheckingClient) -> None:
    for path in ("/api/v1/map", "/api/v1/map?place=999999999999", "/api/v1/map?page=3"):
        answer = chicago.get(path).json

        assert (answer["features"], answer["total"], answer["bbox"]) == ([], 0, None)


def test_words_nobody_has_are_left_out_as_on_the_page(chicago: CheckingClient) -> None:
    assert chicago.get("/api/v1/map?place=4887398&text=zzzzqqqq").json["total"] == 3
    assert chicago.get("/api/v1/map?text=zzzzqqqq").json["features"] == []


def test_nobodys_hidden_address_stands_in_a_map(client: CheckingClient, engine: Engine) -> None:
    with Session(engine) as session:
        make_listing(session, name="Ida Quiet", **{**CHICAGO, **HIDDEN})
        session.commit()
    (shown,) = client.get("/api/v1/search?place=4887398").json["results"]
    coarse = shown["point"][::-1]

    for box in ("", "&box=41,-88,42.5,-87", "&box=41.9,-87.7,42,-87.6"):
        answer = client.get(f"/api/v1/map?place=4887398{box}")

        assert [pin["geometry"]["coordinates"] for pin in answer.json["features"]] == [coarse]
        assert not any(part in answer.text for part in ("41.932", "87.654", "Secret"))


def test_a_box_around_the_hidden_point_alone_finds_nobody(client: CheckingClient, engine: Engine) -> None:
    with Session(engine) as session:
        make_listing(session, name="Ida Quiet", **{**CHICAGO, **HIDDEN})
        session.commit()

    answer = client.get("/api/v1/map?place=4887398&box=41.932,-87.6545,41.9324,-87.6541").json

    assert answer["features"] == []


@pytest.mark.parametrize("box", ["1,2,3", "a,b,c,d", "nan,0,1,1", "inf,0,1,1", "0,0,1e309,1", "90.0001,0,91,1",
                                 "0,-180.1,1,1", "2,0,1,1", "0,0,1,1,1", ",,,", "0;0;1;1", "%00,0,1,1"])  # fmt: skip
@pytest.mark.parametrize("path", ["/api/v1/map?in=US&box={}", "/places/labels?box={}"])
def test_what_is_no_box_is_a_clear_400(client: CheckingClient, path: str, box: str) -> None:
    answer = client.get(path.format(box))

    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    assert answer.json["detail"]


def test_a_box_may_cross_the_antimeridian() -> None:
    assert mapping.box("-20,170,-10,-170") == Box(-20, 170, -10, -170)
    assert mapping.box("") is None
    with pytest.raises(UsageError):
        mapping.box("1,2")


def test_a_map_is_kept_by_nobody_and_names_may_be(client: CheckingClient) -> None:
    assert client.get("/api/v1/map?in=US").headers["Cache-Control"] == "private, no-store"
    assert client.get("/places/labels?box=0,0,1,1").headers["Cache-Control"] == "private, max-age=86400"


def test_a_full_map_names_only_the_people_of_the_page(client: CheckingClient, engine: Engine) -> None:
    with Session(engine) as session:
        spots = [(30 + n % 20 * 0.5, -120 + n // 20 * 2) for n in range(mapping.NAMED + 40)]
        people = [{**CHICAGO, "lat": lat, "lon": lon, "name": f"Person {n}"} for n, (lat, lon) in enumerate(spots)]
        make_listings(session, people)
        session.commit()

    answer = client.get("/api/v1/map?in=US").json
    page = {one["name"] for one in client.get("/api/v1/search?in=US").json["results"]}

    assert len(answer["features"]) == len(spots) and named(answer) == page
    lon, lat = answer["features"][0]["geometry"]["coordinates"]
    near = client.get(f"/api/v1/map?in=US&box={lat - 0.003},{lon - 0.003},{lat + 0.003},{lon + 0.003}").json
    assert len(named(near)) == 1


def test_a_crowd_at_one_point_is_a_number(client: CheckingClient, engine: Engine) -> None:
    with Session(engine) as session:
        make_listings(session, [{**CHICAGO, "name": f"Person {n}"} for n in range(21)])
        session.commit()

    (pin,) = client.get("/api/v1/map?place=4887398").json["features"]

    assert pin["properties"] == {"count": 21, "listings": []}


def pin(lat: float, lon: float) -> Pin:
    return Pin(lat, lon, 1, (1,))


def test_a_map_begins_with_its_pins_and_the_whole_circle() -> None:
    inside = frame([pin(41.8, -87.7), pin(41.9, -87.6)], [Circle(41.85, -87.65, 40)], None)
    outside = frame([pin(44, -87.7)], [Circle(41.85, -87.65, 40)], None)

    assert inside == frame([], [Circle(41.85, -87.65, 40)], None)
    assert inside and outside == (*inside[:3], 44)


def test_a_circle_over_a_pole_or_the_whole_world_is_framed_too() -> None:
    assert frame([pin(89, 0)], [Circle(89, 0, 500)], None)
    assert frame([pin(0, 0)], [Circle(0, 0, 20000)], None)


def test_a_map_over_the_antimeridian_is_the_narrow_one() -> None:
    assert frame([pin(-18, 178), pin(-14, -171)], [], None) == (178, -18, -171, -14)


def test_a_map_without_pins_shows_where_was_looked() -> None:
    west, south, east, north = frame([], [Circle(0, 0, 111.2)], None) or (0, 0, 0, 0)
    place = Place("FJ", "Fiji", "country", "FJ", "", "", -17.8, 179.0, 1, radius_km=300)

    assert (round(west), round(south), round(east), round(north)) == (-1, -1, 1, 1)
    assert (area := frame([], [], place)) and area[0] > 170 and area[2] < -170
    assert frame([], [], None) is None


def test_pins_all_over_the_world_stand_on_the_map_everybody_knows() -> None:
    """The shortest arc around these goes over the Pacific, and Europe would stand at the edge."""
    spots = [(34, 135), (-37, 145), (21, -157), (40, -100), (52, 5), (31, 35), (-33, 18), (-41, 174)]

    framed = frame([pin(*spot) for spot in spots], [], None)

    assert framed == (-157, -41, 174, 52)


def test_two_far_away_do_not_make_a_heap_of_the_others() -> None:
    many = [pin(40 + n / 100, -90 + n / 100) for n in range(200)]

    framed = frame([*many, pin(20, -157)], [], None)

    assert framed is not None and framed[0] > -91


def test_the_names_of_a_map_are_its_largest_towns(client: CheckingClient) -> None:
    names = [one["name"] for one in client.get("/places/labels?box=41,-89,43,-87").json]

    assert names[0] == "Chicago" and len(names) == 60


def test_names_over_the_antimeridian_and_of_the_whole_world(gazetteer: Gazetteer) -> None:
    pacific = {p.country for p in gazetteer.largest(Box(-20, 176, -12, -170), 60)}
    world = gazetteer.largest(Box(-90, -180, 90, 180), 60)

    assert {"FJ", "WS"} <= pacific <= {"FJ", "WS", "TO", "WF", "AS"}
    assert [p.population for p in world] == sorted((p.population for p in world), reverse=True)


def test_the_largest_towns_of_any_box_take_5_ms_of_a_processor(gazetteer: Gazetteer) -> None:
    boxes = [Box(-90, -180, 90, 180), Box(41, -89, 43, -87), Box(47, 5, 55, 15), Box(-20, 176, -12, -170)]
    gazetteer.largest(boxes[0], 1)
    took = []
    for box in boxes * 8:
        begun = time.thread_time()
        gazetteer.largest(box, 60)
        took.append(time.thread_time() - begun)

    assert statistics.median(took) <= 0.005


def test_an_operators_pictures_open_the_policy_to_one_origin(app: Flask) -> None:
    config = app.extensions["referral"].config
    tiled = replace(config, map_tiles="https://tiles.example.org/{z}/{x}/{y}.png")

    policy = headers.headers(tiled)["Content-Security-Policy"]

    assert "img-src 'self' data: https://tiles.example.org;" in policy
    assert policy.replace(" https://tiles.example.org", "") == headers.headers(config)["Content-Security-Policy"]


def test_an_operators_thanks_are_text(app: Flask, engine: Engine) -> None:
    config = replace(app.extensions["referral"].config, map_tiles="/t/{z}/{x}/{y}.png", map_credit="© Example <b>")
    with Session(engine) as session:
        make_listing(session, **CHICAGO)
        session.commit()
    tiled = create_app(config, now=lambda: NOW)

    page = tiled.test_client().get("/search?in=US").text
    tiled.extensions["referral"].engine.dispose()

    assert 'data-tiles="/t/{z}/{x}/{y}.png"' in page and "© Example &lt;b&gt;" in page


@pytest.mark.parametrize(
    "address",
    [
        "https://x/{z}/{x}.png",
        "javascript:{z}{x}{y}",
        "https://a.b;script-src/{z}{x}{y}",
        "https://u:p@a.b/{z}/{x}/{y}",
        "//a.b/{z}/{x}/{y}",
        "https://{s}.a.b/{z}/{x}/{y}",
    ],
)
def test_pictures_come_from_a_plain_address_or_not_at_all(address: str) -> None:
    with pytest.raises(UsageError):
        from_environment({"REFERRAL_SECRET_KEY": "x" * 40, "REFERRAL_MAP_TILES": address})
