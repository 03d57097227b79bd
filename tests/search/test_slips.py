"""A slip in what is wished for, and not in where: the term is meant, and it is said so."""

import pytest

from referral.places.gazetteer import Gazetteer
from referral.search import notes
from referral.search.asking import Asked
from referral.search.reading import read
from referral.search.understanding import Reading

BOSTON, CHICAGO, SEATTLE = "Boston, US", "Chicago, US", "Seattle, US"


def understood(reading: Reading) -> tuple[str, set[str], str]:
    """(place, the ids of the terms, the words that are left)."""
    place = f"{reading.found.place.name}, {reading.found.place.country}" if reading.found else ""
    return place, {term for _facet, chosen in reading.search.terms for term in chosen}, reading.search.text


@pytest.mark.parametrize(
    ("line", "place", "wished"),
    [("Spansh Boston", BOSTON, {"es"}), ("Boston Spainish", BOSTON, {"es"}), ("Spannish, Boston", BOSTON, {"es"}),
     ("Germen Chicago", CHICAGO, {"de"}), ("Portugese in Boston", BOSTON, {"pt"}), ("Polsh Chicago", CHICAGO, {"pl"}),
     ("onlin Seattle", SEATTLE, {"online"}), ("Seattle slidng scale", SEATTLE, {"sliding_scale"}),
     ("insurence Seattle", SEATTLE, {"insurance"}), ("Seattle in-persn", SEATTLE, {"in_person"}),
     ("infedility Boston", BOSTON, {"affair"}), ("acepting new clients Boston", BOSTON, {"accepting"}),
     ("Bostn Spansh", BOSTON, {"es"}), ("Chigaco Spannish", CHICAGO, {"es"}),
     ("spanich", "", {"es"}), ("Spansh, onlin, Chicago", CHICAGO, {"es", "online"})],
)  # fmt: skip
def test_a_misspelt_term_is_read_as_it_was_meant(gazetteer: Gazetteer, line: str, place: str, wished: set[str]) -> None:
    assert understood(read(line, gazetteer, country="US")) == (place, wished, "")


@pytest.mark.parametrize(
    ("line", "country", "place"),
    [("marriage councelling Johanesburg", "ZA", "Johannesburg, ZA"), ("Paartheraphie Hamburg", "DE", "Hamburg, DE"),
     ("marriage counceling chicago", "US", CHICAGO), ("thérapute de couple Lyon", "FR", "Lyon, FR"),
     ("terapuetas de pareja madrid", "ES", "Madrid, ES"), ("relatietherapeutt Gent", "BE", "Gent, BE"),
     ("Beziehungberatung Köln", "DE", "Köln, DE"), ("psychotherapeutt Wien", "AT", "Vienna, AT")],
)  # fmt: skip
def test_a_misspelt_word_that_narrows_nothing_narrows_nothing(
    gazetteer: Gazetteer, line: str, country: str, place: str
) -> None:
    assert understood(read(line, gazetteer, country=country)) == (place, set(), "")


@pytest.mark.parametrize("name", ["Friedly", "Sessler", "Beringer", "Marriott", "Therkelsen"])
def test_a_name_is_no_misspelt_word_that_narrows_nothing(gazetteer: Gazetteer, name: str) -> None:
    assert understood(read(f"{name} Boston", gazetteer, country="US")) == (BOSTON, set(), name)


@pytest.mark.parametrize(
    ("line", "country", "place", "other"),
    [("Kinderwunsch Paartherapie Müchen", "DE", "Munich, DE", "Mutzschen"),
     ("Paartherapie Müchen", "DE", "Munich, DE", "Mutzschen"),
     ("therapeute imago Lausane", "CH", "Lausanne, CH", "Lausane"), ("imago Lausane", None, "Lausanne, CH", "Lausane")],
)  # fmt: skip
def test_a_city_misspelt_as_a_hamlet_is_the_city_beside_other_words_too(
    gazetteer: Gazetteer, line: str, country: str | None, place: str, other: str
) -> None:
    reading = read(line, gazetteer, country=country, known=lambda words: True)

    assert understood(reading)[0] == place and reading.is_misspelt
    assert other in [choice.name for choice in reading.choices]


def test_a_hamlet_that_is_named_with_its_country_is_meant(gazetteer: Gazetteer) -> None:
    assert understood(read("therapist in Lausane, Mexico", gazetteer))[0] == "Lausane, MX"
    assert understood(read("Paartherapie Leer", gazetteer, country="DE"))[0] == "Leer, DE"


def test_a_long_name_with_two_slips_is_read_beside_other_words(gazetteer: Gazetteer) -> None:
    assert understood(read("therapist Cincinatti", gazetteer, country="US"))[0] == "Cincinnati, US"


def test_what_was_respelled_is_said_and_kept(gazetteer: Gazetteer) -> None:
    reading = read("Spansh Boston", gazetteer, country="US")

    assert reading.search.typed == "Spansh Boston"
    assert "We read “Spansh” as Spanish." in notes.correction(reading, Asked(reading.search, None))


@pytest.mark.parametrize(
    ("line", "country", "place", "text"),
    [("Bremn", "DE", "Bremen, DE", ""), ("Poland", "US", "Poland, PL", ""), ("Marlin Boston", "US", BOSTON, "Marlin"),
     ("Sant Monica", "US", "Santa Monica, US", ""), ("Germntown", "US", "Germantown, US", "")],
)  # fmt: skip
def test_a_town_and_a_name_are_no_misspelt_terms(
    gazetteer: Gazetteer, line: str, country: str, place: str, text: str
) -> None:
    assert understood(read(line, gazetteer, country=country)) == (place, set(), text)


def test_a_name_that_somebody_has_is_no_misspelt_term(gazetteer: Gazetteer) -> None:
    reading = read("Frech Boston", gazetteer, country="US", known=lambda words: words == "Frech")

    assert understood(reading) == (BOSTON, set(), "Frech")
    assert read("Dr. Frech Boston", gazetteer, country="US").respelled == ()


def test_between_two_terms_alike_nothing_is_guessed(gazetteer: Gazetteer) -> None:
    near_two = read("Boston traumx", gazetteer, country="US")

    assert near_two.search.terms in ((("topic", ("trauma",)),), ())


@pytest.mark.parametrize(
    ("line", "country", "place"),
    [("des moihes", "US", "Des Moines, US"), ("des moinew United States", "GB", "Des Moines, US"),
     ("frankfuurt am main Germany", "US", "Frankfurt am Main, DE"), ("dos hermanaas", "ES", "Dos Hermanas, ES"),
     ("jerez de la frontear, spain", "ES", "Jerez de la Frontera, ES"), ("montpelier france", "US", "Montpellier, FR"),
     ("Sao Palo", "US", "São Paulo, BR"), ("sao palo", None, "São Paulo, BR")],
)  # fmt: skip
def test_a_slip_in_a_name_of_several_words_is_seen_whole(
    gazetteer: Gazetteer, line: str, country: str | None, place: str
) -> None:
    assert understood(read(line, gazetteer, country=country)) == (place, set(), "")
