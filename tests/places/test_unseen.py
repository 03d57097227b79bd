"""Lines written before anything was measured, asked of the real gazetteer; see the heads of the tables."""

import tomllib
from pathlib import Path

import pytest

from referral.places import distance
from referral.places.gazetteer import Gazetteer
from referral.places.types import Place

FILES = sorted((Path(__file__).parent.parent / "golden").glob("places_unseen*.toml"))
WIDE = ("county", "region", "country", "area")

Line = dict[str, object]


def _lines() -> list[object]:
    """Every line as a parameter; one that is known to fail says why, and must be let in when it no longer does."""
    lines: list[Line] = [line for file in FILES for line in tomllib.loads(file.read_text("utf-8"))["line"]]
    return [
        pytest.param(
            line,
            id=f"{line['typed']} {line.get('country', '')}".strip(),
            marks=[pytest.mark.xfail(reason=str(line["fails"]), strict=True)] if "fails" in line else [],
        )
        for line in lines
    ]


@pytest.mark.parametrize("line", _lines())
def test_a_line_means_what_the_world_says(gazetteer: Gazetteer, line: Line) -> None:
    country = str(line["country"]) if "country" in line else None

    found = [f.place for f in gazetteer.find(str(line["typed"]), country=country)]

    if line.get("nothing"):
        assert found == []
    else:
        assert any(_is_meant(place, line) for place in found[: 5 if line.get("five") else 1])


def _is_meant(place: Place, line: Line) -> bool:
    lat, lon = line["at"]  # type: ignore[misc]  # the table's own pairs
    is_near = distance.km(place.lat, place.lon, lat, lon) <= float(str(line["km"]))
    return place.country == line["in"] and is_near and (not line.get("wide") or place.kind in WIDE)
