"""The steps of a reading: words and what hangs on them, the cheapest way through, and what is never guessed."""

import time
from statistics import median

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from referral import terms
from referral.places.gazetteer import Gazetteer
from referral.search.affixes import forms
from referral.search.cheapest import cheapest
from referral.search.piece import Piece
from referral.search.pieces import IMPLIED
from referral.search.reading import read
from referral.search.tokens import NOISE, tokens
from referral.search.understanding import Reading
from tests.search.test_reading import GOLDEN, LINES, understood

WORDS = sorted(
    {word for line in LINES for word in line["typed"].split()} | set(",-'./") | {"Saint", "12345", "IN", "ב"}
)


def test_there_are_lines_enough_to_tell() -> None:
    assert len(LINES) >= 165


def test_every_language_of_the_pages_has_twenty_lines() -> None:
    blocks = GOLDEN.read_text("utf-8").split("# --- ")[1:]
    lines = {block.split(" ---")[0]: block.count("[[line]]") for block in blocks}

    languages = "English Deutsch français Nederlands español dansk română Türkçe 한국어 עברית العربية".split()
    assert {name: lines[name] for name in languages if lines[name] < 20} == {}


@pytest.mark.parametrize(
    ("line", "aside"),
    [("we keep having the same fight and he sulks, any imago people around Madison Wisconsin?", "sulks"),
     ("is Dr. Miriam Sonnleitner in Graz still taking new couples at the moment", "taking moment"),
     ("kind gentle therapist Portland", ""), ("Chicago", "")],
)  # fmt: skip
def test_words_of_a_sentence_that_nobody_could_be_found_by_are_set_aside(
    gazetteer: Gazetteer, line: str, aside: str
) -> None:
    assert read(line, gazetteer, country="US").aside == aside


def test_a_sentence_that_was_read_in_part_is_kept_to_say_so(gazetteer: Gazetteer) -> None:
    line = "we keep having the same fight and he sulks, Madison Wisconsin"

    assert read(line, gazetteer, country="US").search.typed == line


@pytest.mark.parametrize(
    ("word", "country", "bare", "is_inside"),
    [("בירושלים", None, "ירושלים", True), ("וילדים", None, "ילדים", False), ("부산에서", None, "부산", True),
     ("영어로", None, "영어", False), ("Konya'da", None, "Konya", True), ("istanbulda", "TR", "istanbul", True),
     ("l'infidélité", None, "infidélité", False), ("d’Aix", None, "Aix", False), ("بالعربية", None, "العربية", True)],
)  # fmt: skip
def test_what_a_language_hangs_on_a_word_is_taken_off(
    word: str, country: str | None, bare: str, is_inside: bool
) -> None:
    found = {f.text: f.is_inside for f in forms(word, country)}

    assert found[bare] is is_inside
    assert word in found


@pytest.mark.parametrize("word", ["Canada", "agenda", "Granada", "부산", "חיפה", "Paris"])
def test_nothing_is_taken_off_a_bare_word(word: str) -> None:
    assert [f.text for f in forms(word)] == [word]


@pytest.mark.parametrize(
    ("typed", "phrases"),
    [("St. Louis, MO", [0, 0, 1]), ("we fight. Atlanta", [0, 0, 1]), ("São Paulo - SP", [0, 0, 1]), ("a, b；", [0, 1])],
)
def test_a_full_stop_ends_a_phrase_only_after_a_word(typed: str, phrases: list[int]) -> None:
    assert [t.phrase for t in tokens(typed)] == phrases


def test_a_hyphened_word_is_two_where_each_says_something() -> None:
    assert [t.typed for t in tokens("Online-Paartherapie Winston-Salem")] == ["Online", "Paartherapie", "Winston-Salem"]


def test_no_usual_word_hides_a_term() -> None:
    hidden = {n for n, found in terms.names().items() if n in NOISE and (found[0].facet, found[0].id) not in IMPLIED}

    assert hidden == set()


def test_the_cheapest_way_reads_every_word_once_and_one_place() -> None:
    line = tokens("one two three")
    words = [Piece(n, n + 1, 3.0, "text") for n in range(3)]
    places = [Piece(0, 1, 0.1, "place"), Piece(2, 3, 0.2, "place"), Piece(0, 2, 1.0, "place")]

    assert cheapest(line, [*words, *places]) == [places[2], words[2]]


def test_a_small_town_is_not_torn_out_of_unknown_words() -> None:
    line = tokens("Silicon Valley")
    words = [Piece(n, n + 1, 3.0, "text") for n in range(2)]

    assert cheapest(line, [*words, Piece(1, 2, 0.5, "place", is_shy=True)]) == words


