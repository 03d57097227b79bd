"""What is said of words that a search cannot use."""

import pytest

from referral.places.gazetteer import Gazetteer
from referral.search import notes
from referral.search.asking import Asked
from referral.search.reading import read

THANKS, PARTS = "Thank you for telling us.", "A search can only use the parts of it that stand below."


def said(line: str, country: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    reading = read(line, gazetteer, country=country)
    return notes.correction(reading, Asked(reading.search, reading.found.place if reading.found else None))


@pytest.mark.parametrize(
    ("line", "country", "sentence"),
    [("Leeds or York", "GB", "We left out “York”: a search is for one place"),
     ("Austin, Chicago", "US", "A search looks around one place. We took Chicago"),
     ("Sevilla o Granada", "ES", "We left out “Granada”: a search is for one place")],
)  # fmt: skip
def test_of_two_places_it_is_said_which_was_taken(gazetteer: Gazetteer, line: str, country: str, sentence: str) -> None:
    (only,) = said(line, country, gazetteer)

    assert only.startswith(sentence)


@pytest.mark.parametrize(
    ("line", "country"),
    [("my husband keeps gambling our savings away every weekend in Leeds", "GB"),
     ("wir haben uns total verrannt und brauchen Rat in Köln", "DE"),
     ("mon copain ghoste tout le temps et je souffre, Lyon", "FR")],
)  # fmt: skip
def test_who_tells_of_themselves_is_thanked(gazetteer: Gazetteer, line: str, country: str) -> None:
    assert said(line, country, gazetteer) == (f"{THANKS} {PARTS}",)


def test_a_long_list_of_wishes_is_not_thanked(gazetteer: Gazetteer) -> None:
    line = "marriage counselor chicago zzgrm evening slots walk in plusfort"

    assert said(line, "US", gazetteer) == (
        "Hours and days are not listed here, so we left out “evening”. Ask when you write.",
        PARTS,
    )
    assert notes.nothing_in("zzgrm qwopl best rated top xyzzq wvutr plusfort")[0].startswith("We found no place")
    assert notes.nothing_in("I zzgrm qwopl best rated my xyzzq wvutr")[0].startswith(THANKS)
