"""What people type besides a place: nothing is found for it, but for words that are the name of a larger town."""

import tomllib
from pathlib import Path

import pytest

from index.words import stop_words
from referral.places.gazetteer import Gazetteer

GOLDEN = Path(__file__).parent.parent / "golden"
TOWNS = {"uden", "tak", "seara", "ara"}
"""Words of those lines that are such a town."""

HOME = {
    "en": "US", "de": "DE", "fr": "FR", "es": "ES", "da": "DK", "nl": "NL",
    "ro": "RO", "tr": "TR", "ar": "EG", "he": "IL", "ko": "KR",
}  # fmt: skip


@pytest.mark.parametrize("file", ["no_places", "no_places_again"])
@pytest.mark.parametrize("language", HOME)
def test_what_is_said_besides_a_place_is_none(gazetteer: Gazetteer, file: str, language: str) -> None:
    lines = tomllib.loads((GOLDEN / f"{file}.toml").read_text("utf-8"))[language]

    found = [line for line in lines for country in (None, HOME[language]) if gazetteer.find(line, country=country)]

    assert set(found) <= TOWNS


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "da", "nl", "tr"])
def test_a_word_that_holds_sentences_together_misspells_no_place(gazetteer: Gazetteer, language: str) -> None:
    found = [f for word in sorted(stop_words(language)) for f in gazetteer.find(word)[:1]]

    assert [f.place.name for f in found if f.corrected or f.match != "exact"] == []
    assert [f.place.name for f in found if f.place.kind == "city" and f.place.population < 10_000] == []


@pytest.mark.parametrize(
    ("line", "country", "name"),
    [
        ("Nice", None, "Nice"),
        ("best", "NL", "Best"),
        ("us", None, "United States"),
        ("la", None, "Los Angeles"),
        ("OR", "US", "Oregon"),
        ("bath", "GB", "Bath"),
        ("Salt Lake City", None, "Salt Lake City"),
        ("rose hill", "US", "Rose Hill"),
        ("Alle, Switzerland", None, "Alle"),
        ("Home, Washington", None, "Home"),
        ("in Essen", None, "Essen"),
        ("Tell City IN", None, "Tell City"),
        ("East End, ON", None, "East End"),
        ("bay area", None, "San Francisco Bay Area"),
        ("free state", None, "Free State"),
    ],
)
def test_a_place_whose_name_is_usual_words_is_still_found(
    gazetteer: Gazetteer, line: str, country: str | None, name: str
) -> None:
    assert gazetteer.find(line, country=country)[0].place.name == name