@pytest.mark.parametrize(
    ("typed", "country", "text"),
    [("nyc, france", "US", "nyc france"), ("Boston, Germany", "US", "Boston Germany"),
     ("imago Blautal", "US", "Blautal"), ("Paris Bastille", "FR", "Bastille"),
     ("relationship therapy training", "US", "training"),
     ("j'ai peur de mon mari", "FR", "peur")],
)  # fmt: skip
def test_what_cannot_be_placed_stays_words(gazetteer: Gazetteer, typed: str, country: str, text: str) -> None:
    assert read(typed, gazetteer, country=country).search.text == text


@pytest.mark.parametrize(
    ("typed", "country", "place"),
    [("van çift terapisti", "TR", "Van, TR"), ("Joke van Dam", "NL", None), ("COUPLES THERAPY NEAR ME", "US", None),
     ("therapy OR counseling", "US", None), ("therapist in OR", "US", "Oregon, US"), ("imago OK", "US", "Oklahoma, US"),
     ("Mobile Alabama", "US", "Mobile, US"), ("Columbus in person", "US", "Columbus, US"),
     ("married since 2015, Tulsa", "US", "Tulsa, US"), ("Oska", "US", "Osaka, JP"), ("Valencia", "ES", "Valencia, ES"),
     ("imago nyc", "US", "New York City, US")],
)  # fmt: skip
def test_a_usual_word_is_a_place_only_where_it_is_meant(
    gazetteer: Gazetteer, typed: str, country: str, place: str | None
) -> None:
    assert understood(read(typed, gazetteer, country=country)).get("place") == place


def test_a_listed_name_is_a_name_wherever_it_could_be_a_town(gazetteer: Gazetteer) -> None:
    reading = read("Lyon Bouchet, online", gazetteer, country="FR", known=lambda words: words == "Lyon Bouchet")

    assert understood(reading) == {"delivery": ["online"], "text": "Lyon Bouchet"}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    line=st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join), country=st.sampled_from([None, "US", "TR", "IL"])
)
def test_any_words_in_any_order_can_be_read(gazetteer: Gazetteer, line: str, country: str | None) -> None:
    assert isinstance(read(line, gazetteer, country=country), Reading)


def test_no_line_keeps_a_processor_busy(gazetteer: Gazetteer) -> None:
    """In processor time, which other work on the machine does not lengthen: 10 ms at the median, 50 ms for any."""
    took = [min(_seconds(line["typed"], line.get("country", "US"), gazetteer) for _ in range(3)) for line in LINES]

    assert median(took) < 0.010
    assert max(took) < 0.050


def _seconds(typed: str, country: str, gazetteer: Gazetteer) -> float:
    before = time.thread_time()
    read(typed, gazetteer, country=country)
    return time.thread_time() - before


def test_a_known_town_at_home_is_meant_and_the_words_a_listing_holds_are_a_choice(gazetteer: Gazetteer) -> None:
    reading = read("Paartherapie Leer", gazetteer, country="DE", known=lambda words: True)

    assert understood(reading) == {"place": "Leer, DE"}
    assert reading.words == "Paartherapie Leer"


@pytest.mark.parametrize(
    ("line", "country", "text"), [("therapist Leer", "US", "therapist Leer"), ("Dr. Leer", "DE", "Leer")]
)
def test_words_of_a_listing_are_meant_before_a_town_elsewhere_or_behind_a_title(
    gazetteer: Gazetteer, line: str, country: str, text: str
) -> None:
    reading = read(line, gazetteer, country=country, known=lambda words: True)

    assert understood(reading) == {"text": text}


def test_a_small_town_is_a_choice_beside_the_words_of_a_listing(gazetteer: Gazetteer) -> None:
    reading = read("therapist Gmunden", gazetteer, country="US", known=lambda words: True)

    assert understood(reading) == {"text": "therapist Gmunden"}
    assert [place.name for place in reading.choices] == ["Gmunden"]


@pytest.mark.parametrize(
    ("line", "misread"),
    [("Chigaco, in person, Spanish", "Chigaco"), ("Los Angelas couples", "Los Angelas"), ("Chicago, Spanish", ""),
     ("we fight about everything and live near Chigaco these days", "Chigaco")],
)  # fmt: skip
def test_only_the_misspelt_words_are_said_to_be(gazetteer: Gazetteer, line: str, misread: str) -> None:
    assert read(line, gazetteer, country="US").misread == misread
