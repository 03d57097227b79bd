"""Whoever speaks one of two languages is enough for who says so, and the page says it back."""

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.client import CheckingClient
from tests.people import CHICAGO, EVANSTON, make_listing

EITHER = "/search?place=4887398&language=es&language=fr&any=language"


@pytest.fixture
def tongues(client: CheckingClient, engine: Engine) -> CheckingClient:
    """People around Chicago who speak Spanish, French, both or neither."""
    with Session(engine) as session:
        make_listing(session, name="Ana Ruiz", languages=["es", "en"], **CHICAGO)
        make_listing(session, name="Luc Roy", languages=["fr", "en"], **CHICAGO)
        make_listing(session, name="Eva Both", languages=["es", "fr"], **EVANSTON)
        make_listing(session, name="Ben Cole", languages=["en"], **CHICAGO)
        session.commit()
    return client


def names(client: CheckingClient, path: str) -> set[str]:
    return {one["name"] for one in client.get("/api/v1" + path).json["results"]}


def test_a_typed_or_finds_who_speaks_either(tongues: CheckingClient) -> None:
    assert tongues.get("/search?q=Chicago, Spanish or French").headers["Location"] == EITHER
    assert names(tongues, EITHER) == {"Ana Ruiz", "Luc Roy", "Eva Both"}
    assert names(tongues, "/search?q=Chicago, Spanish and French") == {"Eva Both"}


def test_it_is_said_as_one_reading_that_can_be_taken_away(tongues: CheckingClient) -> None:
    page, found = tongues.get(EITHER).text, tongues.get("/api/v1" + EITHER).json

    chips = found["understood"]["chips"][1:]
    assert chips == [{"kind": "language", "value": "es,fr", "label": "Spanish or French"}]
    assert page.count("Spanish or French") == 1
    assert page.index('href="/search?place=4887398" rel="nofollow"') < page.index("Spanish or French")


def test_without_a_script_one_ticks_that_one_is_enough(tongues: CheckingClient) -> None:
    both = tongues.get("/search?place=4887398&language=es&language=fr").text

    assert '<input type="checkbox" name="any" value="language">' in both
    assert f'href="{EITHER}" rel="nofollow">One of these is enough'.replace("&", "&amp;") in both
    assert '<input type="checkbox" name="any" value="language" checked>' in tongues.get(EITHER).text
    assert 'name="any"' not in tongues.get("/search?place=4887398&language=es").text


def test_another_place_keeps_it(tongues: CheckingClient) -> None:
    page = tongues.get(EITHER).text

    line = page[page.index('class="search line"') :].partition("</form>")[0]
    kept = [f'name="{n}" value="{v}"' for n, v in (("language", "es"), ("language", "fr"), ("any", "language"))]
    assert all(one in line for one in kept)
    moved = tongues.get("/search?q=Evanston, Illinois&language=es&language=fr&any=language").headers["Location"]
    assert moved.endswith("language=es&language=fr&any=language")


def test_what_a_facet_counts_is_what_choosing_finds(tongues: CheckingClient) -> None:
    counted = tongues.get("/api/v1" + EITHER).json["facets"]["language"]

    assert {one["term"]: one["count"] for one in counted} == {"en": 3, "es": 2, "fr": 2}
    assert len(names(tongues, EITHER + "&language=en")) == 4


def test_where_nobody_speaks_either_both_are_left_out_together(tongues: CheckingClient) -> None:
    found = tongues.get("/api/v1/search?place=4887398&language=he&language=ru&any=language").json

    assert found["total"] == 0
    assert found["widened"] == ["4 therapists if you leave out “Hebrew or Russian”"]


def test_the_map_shows_who_speaks_either(tongues: CheckingClient) -> None:
    assert tongues.get(EITHER.replace("/search", "/api/v1/map")).json["total"] == 3


def test_one_language_alone_is_not_at_choice(tongues: CheckingClient) -> None:
    assert names(tongues, "/search?place=4887398&language=es&any=language") == {"Ana Ruiz", "Eva Both"}
    assert names(tongues, "/search?place=4887398&language=es&language=fr&any=nothing") == {"Eva Both"}
