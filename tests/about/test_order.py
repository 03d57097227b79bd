"""The published order says the very numbers the index orders by, in every language."""

from fractions import Fraction

import pytest
from babel.numbers import format_decimal

from index import order
from referral import text
from tests.client import CheckingClient


@pytest.mark.parametrize("language", text.languages())
def test_the_page_names_every_band_the_days_and_the_grades(language: str, client: CheckingClient) -> None:
    page = client.get(f"/{language}/about/order").text

    said = [format_decimal(km, locale=language) for km in order.BANDS_KM] + [
        str(order.CONFIRMED_DAYS),
        str(len(order.MATCHES) + 1),
    ]
    assert [number for number in said if number not in page] == []
    assert ("The rule, step by step" in page) == (language == "en")


@pytest.mark.parametrize("language", text.languages())
def test_the_page_says_what_a_word_weighs_in_each_field(language: str, client: CheckingClient) -> None:
    page = client.get(f"/{language}/about/order").text

    said = [f"<b>{weight:g}</b>" for weight in order.WEIGHTS.values()]
    said.append(f"<b>{Fraction(order.ALSO_CALLED).limit_denominator(100)}</b>")
    assert [weight for weight in said if weight not in page] == []


def test_who_thinks_in_miles_reads_them_beside_the_kilometres(client: CheckingClient) -> None:
    american = client.get("/about/order", headers={"Accept-Language": "en-US"}).text
    canadian = client.get("/about/order", headers={"Accept-Language": "en-CA"}).text

    assert "up to 50 km (31\N{NO-BREAK SPACE}miles)" in american
    assert "miles" not in canadian
