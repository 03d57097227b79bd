"""Text as it may be stored."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral.errors import UsageError
from referral.listings.cleaning import line, paragraphs


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Zoë", "Zoë"),
        ("  Anna \t Berg ", "Anna Berg"),
        ("Anna\u202eBerg", "AnnaBerg"),
        ("Anna\u200bBerg\ufeff", "AnnaBerg"),
        ("Anna\x07\u2028Berg", "Anna Berg"),
        ("a" + "\u0301" * 40, "á" + "\u0301" * 4),
        ("אימאגו", "אימאגו"),
    ],
)
def test_a_line_keeps_what_can_be_seen(typed: str, kept: str) -> None:
    assert line(typed, "The name", 60) == kept


def test_running_text_keeps_its_breaks_and_its_joiners() -> None:
    assert paragraphs("می\u200cخواهم\r\n\r\nzwei\u202e", "The text", 60) == "می\u200cخواهم\n\nzwei"


@pytest.mark.parametrize("typed", ["a\x00b", "a\ud800b"])
def test_what_is_not_text_is_refused(typed: str) -> None:
    with pytest.raises(UsageError, match="not text"):
        line(typed, "The name", 60)


def test_a_text_too_long_says_by_how_much() -> None:
    with pytest.raises(UsageError, match="The name is 61 characters long; at most 60 fit"):
        line("x" * 61, "The name", 60)


@given(st.text(max_size=200))
def test_a_clean_line_is_composed_visible_and_clean_already(typed: str) -> None:
    try:
        clean = line(typed, "The name", 400)
    except UsageError:
        return

    assert clean == unicodedata.normalize("NFC", clean).strip() == line(clean, "The name", 400)
    assert not any(unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co", "Cn"} for c in clean)
