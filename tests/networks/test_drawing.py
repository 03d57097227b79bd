"""What the map of a network shows."""

import json
from pathlib import Path

import pytest

from referral.config import ROOT
from referral.listings.checks import countries
from referral.model import Area, Network
from referral.networks import drawing
from referral.places.framing import number
from referral.places.gazetteer import Gazetteer

OUTLINES = ROOT / "node_modules" / ".basemap" / "country"


def of(*codes: str) -> Network:
    return Network(slug="one", name="One", areas=[Area(code=code) for code in codes])


def test_a_country_is_drawn_as_it_is_shaped_and_a_region_as_a_circle(gazetteer: Gazetteer) -> None:
    found = drawing.areas(of("CH", "DE-BY"), gazetteer)

    assert found is not None
    assert found.outlines == ["756"]
    assert len(found.circles) == 1
    west, south, east, north = found.bbox or []
    assert west < 6.5 and south < 46 and east > 13 and north > 50


def test_who_works_everywhere_has_no_map(gazetteer: Gazetteer) -> None:
    assert drawing.areas(of(), gazetteer) is None


@pytest.mark.parametrize(("country", "expected"), [("US", "840"), ("DE", "276"), ("FR", "250"), ("AU", "036")])
def test_countries_are_known_by_number(country: str, expected: str) -> None:
    assert number(country) == expected


@pytest.mark.skipif(not OUTLINES.is_dir(), reason="needs the ground of the maps: npm ci, then node basemap.mjs")
def test_every_country_that_is_drawn_by_its_shape_has_an_outline(gazetteer: Gazetteer) -> None:
    there = {path.stem for path in Path(OUTLINES).iterdir() if json.loads(path.read_text())}
    known = [place for code in countries() if (place := gazetteer.place(code)) is not None]
    shaped = [place for place in known if drawing._has_shape(place)]

    assert len(shaped) > 150
    assert [place.country for place in shaped if number(place.country) not in there] == []
