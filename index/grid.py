"""Points on the globe in the order of a grid of cells, so that a circle or a box reads only the points near it.

Distances are great circles on the mean sphere, in whole metres: finer differences would be those of rounding.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.arrays import Bools, Floats, Ints, Rows
from index.types import Box, Circle

RADIUS_KM = 6371.0088
"""The mean radius of the Earth (IUGG R1)."""

STEP = 0.25
"""Side of a cell in degrees: 28 km from south to north."""

_LINES, _COLUMNS = int(180 / STEP), int(360 / STEP)
_METRES = RADIUS_KM * 1000
_MARGIN = 1e-6
"""Degrees added around what is read, for rounding; 11 cm."""

SCANNED = 4096
"""So many points are read faster without the grid."""


def unit_vectors(lats: Floats, lons: Floats) -> Floats:
    """Three lines, x y z, for points in degrees."""
    lat, lon = np.radians(lats), np.radians(lons)
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def cells(lats: Floats, lons: Floats) -> Ints:
    """The cell of each point: lines from south to north, in each from west to east."""
    line = np.clip(np.floor((lats + 90) / STEP), 0, _LINES - 1)
    column = np.clip(np.floor((lons + 180) % 360 / STEP), 0, _COLUMNS - 1)
    cell: Ints = (line * _COLUMNS + column).astype(np.int64)
    return cell


def directory(ordered_cells: Ints) -> Rows:
    """Where each cell begins among points ordered by cell; empty when there are few."""
    if len(ordered_cells) <= SCANNED:
        return np.zeros(0, dtype=np.int32)
    return ordered_cells.searchsorted(np.arange(_LINES * _COLUMNS + 1)).astype(np.int32)


def in_order(lats: Floats, lons: Floats, cell: Ints) -> Ints:
    """Points by cell, and in each from south to north, so that equal points stand together."""
    ordered: Ints = np.lexsort((lons, lats, cell))
    return ordered


def is_sound(circle: Circle) -> bool:
    """Whether it is a circle at all: finite, on the globe, its radius not negative."""
    return math.isfinite(circle.lon) and abs(circle.lat) <= 90 and circle.radius >= 0


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of lines of cells and, unless all around, of columns; columns may run over the antimeridian."""

    first: int
    last: int
    west: int = 0
    wide: int = _COLUMNS


@dataclass(frozen=True)
class Points:
    """Points in grid order: `in_order`."""

    vectors: Floats
    """Three lines: x, y, z on the unit sphere."""
    degrees: Floats
    """Two lines: latitude, longitude."""
    starts: Rows
    """Where each cell begins; empty when there are few points."""

    def __len__(self) -> int:
        return int(self.degrees.shape[1])

    def near(self, circle: Circle) -> tuple[Ints, Ints]:
        """Points within the circle, as ascending places in this order, and their distances in metres."""
        inside, chords, lows, highs = self._in_circle(circle)
        return _places(inside, lows, highs), _metres(chords)

    def owners_near(self, circle: Circle, owners: Rows) -> tuple[Rows, Ints]:
        """The owner of each point within the circle, and its distance in metres; `owners` has one a point."""
        inside, chords, lows, highs = self._in_circle(circle)
        return _stretches(owners, lows, highs).take(inside), _metres(chords)

    def _in_circle(self, circle: Circle) -> tuple[Ints, Floats, list[int], list[int]]:
        """Which of the points in the stretches around it are within the circle, their squared chords, the stretches."""
        lows, highs = self._spans(_around(circle)) if len(self.starts) else ([0], [len(self)])
        chords = _squared_chords(_read(self.vectors, lows, highs), circle)
        inside = np.flatnonzero(chords <= _squared_chord(round(min(circle.radius, 30_000) * 1000)))
        return inside, chords.take(inside), lows, highs

    def inside(self, box: Box) -> Ints:
        """Points in the box, its edges included, as ascending places in this order."""
        lows, highs = self._touched(box)
        lats, lons = _read(self.degrees, lows, highs)
        return _places(np.flatnonzero(_in_box(lats, lons, box)), lows, highs)

    def owners_inside(self, box: Box, owners: Rows) -> Rows:
        """The owner of each point in the box, its edges included; `owners` has one a point."""
        lows, highs = self._touched(box)
        lats, lons = _read(self.degrees, lows, highs)
        return _stretches(owners, lows, highs)[_in_box(lats, lons, box)]

    def _touched(self, box: Box) -> tuple[list[int], list[int]]:
        """Where the stretches of points around the box begin and end, in order."""
        return self._spans(_within(box)) if len(self.starts) else ([0], [len(self)])

    def _spans(self, window: Window) -> tuple[list[int], list[int]]:
        """The same of the points in the window, where there is a grid."""
        if window.wide >= _COLUMNS:
            low, high = self.starts[[window.first * _COLUMNS, (window.last + 1) * _COLUMNS]].tolist()
            return [low], [high]
        east = window.west + window.wide
        if east <= _COLUMNS:
            begin, end = window.first * _COLUMNS + window.west, window.last * _COLUMNS + east
            # Every line's first cell, and the one behind its last.
            lows = self.starts[begin:end:_COLUMNS].tolist()
            return lows, self.starts[begin + window.wide : end + 1 : _COLUMNS].tolist()
        lines = np.arange(window.first * _COLUMNS, (window.last + 1) * _COLUMNS, _COLUMNS)
        # Over the antimeridian: in each line its first cells, then its last.
        lows = np.stack([lines, lines + window.west], axis=1).ravel()
        highs = np.stack([lines + (east - _COLUMNS), lines + _COLUMNS], axis=1).ravel()
        return self.starts[lows].tolist(), self.starts[highs].tolist()


