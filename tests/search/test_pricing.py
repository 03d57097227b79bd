"""Prices in a line: no search goes by them, so they are taken out of it and said."""

import pytest

from referral.places.gazetteer import Gazetteer
from referral.search.pricing import without_price
from referral.search.reading import read


@pytest.mark.parametrize(
    ("line", "rest", "price"),
    [("Madison under $150", "Madison", "under $150"), ("less than 100 dollars a session Austin", "Austin",
      "less than 100 dollars a session"), ("up to £80, London", ", London", "up to £80"),
     ("München unter 100 Euro", "München", "unter 100 Euro"),
     ("bis 90€ pro Sitzung Köln", "Köln", "bis 90€ pro Sitzung"),
     ("Zürich maximal CHF 180", "Zürich", "maximal CHF 180"),
     ("Lyon moins de 80 €", "Lyon", "moins de 80 €"), ("thérapeute à 60 euros la séance Paris", "thérapeute Paris",
      "à 60 euros la séance"),
     ("Madrid menos de 60 euros", "Madrid", "menos de 60 euros"), ("hasta $1.500 Guadalajara", "Guadalajara",
      "hasta $1.500"), ("Utrecht onder de 100 euro per uur", "Utrecht", "onder de 100 euro per uur"),
     ("Aarhus under 900 kr.", "Aarhus", "under 900 kr."), ("Cluj sub 250 de lei", "Cluj", "sub 250 de lei"),
     ("Ankara 2000 TL altı", "Ankara", "2000 TL altı"), ("İzmir en fazla 1500 lira", "İzmir", "en fazla 1500 lira"),
     ("서울 10만원 이하", "서울", "10만원 이하"), ("תל אביב עד 400 ש״ח", "תל אביב", "עד 400 ש״ח"),
     ("חיפה פחות מ-300 שקל", "חיפה", "פחות מ-300 שקל"), ("القاهرة أقل من 500 جنيه", "القاهرة", "أقل من 500 جنيه")],
)  # fmt: skip
def test_a_price_is_taken_out_of_the_line_in_every_language(line: str, rest: str, price: str) -> None:
    assert without_price(line) == (rest, price)


@pytest.mark.parametrize(
    "line",
    ["Chicago", "10115 Berlin", "within 10 miles of Leeds", "Paris 75011", "under 30", "Lei", "Euro therapist",
     "1600 Pennsylvania Ave", "Crown Point 46307", "2 children, Pound Ridge 10576", "90210", "9000 Aalborg"],
)  # fmt: skip
def test_other_numbers_are_no_price(line: str) -> None:
    assert without_price(line) == (line, "")


def test_what_stands_beside_a_price_is_read_as_without_it(gazetteer: Gazetteer) -> None:
    reading = read("Madison, evenings, under $150", gazetteer, country="US")

    assert reading.found is not None and reading.found.place.name == "Madison"
    assert (reading.times, reading.price) == (("evenings",), "under $150")
    assert reading.search.typed == "Madison, evenings, under $150" and not (reading.unread or reading.search.text)
