"""The town nearest to a point, by way of a grid."""

from collections.abc import Iterator
from math import ceil, cos, isfinite, radians

from referral.places import distance
from referral.places.schema import CELLS, cell
from referral.places.store import Store
from referral.places.types import Place

RINGS = (1, 4, 16)
"""How many cells are looked at around the point's own, ever wider."""
RING_KM = 27.5
"""What a ring holds for certain on every side, a little less than a cell is high. In its corners lies what is further
off than a town just outside."""

ROUND = 360 * CELLS
"""Cells around the earth."""


def nearest(store: Store, lat: float, lon: float) -> Place | None:
    """The town nearest to a point in degrees, None for an impossible point or one far out at sea."""
    if not (isfinite(lat) and isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180):
        return None
    for ring in RINGS:
        if near := _measured(store, lat, lon, ring):
            rings = ceil(near[0] / RING_KM)
            row = (near if rings <= ring else _measured(store, lat, lon, rings) or near)[1]
            return store.records([row])[row].place
    return None


def _measured(store: Store, lat: float, lon: float, ring: int) -> tuple[float, int] | None:
    """How far off, in km, the nearest town within so many rings is, and its row number."""
    towns = store.in_cells([*_runs(lat, lon, ring)])
    return min(((distance.km(lat, lon, a, b), row) for row, a, b in towns), default=None)


def _runs(lat: float, lon: float, ring: int) -> Iterator[tuple[int, int]]:
    """The first and last of the cells side by side within `ring` steps; more of them towards the poles."""
    furthest = min(90.0, abs(lat) + (ring + 1) / CELLS)
    wide = min(ROUND // 2, ceil(ring / max(cos(radians(furthest)), 0.05)))
    for north in range(-ring, ring + 1):
        if abs(lat + north / CELLS) <= 90:
            middle = cell(lat + north / CELLS, lon)
            start = middle - middle % ROUND
            west, east = middle - start - wide, middle - start + wide
            yield start + max(west, 0), start + min(east, ROUND - 1)
            if west < 0:
                yield start + ROUND + west, start + ROUND - 1
            if east >= ROUND:
                yield start, start + east - ROUND