@dataclass(frozen=True)
class Offices:
    """The points of documents. Documents are numbered in the order of their first points."""

    points: Points
    owners: Rows
    """The document of each point: almost ascending."""

    def near(self, circle: Circle) -> tuple[Ints, Ints]:
        """Documents with a point in the circle, ascending, and the metres to their nearest point."""
        if not is_sound(circle):
            return _NONE, _NONE
        return _nearest(*self.points.owners_near(circle, self.owners))

    def ways(self, circle: Circle, asked: Bools) -> tuple[Ints, Ints]:
        """Of the asked documents those with a point, ascending, and the metres to their nearest one, however far."""
        places = np.flatnonzero(asked.take(self.owners))
        metres = _metres(_squared_chords(self.points.vectors.take(places, axis=1), circle))
        return _nearest(self.owners.take(places), metres)

    def placed(self) -> int:
        """How many documents have a point: they come first."""
        return int(self.owners.max(initial=-1)) + 1

    def inside(self, box: Box) -> Rows:
        """Documents with a point in the box; some may repeat."""
        return self.points.owners_inside(box, self.owners)

    def asked(self, circles: Sequence[Circle], box: Box | None) -> Ints:
        """The points in any of the circles, and in the box, as ascending places; all where neither is asked."""
        sound = [circle for circle in circles if is_sound(circle)]
        near = [self.points.near(circle)[0] for circle in sound]
        within = [self.points.inside(box)] if box else []
        if circles:
            within.append(near[0] if len(near) == 1 else np.unique(np.concatenate([_NONE, *near])))
        if not within:
            return np.arange(len(self.points))
        both: Ints = np.intersect1d(within[0], within[-1], assume_unique=True) if len(within) > 1 else within[0]
        return both


_NONE: Ints = np.zeros(0, dtype=np.int64)


def _around(circle: Circle) -> Window:
    """The cells that hold all of a circle."""
    reach = math.degrees(circle.radius / RADIUS_KM) + _MARGIN
    south, north = circle.lat - reach, circle.lat + reach
    if south <= -90 or north >= 90:
        return Window(_line(south), _line(north))
    # The meridians that touch the circle; it holds no pole, so the sine is below the cosine.
    width = math.degrees(math.asin(math.sin(math.radians(reach)) / math.cos(math.radians(circle.lat)))) + _MARGIN
    return Window(_line(south), _line(north), *_columns(circle.lon - width, 2 * width))


