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
    ],
)
def test_a_price_stands_as_in_the_language_of_the_page(language: str, currency: str, said: str) -> None:
    with text.speaking(language):
        assert text.money(1150, currency) == said
