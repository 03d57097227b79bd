"""Lines taken apart."""

import pytest

from referral.places.parse import Split, clean, fronts, segments, splits


def test_an_unspaced_address_begins_with_what_its_letters_say_is_an_area() -> None:
    assert list(fronts("臺北市大安區")) == ["臺北市"]
    assert list(fronts("Market")) == []


def test_what_cannot_be_typed_is_dropped() -> None:
    assert clean(" Chi\0cago \u202e\ud800 ") == "Chi cago"
    assert clean("Ｃｈｉｃａｇｏ") == "Chicago"
    assert clean("x" * 201) == ""
    assert clean("Chicago" + " " * 9_000) == "Chicago"


@pytest.mark.parametrize("line", ["¯\\_(ツ)_/¯", "!!!", "™®©", "🇺🇳🇺🇳"])
def test_signs_and_pictures_are_no_name(line: str) -> None:
    assert clean(line) == ""


def test_the_usual_order_comes_first() -> None:
    assert segments("Paris, TX; USA") == ["Paris", "TX", "USA"]
    assert next(iter(splits(["Paris", "Texas"]))) == Split("Paris", ("Texas",))
    assert Split("Ft Collins", ("CO",), 0.3) in list(splits(["Ft Collins CO"]))


def test_what_the_french_post_adds_is_no_word() -> None:
    assert clean("59863 Lille CEDEX 9, France") == "59863 Lille, France"
    assert clean("cedex") == ""
