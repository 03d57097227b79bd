"""The town nearest to a point, by way of a grid."""

from math import cos, isfinite, radians

from referral.places import distance
from referral.places.schema import CELLS, cell
from referral.places.store import Store
from referral.places.types import Place

RINGS = (1, 4, 16)
"""How many cells are looked at around the point's own, ever wider."""


def nearest(store: Store, lat: float, lon: float) -> Place | None:
    """The town nearest to a point in degrees, None for an impossible point or one far out at sea."""
    if not (isfinite(lat) and isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180):
        return None
    for ring in RINGS:
        towns = store.in_cells(_cells(lat, lon, ring))
        if towns:
            measured = [(distance.km(lat, lon, a, b), row) for row, a, b in towns]
            row = min(measured)[1]
            return store.records([row])[row].place
    return None


def _cells(lat: float, lon: float, ring: int) -> list[int]:
    """The cells within `ring` steps; more of them side by side towards the poles, where they are narrow."""
    wide = min(360 * CELLS // 2, int(ring / max(cos(radians(lat)), 0.05)))
    found = {
        cell(lat + north / CELLS, lon + east / CELLS)
        for north in range(-ring, ring + 1)
        if abs(lat + north / CELLS) <= 90
        for east in range(-wide, wide + 1)
    }
    return sorted(found)
