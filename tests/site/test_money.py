"""Prices as people write them."""

import pytest

from referral import text

SPACE = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("language", "currency", "said"),
    [
        ("en", "USD", "$1,150"),
        ("de", "EUR", f"1.150{SPACE}€"),
        ("nl", "EUR", f"€{SPACE}1.150"),
        ("da", "DKK", f"1.150{SPACE}kr."),
        ("ko", "KRW", "₩1,150"),
        ("en", "CHF", f"CHF{SPACE}1,150"),
        ("tr", "CHF", f"CHF{SPACE}1.150"),
        ("en", "CAD", "CA$1,150"),
        ("nl", "CHF", f"CHF{SPACE}1.150"),
    ],
)
def test_a_price_stands_as_in_the_language_of_the_page(language: str, currency: str, said: str) -> None:
    with text.speaking(language):
        assert text.money(1150, currency) == said


def test_a_dollar_stays_behind_its_letters_where_one_reads_from_right_to_left() -> None:
    left_to_right = "\N{LEFT-TO-RIGHT MARK}"
    for language in ("ar", "he"):
        with text.speaking(language):
            assert text.money(180, "CAD").endswith(f"CA${left_to_right}")

    with text.speaking("en"):
        assert left_to_right not in text.money(180, "CAD")
