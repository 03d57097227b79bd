"""The published order: its rules one by one; `test_fairness.py` has that it is fair over days."""

from datetime import timedelta
from itertools import pairwise

import numpy as np
import pytest

from index import order
from tests.index.make import TODAY


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


def test_the_place_in_the_ring_is_for_good_and_does_not_reach_into_the_rules_above_it() -> None:
    seeds = np.array([order.seed(f"listing {n}") for n in range(4)], dtype=np.uint64)
    keys = order.keys(np.array([2, 1, 0, 0], dtype=np.uint8), np.array([True, True, False, True]), seeds)

    assert keys.argsort().tolist() == [3, 2, 1, 0]
    assert order.standings(keys).tolist() == [4, 2, 1, 0]
    assert (order.ring(keys) == seeds >> np.uint64(3)).all()


def test_a_ring_that_is_turned_begins_at_the_share_of_it() -> None:
    ring = np.array([0, 1 << 60, (1 << 61) - 1], dtype=np.uint64)

    assert order.turned(ring, 1 << 31).argsort().tolist() == [1, 2, 0]
    assert order.turned(ring, 0).tolist() == ring.tolist()


def test_the_day_begins_at_another_part_of_the_ring_than_the_days_before() -> None:
    shares = sorted(order.share(TODAY + timedelta(days=day)) / 2**32 for day in range(100))

    assert min(b - a for a, b in pairwise(shares)) > 0.3 / 100
