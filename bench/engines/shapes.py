"""Circles for engines that know only boxes: the frame to ask for, and the exact distance afterwards."""

import math

from index.types import Box, Circle, Point

RADIUS_KM = 6371.0088


def frame(circle: Circle) -> Box:
    """A box that holds all of a circle; none of the bench's reaches a pole or the antimeridian."""
    reach = math.degrees(circle.radius / RADIUS_KM) * 1.0001
    width = math.degrees(math.asin(math.sin(math.radians(reach)) / math.cos(math.radians(circle.lat)))) * 1.0001
    return Box(circle.lat - reach, circle.lon - width, circle.lat + reach, circle.lon + width)


def km(point: Point, circle: Circle) -> float:
    """Great-circle distance by the haversine formula, on the mean sphere."""
    a, b = math.radians(point[0]), math.radians(circle.lat)
    u, v = math.sin((b - a) / 2), math.sin(math.radians(circle.lon - point[1]) / 2)
    return 2 * RADIUS_KM * math.asin(min(1.0, math.sqrt(u * u + math.cos(a) * math.cos(b) * v * v)))