def _within(box: Box) -> Window:
    """The cells that hold all of a box."""
    if box.east - box.west >= 360:
        return Window(_line(box.south), _line(box.north))
    width = (box.east - box.west) % 360 + 2 * _MARGIN
    return Window(_line(box.south), max(_line(box.south), _line(box.north)), *_columns(box.west - _MARGIN, width))


def _line(lat: float) -> int:
    """The line of cells of a latitude, also of one beyond the poles."""
    return min(max(math.floor((min(max(lat, -91), 91) + 90) / STEP), 0), _LINES - 1)


def _columns(west: float, degrees: float) -> tuple[int, int]:
    """The first column, and how many, from a longitude so many degrees eastwards."""
    first = min(math.floor((west + 180) % 360 / STEP), _COLUMNS - 1)
    return first, min(math.ceil(degrees / STEP) + 1, _COLUMNS)


def _read(columns: Floats, lows: Sequence[int], highs: Sequence[int]) -> Floats:
    """The stretches, one after the other."""
    if len(lows) == 1:
        return columns[:, lows[0] : highs[0]]
    return np.concatenate([columns[:, low:high] for low, high in zip(lows, highs, strict=True)], axis=1)


def _stretches(owners: Rows, lows: Sequence[int], highs: Sequence[int]) -> Rows:
    """The same of what has one value a point."""
    if len(lows) == 1:
        return owners[lows[0] : highs[0]]
    return np.concatenate([owners[low:high] for low, high in zip(lows, highs, strict=True)])


def _places(found: Ints, low: Sequence[int], high: Sequence[int]) -> Ints:
    """Places in the whole order, from places in the stretches read."""
    if len(low) == 1:
        return found + low[0]
    lows, highs = np.array(low), np.array(high)
    lengths = highs - lows
    shifts = (lows - lengths.cumsum() + lengths).repeat(lengths)
    places: Ints = found + shifts[found]
    return places


def _squared_chords(vectors: Floats, circle: Circle) -> Floats:
    """Squared straight lines through the unit sphere, from each point to the centre.

    By differences and not by the scalar product, which loses all digits for near points.
    """
    lat, lon = math.radians(circle.lat), math.radians(circle.lon)
    x = vectors[0] - math.cos(lat) * math.cos(lon)
    y = vectors[1] - math.cos(lat) * math.sin(lon)
    z = vectors[2] - math.sin(lat)
    x *= x
    y *= y
    z *= z
    x += y
    x += z
    squared: Floats = x
    return squared


def _metres(chords: Floats) -> Ints:
    """The arcs of squared straight lines; rounding may make one longer than the axis."""
    metres: Ints = np.rint(np.arcsin(np.sqrt(np.minimum(chords, 4.0)) * 0.5) * (2 * _METRES)).astype(np.int64)
    return metres


def _squared_chord(metres: int) -> float:
    """The squared straight line of an arc of so many metres, and half a metre more: distances are rounded."""
    half = (metres + 0.5) / (2 * _METRES)
    return 4.0 * math.sin(half) ** 2 if half < math.pi / 2 else math.inf


def _in_box(lats: Floats, lons: Floats, box: Box) -> Bools:
    """Which points lie in the box; one over the antimeridian is as wide as from west eastwards to east."""
    high = (lats >= box.south) & (lats <= box.north)
    if box.east - box.west >= 360:
        return high
    if -179 < box.west <= box.east < 179:
        # The remainders below say the same and take five times as long: no longitude is outside -180 to 180.
        return high & (lons >= box.west) & (lons - box.west <= box.east - box.west)
    return high & ((lons - box.west) % 360 <= (box.east - box.west) % 360)


def _nearest(rows: Rows, metres: Ints) -> tuple[Ints, Ints]:
    """Each document once, ascending, with its smallest distance."""
    both = rows.astype(np.int64) << 32 | metres
    both.sort(kind="stable")  # fast on what is almost in order
    rows_ = both >> 32
    fresh = np.ones(len(rows_), dtype=np.bool_)
    np.not_equal(rows_[1:], rows_[:-1], out=fresh[1:])
    return rows_[fresh], both[fresh] & 0xFFFFFFFF
