"""Where a language is named, it is wished for: no country that is called so somewhere is meant."""

import pytest

from referral import terms
from referral.places.gazetteer import Gazetteer
from referral.search.fits import ALARMING, alarm
from referral.search.reading import read
from referral.search.urls import Help
from referral.terms import plain

THEIR_OWN = {"suomi", "eesti", "ไทย", "chino"}
"""What a country is called at home, and a town of the visitor's own country."""


def test_every_name_of_a_language_alone_is_the_language(gazetteer: Gazetteer) -> None:
    languages = terms.facets()["language"].terms.values()
    named = {name: one.id for one in languages for name in (one.label, *one.synonyms) if name not in THEIR_OWN}

    wrong = {n: id for n, id in named.items() if read(n, gazetteer, country="US").search.chosen("language") != (id,)}

    assert wrong == {}


@pytest.mark.parametrize(
    ("line", "country", "place", "language"),
    [("Delhi, Hindi", "US", "Delhi", "hi"), ("Mumbai hindi", "IN", "Mumbai", "hi"),
     ("Hindi Mumbai", "IN", "Mumbai", "hi"),
     ("Istanbul التركية", "TR", "Istanbul", "tr"), ("Madrid spanska", "ES", "Madrid", "es"),
     ("Zürich, Swiss German", "CH", "Zürich", "gsw"), ("Budapest Hungarian", "HU", "Budapest", "hu"),
     ("Lyon, franstalig", "FR", "Lyon", "fr")],
)  # fmt: skip
def test_a_language_beside_a_town_of_its_country_is_no_country(
    gazetteer: Gazetteer, line: str, country: str, place: str, language: str
) -> None:
    reading = read(line, gazetteer, country=country)

    assert reading.found and reading.found.place.name == place
    assert (reading.search.chosen("language"), reading.search.text) == ((language,), "")


@pytest.mark.parametrize(
    ("line", "place"), [("Suomi", "FI"), ("Bangkok, ไทย", "TH"), ("Chino", "US"), ("Chino, California", "US")]
)
def test_what_people_call_their_country_or_a_town_at_home_is_a_place(
    gazetteer: Gazetteer, line: str, place: str
) -> None:
    reading = read(line, gazetteer, country="US")

    assert reading.found and reading.found.place.country == place


@pytest.mark.parametrize(
    "line",
    ["Paartherapeutin in Zürich, die Russisch spricht", "therapeut in Utrecht die nieuwe cliënten aanneemt",
     "Die, Drôme", "non-violent communication", "Kill Devil Hills", "Bang Kapi"],
)  # fmt: skip
def test_usual_words_and_towns_are_no_cry(line: str) -> None:
    assert alarm(line) == Help.NONE


def test_no_usual_word_of_any_language_is_a_cry() -> None:
    assert sorted(word for word in ALARMING if plain.says_little(word)) == []


@pytest.mark.parametrize(
    ("line", "place"),
    [("Spanish Fork, UT", "Spanish Fork"), ("Spanish Fork UT", "Spanish Fork"), ("French Lick, IN", "French Lick"),
     ("German Valley, IL", "German Valley"), ("Chino Hills, California", "Chino Hills"),
     ("Spanish Town, Saint Catherine Parish", "Spanish Town"), ("Chinese Camp, CA", "Chinese Camp")],
)  # fmt: skip
def test_a_town_called_by_a_language_and_more_is_whole(gazetteer: Gazetteer, line: str, place: str) -> None:
    reading = read(line, gazetteer, country="US")

    assert (reading.found.place.name if reading.found else "", reading.search.terms) == (place, ())
