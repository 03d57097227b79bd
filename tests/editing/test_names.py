"""A new name is sorted as the old one was."""

import pytest
from sqlalchemy.orm import Session

from referral.listings import revisions
from referral.listings.checks import NAME
from referral.listings.filing import filed, reordered
from tests.editing.therapist import Therapist
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


@pytest.mark.parametrize(
    ("name", "country", "under"),
    [
        ("Max Muster", "DE", "Muster, Max"),
        ("Ana de la Cruz", "MX", "de la Cruz, Ana"),
        ("Anna Maria von der Heide", "DE", "von der Heide, Anna Maria"),
        ("Van Nguyen", "US", "Nguyen, Van"),
        ("Kim Minsu", "KR", "Kim Minsu"),
        ("Nagy Éva", "HU", "Nagy Éva"),
        ("김민수", "US", "김민수"),
        ("Lydia", "US", "Lydia"),
        ("Muster, Max", "DE", "Muster, Max"),
        ("A " + "b" * (NAME - 2), "DE", "A " + "b" * (NAME - 2)),
        ("", "DE", ""),
    ],
)
def test_a_name_is_filed_family_first_where_nobody_said_otherwise(name: str, country: str, under: str) -> None:
    assert filed(name, country) == under


def test_a_new_name_in_the_editor_is_filed_by_the_same_rule(ann: Therapist) -> None:
    saved = ann.save("name", name="Nora New")

    assert saved.status_code == 303
    with Session(ann.engine) as session:
        [waiting] = revisions.waiting_of(session)
    assert waiting.content.sort_name == "New, Nora"
