"""A letter wrong in the town and one in what it lies in: both are put right where they agree."""

import pytest

from referral.places.gazetteer import Gazetteer


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("Sprnigfield, Illinios", "Springfield, Illinois"),
        ("Coventyr, United Kingdo", "Coventry, England"),
        ("Welligton, New Zealad", "Wellington, New Zealand"),
        ("Rochestr, Minesota", "Rochester, Minnesota"),
        ("Heidelbrg, Germnay", "Heidelberg, "),
        ("Marseilles Frnace", "Marseille, "),
        ("Guadaljara, Mexcio", "Guadalajara, Jalisco"),
        ("Salzbug, Austira", "Salzburg, "),
        ("Madisson, Wiscosin", "Madison, Wisconsin"),
        ("Kawasaki, Japn", "Kawasaki, "),
    ],
)
def test_both_are_put_right(gazetteer: Gazetteer, typed: str, label: str) -> None:
    (found, *_) = gazetteer.find(typed)

    assert found.place.label().startswith(label)
    assert found.corrected


@pytest.mark.parametrize(
    "typed",
    ["kitchn, tabble", "anxeity, couplle", "Xyzbury, Illinios", "Sprnigfield, Germnay", "hello, frend", "Lodnon, Japn"],
)
def test_what_does_not_agree_is_nothing(gazetteer: Gazetteer, typed: str) -> None:
    assert [f.place.label() for f in gazetteer.find(typed)] == []
