"""Points read through the grid are the points that a look at every one of them finds."""

import numpy as np
import pytest

from index import grid
from index.types import Box, Circle

CENTRES = [
    (0, 0),
    (40.7, -74),
    (-33.9, 151.2),
    (65, 179.95),
    (-17, -179.9),
    (89.9, 10),
    (-90, 0),
    (71.2, 180),
    (0.25, 0.25),
]


@pytest.fixture(scope="module")
def points() -> grid.Points:
    random = np.random.default_rng(1)
    lats = np.concatenate([random.uniform(-90, 90, 3000), *(lat + random.normal(0, 0.6, 500) for lat, _ in CENTRES)])
    lons = np.concatenate([random.uniform(-180, 180, 3000), *(lon + random.normal(0, 0.9, 500) for _, lon in CENTRES)])
    lats, lons = np.clip(lats, -90, 90), (lons + 180) % 360 - 180
    cells = grid.cells(lats, lons)
    order = cells.argsort(kind="stable")
    degrees = np.stack([lats[order], lons[order]])
    return grid.Points(grid.unit_vectors(*degrees), degrees, grid.directory(cells[order]))


@pytest.mark.parametrize("radius", [0.5, 3, 14, 25, 27.8, 50, 111, 500, 1500, 8000])
@pytest.mark.parametrize("centre", CENTRES)
def test_circles(points: grid.Points, centre: tuple[float, float], radius: float) -> None:
    random = np.random.default_rng(2)
    for lat, lon in np.array(centre) + random.normal(0, 0.2, (30, 2)):
        circle = Circle(min(max(lat, -90), 90), lon, radius)

        places, metres = points.near(circle)

        away = grid.RADIUS_KM * np.arccos(np.clip(points.vectors.T @ grid.unit_vectors(circle.lat, circle.lon), -1, 1))
        assert set(places) ^ set(np.flatnonzero(away <= radius)) <= set(np.flatnonzero(abs(away - radius) < 0.001))
        assert np.allclose(metres / 1000, away[places], atol=0.001)


@pytest.mark.parametrize("centre", CENTRES)
def test_boxes(points: grid.Points, centre: tuple[float, float]) -> None:
    random = np.random.default_rng(3)
    lats, lons = points.degrees
    for high, wide in random.exponential(1, (60, 2)):
        box = Box(centre[0] - high, centre[1] - wide, centre[0] + high / 2, centre[1] + wide / 2)

        places = points.inside(box)

        east = (lons - box.west) % 360 <= box.east - box.west
        assert places.tolist() == np.flatnonzero(east & (lats >= box.south) & (lats <= box.north)).tolist()
