"""The nearest town is the nearest of all, whatever cells of the grid it and the point lie in."""

import random

import numpy as np
import pytest

from referral.places import distance
from referral.places.gazetteer import Gazetteer

POINTS = 300


def test_no_town_is_nearer_than_the_nearest(gazetteer: Gazetteer) -> None:
    rows = gazetteer.store.rows("SELECT p.lat, p.lon FROM place p JOIN cell c ON c.place = p.id")
    towns = np.radians(np.array(rows, float) / 100_000)
    dice = random.Random(7)
    points = [(dice.uniform(-60, 75), dice.uniform(-180, 180)) for _ in range(POINTS)]

    further = [
        (lat, lon, km, least)
        for lat, lon in points
        if (town := gazetteer.nearest(lat, lon))
        and (km := distance.km(lat, lon, town.lat, town.lon)) > (least := _least_km(lat, lon, towns)) + 0.01
    ]

    assert further == []


def _least_km(lat: float, lon: float, towns: "np.ndarray[tuple[int, int], np.dtype[np.float64]]") -> float:
    """How far off the nearest of all is."""
    north, east = np.radians([lat, lon])
    half = np.sin((towns[:, 0] - north) / 2) ** 2
    half += np.cos(north) * np.cos(towns[:, 0]) * np.sin((towns[:, 1] - east) / 2) ** 2
    return float(2 * distance.EARTH_KM * np.arcsin(np.sqrt(half.min())))


@pytest.mark.parametrize("point", [(90.0, 0.0), (-90.0, 0.0), (82.4, 20.0), (-16.9, 180.0), (0.0, -150.0)])
def test_a_point_anywhere_on_earth_may_be_asked_for(gazetteer: Gazetteer, point: tuple[float, float]) -> None:
    assert gazetteer.nearest(*point) is None or gazetteer.nearest(*point).name  # type: ignore[union-attr]
