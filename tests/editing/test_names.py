"""A new name is sorted as the old one was."""

import pytest

from referral.editing.person import reordered
from tests.make import make_content


@pytest.mark.parametrize(
    ("before", "listed", "name", "sorted_as"),
    [
        ("Lydia Stanhope", "Stanhope, Lydia", "Lydia Stanhope-Grey", "Stanhope-Grey, Lydia"),
        ("Lydia Stanhope", "Stanhope, Lydia", "Lydia Stanhope Grey", "Stanhope Grey, Lydia"),
        ("Lydia Stanhope", "Stanhope, Lydia", "Lydia Ann Stanhope", "Ann Stanhope, Lydia"),
        ("Ana de la Cruz", "de la Cruz, Ana", "Anna de la Cruz", "de la Cruz, Anna"),
        ("Lydia Stanhope", "Stanhope, Lydia", "Lydia", ""),
        ("Lydia Stanhope", "Lydia Stanhope", "Lydia Grey", ""),
        ("Kim Minsu", "Other, Name", "Kim Minho", ""),
    ],
)
def test_a_new_name_keeps_the_pattern_it_was_sorted_by(before: str, listed: str, name: str, sorted_as: str) -> None:
    assert reordered(make_content(name=before, sort_name=listed), name) == sorted_as
