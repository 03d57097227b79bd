"""Pins of a map: whose points they are, and that gathered ones add up."""

import random
from pathlib import Path

import pytest

from index import pins
from index.embedded import EmbeddedIndex
from index.types import Box, Circle, Document, Pin, Query
from tests.index import model
from tests.index.conftest import Open
from tests.index.make import FACETS, TODAY, make_document

CHICAGO, EVANSTON, DENVER = (41.88, -87.63), (42.05, -87.69), (39.74, -104.99)
FIJI = Box(-25.0, 170.0, -10.0, -170.0)


def drawn(engine: Open, *documents: Document, **asked: object) -> tuple[Pin, ...]:
    index = engine()
    index.rebuild(documents, 1)
    return index.find(Query(pins=True, **asked), TODAY).pins  # type: ignore[arg-type]


def scattered(count: int, seed: int = 1) -> list[Document]:
    """Listings with up to three offices around the antimeridian."""
    chance = random.Random(seed)

    def point() -> tuple[float, float]:
        return round(chance.uniform(-30, -5), 2), (chance.uniform(160, 200) + 180) % 360 - 180

    return [make_document(n, points=tuple(point() for _ in range(n % 4))) for n in range(count)]


def test_nobody_asked_means_no_pins(engine: Open) -> None:
    index = engine()
    index.rebuild([make_document(1, points=(CHICAGO,))], 1)

    assert index.find(Query(), TODAY).pins == ()


def test_equal_points_are_one_pin_and_who_works_only_online_has_none(engine: Open) -> None:
    documents = [make_document(1, points=(CHICAGO,)), make_document(2, points=(DENVER, CHICAGO)), make_document(3)]

    found = drawn(engine, *documents)

    assert [(pin.lat, pin.lon, pin.count) for pin in found] == [(*DENVER, 1), (*CHICAGO, 2)]
    assert found[0].ids == (2,) and sorted(found[1].ids) == [1, 2]


def test_an_office_elsewhere_of_somebody_who_matches_is_no_pin(engine: Open) -> None:
    documents = [make_document(1, points=(CHICAGO, DENVER)), make_document(2, points=(EVANSTON,))]
    box = Box(41.0, -88.0, 43.0, -87.0)

    assert [pin.ids for pin in drawn(engine, *documents, box=box)] == [(1,), (2,)]
    assert [pin.ids for pin in drawn(engine, *documents, circles=(Circle(*CHICAGO, 5),))] == [(1,)]


def test_two_who_live_apart_see_the_offices_near_either(engine: Open) -> None:
    both = (Circle(*EVANSTON, 50), Circle(*DENVER, 50))

    found = drawn(engine, make_document(1, points=(CHICAGO, DENVER, (0.0, 0.0))), circles=both)

    assert [(pin.lat, pin.lon) for pin in found] == [DENVER, CHICAGO]


def test_a_pin_names_its_listings_in_the_published_order(engine: Open) -> None:
    sure = {"points": (CHICAGO,), "accepts": True, "confirmed_on": TODAY}
    documents = [
        make_document(1, points=(CHICAGO,), attested=False),
        make_document(2, **sure),
        make_document(3, points=(CHICAGO,)),
    ]

    assert drawn(engine, *documents)[0].ids == (2, 3, 1)


@pytest.mark.parametrize(("count", "named"), [(pins.NAMED, True), (pins.NAMED + 1, False)])
def test_a_pin_of_too_many_names_none(engine: Open, count: int, named: bool) -> None:
    found = drawn(engine, *(make_document(n, points=(CHICAGO,)) for n in range(count)))

    assert [pin.count for pin in found] == [count]
    assert bool(found[0].ids) is named


@pytest.mark.parametrize("box", [FIJI, Box(-90.0, -180.0, 90.0, 180.0), Box(-17.0, 179.0, -16.9, -179.9), None])
@pytest.mark.parametrize("circles", [(), (Circle(-17, 179, 900),)])
def test_gathered_pins_add_up(tmp_path: Path, box: Box | None, circles: tuple[Circle, ...]) -> None:
    index, documents = EmbeddedIndex(tmp_path / "index", FACETS), scattered(4000)
    index.rebuild(documents, 1)
    query = Query(box=box, circles=circles, pins=True)
    asked = [d.id for d in documents for lat, lon in d.points if model.is_asked(lat, lon, query)]

    found = index.find(query, TODAY).pins

    assert sum(pin.count for pin in found) == len(asked)
    assert 0 < len(found) <= (pins.ACROSS + 2) ** 2 or len(asked) <= pins.MANY
    assert all(-90 <= pin.lat <= 90 and -180 <= pin.lon <= 180 for pin in found)
    assert {id_ for pin in found for id_ in pin.ids} <= set(asked)


def test_pins_do_not_depend_on_how_the_index_came_to_be(tmp_path: Path) -> None:
    documents = scattered(4000)
    at_once, followed = EmbeddedIndex(tmp_path / "one", FACETS), EmbeddedIndex(tmp_path / "other", FACETS)
    at_once.rebuild(documents, 1)
    followed.rebuild(scattered(3900, seed=2)[::-1], 1)
    followed.follow(documents, [], 2)

    for box in (FIJI, Box(-20.0, 178.0, -15.0, -178.0), None):
        query = Query(box=box, pins=True)
        assert followed.find(query, TODAY).pins == at_once.find(query, TODAY).pins


def test_a_grid_stays_while_a_map_moves(tmp_path: Path) -> None:
    index = EmbeddedIndex(tmp_path / "index", FACETS)
    index.rebuild(scattered(4000), 1)
    here, moved = Box(-26.0, 165.0, -8.0, -165.0), Box(-25.0, 166.0, -7.0, -164.0)

    inner, other = (
        {pin for pin in index.find(Query(box=box, pins=True), TODAY).pins if -22 < pin.lat < -11 and pin.lon > 170}
        for box in (here, moved)
    )

    assert inner == other and len(inner) > 20
