"""Answers that are kept are the index's own, and never older than it."""

from datetime import timedelta
from pathlib import Path

import pytest

from index.embedded import EmbeddedIndex
from index.types import Circle, Query
from referral.search.answered import Answered
from tests.index.make import FACETS, TODAY, make_document

HERE = Query(circles=(Circle(41.88, -87.63, 50),))
NAMED = Query(text="ann")


@pytest.fixture
def index(tmp_path: Path) -> EmbeddedIndex:
    index = EmbeddedIndex(tmp_path / "index", FACETS)
    fields = {"points": ((41.9, -87.6),), "accepts": True, "confirmed_on": TODAY, "texts": {"name": "Ann"}}
    index.rebuild([make_document(n, **fields) for n in range(5)], 1)
    return index


def test_the_same_question_is_answered_once(index: EmbeddedIndex) -> None:
    answered = Answered(index)

    first = answered.find(HERE, TODAY)

    assert first == index.find(HERE, TODAY)
    assert answered.find(Query(circles=(Circle(41.88, -87.63, 50),)), TODAY) is first
    assert answered.find(Query(circles=HERE.circles, pins=True), TODAY).pins


def test_a_change_is_in_the_next_answer(index: EmbeddedIndex) -> None:
    answered = Answered(index)
    answered.find(HERE, TODAY)

    index.follow([], [3], 2)

    assert answered.find(HERE, TODAY) == index.find(HERE, TODAY)
    assert answered.find(HERE, TODAY).total == 4


def test_another_generation_is_in_the_next_answer(index: EmbeddedIndex) -> None:
    answered = Answered(index)
    answered.find(NAMED, TODAY)

    index.rebuild([make_document(9, texts={"name": "Ann"})], 1)

    assert [id for id, _km in answered.find(NAMED, TODAY).hits] == [9]


def test_another_day_is_another_answer(index: EmbeddedIndex) -> None:
    answered = Answered(index)

    counts = [dict(answered.find(HERE, TODAY + timedelta(n)).counts["new_clients"]) for n in (0, 30, 31, 0)]

    assert counts == [{"accepting": 5}, {"accepting": 5}, {"ask": 5}, {"accepting": 5}]


def test_what_was_not_asked_for_longest_makes_room(index: EmbeddedIndex) -> None:
    answered = Answered(index, most=2)
    first, second = answered.find(HERE, TODAY), answered.find(NAMED, TODAY)

    answered.find(HERE, TODAY)
    answered.find(Query(), TODAY)

    assert answered.find(HERE, TODAY) is first
    assert answered.find(NAMED, TODAY) is not second
