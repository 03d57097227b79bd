"""What a typed line is understood as, on the real places."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from referral.places.gazetteer import Gazetteer
from referral.search.reading import read
from referral.search.understanding import Reading

GOLDEN = Path(__file__).parent.parent / "golden" / "lines.toml"
LINES = tomllib.loads(GOLDEN.read_text("utf-8"))["line"]


def understood(reading: Reading) -> dict[str, Any]:
    """The reading in the words of the table."""
    found: dict[str, Any] = {facet: list(chosen) for facet, chosen in reading.search.terms}
    if reading.found:
        found["place"] = f"{reading.found.place.name}, {reading.found.place.country}"
    if reading.search.area:
        found["area"] = reading.search.area
    if reading.search.text:
        found["text"] = reading.search.text
    if reading.left_out:
        found["left_out"] = list(reading.left_out)
    if reading.unsaid:
        found["unsaid"] = list(reading.unsaid)
    if reading.times:
        found["times"] = list(reading.times)
    return found


@pytest.mark.parametrize("line", LINES, ids=lambda line: line["typed"][:40])
def test_a_line_is_understood_as_a_person_means_it(line: dict[str, Any], gazetteer: Gazetteer) -> None:
    expected = {key: value for key, value in line.items() if key not in ("typed", "country")}

    assert understood(read(line["typed"], gazetteer, country=line.get("country", "US"))) == expected


def test_an_ambiguous_place_keeps_the_line_and_says_the_others(gazetteer: Gazetteer) -> None:
    reading = read("Springfield", gazetteer, country="US")

    assert reading.search.typed == "Springfield"
    assert len(reading.choices) >= 3
    assert len({place.label() for place in reading.choices}) == len(reading.choices)


def test_a_plain_place_needs_no_line(gazetteer: Gazetteer) -> None:
    assert read("Chicago", gazetteer, country="US").search.typed == ""


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(line=st.text(max_size=60))
def test_any_line_can_be_read(gazetteer: Gazetteer, line: str) -> None:
    reading = read(line, gazetteer, country="US")

    assert len(reading.search.text) <= 200


@pytest.mark.parametrize(
    "line",
    ["", "   ", "\x00", "🙂🙂🙂", "'; DROP TABLE listing; --", "%00", "\ud800", "a" * 10_000, "a* OR b* " * 30,
     "‮abc", "̀" * 500, ",,,,,,", "(((((", "Toronto" + "," * 190],
)  # fmt: skip
def test_a_hostile_line_is_read_in_peace(gazetteer: Gazetteer, line: str) -> None:
    assert isinstance(read(line, gazetteer, country="US"), Reading)


@pytest.mark.parametrize("line", ["no trust, Seattle", "no sex", "kein Vertrauen", "not in a relationship", "Oslo NO"])
def test_a_not_that_is_part_of_the_wish_leaves_nothing_out(gazetteer: Gazetteer, line: str) -> None:
    assert read(line, gazetteer, country="US").left_out == ()


@pytest.mark.parametrize("line", ["Huston", "therapist in Huston spanish", "therapist en español cerca de Huston"])
def test_what_a_small_town_may_misspell_is_offered_in_every_line(gazetteer: Gazetteer, line: str) -> None:
    reading = read(line, gazetteer, country="US")

    assert reading.found and reading.found.place.label() == "Huston, Idaho, United States"
    assert "Houston, Texas, United States" in [place.label() for place in reading.choices]
    assert reading.search.typed == line


@pytest.mark.parametrize(("line", "misread"), [("O'Hare", ""), ("couples therapy O’Hare", "O’Hare")])
def test_a_hamlet_that_is_written_otherwise_is_said(gazetteer: Gazetteer, line: str, misread: str) -> None:
    reading = read(line, gazetteer, country="US")

    assert reading.found and reading.found.place.name == "Ohaře"
    assert (reading.is_misspelt, reading.misread, reading.search.typed) == (True, misread, line)


@pytest.mark.parametrize("line", ["Coeur d'Alene", "L'Aquila", "Ohaře", "Sant'Angelo", "Val-d'Or"])
def test_an_apostrophe_that_belongs_there_is_none_of_a_slip(gazetteer: Gazetteer, line: str) -> None:
    assert not read(line, gazetteer, country="US").is_misspelt
