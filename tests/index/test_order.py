"""The published order: its rules one by one, and that it is fair over days."""

from collections import Counter
from datetime import date, timedelta

import numpy as np
import pytest

from index import order
from tests.index.make import TODAY


def seeds(count: int) -> order.Keys:
    return np.array([order.seed(f"listing {n}") for n in range(count)], dtype=np.uint64)


@pytest.mark.parametrize(
    ("metres", "band"), [(0, 0), (2000, 0), (2001, 1), (5000, 1), (50_000, 5), (50_001, 6), (1_000_001, 10)]
)
def test_a_band_holds_its_upper_limit(metres: int, band: int) -> None:
    assert order.bands(np.array([metres]))[0] == band


def test_one_mention_in_a_name_is_in_the_first_class_and_one_in_a_bio_in_the_last() -> None:
    levels = [round(255 * weight / (weight + 1.2)) for weight in (order.WEIGHTS["name"], order.WEIGHTS["bio"])]

    assert order.match_classes(np.array(levels)).tolist() == [0, len(order.MATCHES)]


@pytest.mark.parametrize(
    ("accepts", "days_ago", "says"),
    [
        (True, 0, order.CONFIRMED),
        (True, 30, order.CONFIRMED),
        (True, 31, order.ASKING),
        (True, None, order.ASKING),
        (False, 0, order.CLOSED),
    ],
)
def test_a_confirmation_holds_thirty_days(accepts: bool, days_ago: int | None, says: int) -> None:
    confirmed = 0 if days_ago is None else TODAY.toordinal() - days_ago

    assert order.openness(np.array([accepts]), np.array([confirmed]), TODAY)[0] == says


def test_the_shuffle_is_the_same_all_day_and_another_the_next() -> None:
    today = order.shuffle(seeds(100), TODAY).argsort()

    assert (today == order.shuffle(seeds(100), TODAY).argsort()).all()
    assert (today != order.shuffle(seeds(100), TODAY + timedelta(days=1)).argsort()).any()


def test_the_shuffle_does_not_reach_into_the_rules_above_it() -> None:
    keys = order.day_keys(
        np.array([2, 1, 0, 0], dtype=np.uint8), np.array([True, True, False, True]), order.shuffle(seeds(4), TODAY)
    )

    assert keys.argsort().tolist() == [3, 2, 1, 0]
    assert (order.shuffled(keys) == order.shuffle(seeds(4), TODAY)).all()


@pytest.mark.parametrize("listings", [12, 25, 40, 60, 100])
@pytest.mark.parametrize("begin", [date(2026, 1, 1), date(2031, 7, 19)])
def test_within_a_band_everybody_is_among_the_first_ten_about_as_often(listings: int, begin: date) -> None:
    shown: Counter[int] = Counter()
    for day in range(1000):
        shown.update(order.shuffle(seeds(listings), begin + timedelta(days=day)).argsort()[:10].tolist())

    assert len(shown) == listings
    assert max(shown.values()) <= 1.25 * min(shown.values())
