"""A photo as it was sent, made anew: turned upright, cut square, in few sizes, without a byte of what came along. Pure.

Checklist 22. Nothing of the sent file is copied: its pixels are decoded, resized and encoded by us.
"""

import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from math import isfinite
from threading import Lock

from PIL import Image

from referral.errors import UsageError
from referral.listings.portraits import SIZES
from referral.text import _

MOST_BYTES = 5 * 1024 * 1024
MOST_PIXELS = 25_000_000
LEAST_SIDE = 160
"""Pixels of the shorter side that a portrait needs."""

KINDS = {b"\xff\xd8\xff": "JPEG", b"\x89PNG\r\n\x1a\n": "PNG", b"RIFF": "WEBP"}
"""How a file begins -> what it is; nothing else is even tried."""

WAYS: dict[str, dict[str, object]] = {
    "jpg": {"format": "JPEG", "quality": 82, "optimize": True, "progressive": True},
    "webp": {"format": "WEBP", "quality": 80, "method": 4},
    "avif": {"format": "AVIF", "quality": 60, "speed": 8},
}
"""Ending of a file's name -> how it is written; Pillow's wheels know all three."""

SMALLEST: dict[str, dict[str, object]] = {**WAYS, "avif": {**WAYS["avif"], "quality": 42, "speed": 4}}
"""The same of the smallest square: lists show it as large as a thumb, and as AVIF to almost everybody."""

_ONE = Lock()
"""One picture at a time in a process: 25 million pixels with transparency need 400 MB while they are decoded."""

_UNREADABLE = (
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    EOFError,
    ArithmeticError,
    RuntimeError,
    MemoryError,
    struct.error,
    zlib.error,
)
"""What decoders raise for what they cannot read."""

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Crop:
    """The square to show, in fractions of the upright picture."""

    left: float
    """Of its width."""
    top: float
    """Of its height."""
    side: float
    """Of its shorter side."""


def made(sent: bytes, crop: Crop | None = None) -> dict[str, bytes]:
    """The photo as files, by the end of their names: "160.webp", "640.jpg" …

    Without `crop` the middle of the picture. Of a moving picture the first one.
    Raises UsageError (413 when it is too large) for what is no photo, or too small a one.
    """
    if len(sent) > MOST_BYTES:
        raise UsageError(_("The photo is larger than 5 MB. Please choose a smaller one."), 413)
    kind = _kind(sent)
    try:
        with _ONE:
            square = _square(sent, kind, crop)
    except _UNREADABLE as error:
        raise UsageError(_("The photo could not be read. Please save it as JPEG and try again.")) from error
    return dict(_written(square))


def _kind(sent: bytes) -> str:
    kind = next((kind for start, kind in KINDS.items() if sent.startswith(start)), "")
    if not kind or (kind == "WEBP" and sent[8:12] != b"WEBP"):
        raise UsageError(_("A photo is a JPEG, PNG or WebP file."))
    return kind


def _square(sent: bytes, kind: str, crop: Crop | None) -> Image.Image:
    with Image.open(BytesIO(sent), formats=[kind]) as image:
        if image.width * image.height > MOST_PIXELS:
            raise UsageError(_("The photo has more than 25 million pixels. Please choose a smaller one."), 413)
        orientation = image.getexif().get(0x0112, 1)
        place = _placed(image.size, crop, orientation if orientation in _TURNS else 1)
        turns, back = _TURNS.get(orientation, _TURNS[1])
        box = back(*image.size, *place)
        if kind == "JPEG":
            box = _drafted(image, box)
        image.load()
        return _turned(_resized(image, box), turns)


def _drafted(image: Image.Image, box: Box) -> Box:
    """The box, after the JPEG was told to decode no more pixels than we need: an eighth of the memory, or less."""
    width = image.width
    spare = (box[2] - box[0]) / (2 * SIZES[-1])
    if spare > 1:
        image.draft("RGB", (int(image.width / spare), int(image.height / spare)))
    shrunk = image.width / width
    return box[0] * shrunk, box[1] * shrunk, min(box[2] * shrunk, image.width), min(box[3] * shrunk, image.height)


def _placed(size: tuple[int, int], crop: Crop | None, orientation: int) -> tuple[float, float, float]:
    """(left, top, side) of the square in the upright picture, pixels; inside it, whatever was asked."""
    width, height = size if orientation < 5 else size[::-1]
    shorter = min(width, height)
    if crop is None:
        crop = Crop((width - shorter) / 2 / width, (height - shorter) / 2 / height, 1)
    if not all(map(isfinite, (crop.left, crop.top, crop.side))):
        raise UsageError(_("The part of the photo to show is not clear."))
    side = min(max(crop.side, 0.0), 1.0) * shorter
    if side < LEAST_SIDE:
        raise UsageError(_("The photo is too small: its shown part needs 160 pixels each way."))
    return min(max(crop.left, 0.0) * width, width - side), min(max(crop.top, 0.0) * height, height - side), side


def _resized(image: Image.Image, box: Box) -> Image.Image:
    """The part of the picture as the largest square, on white where it was transparent."""
    largest = (SIZES[-1], SIZES[-1])
    if image.mode == "RGB":
        return image.resize(largest, Image.Resampling.LANCZOS, box, reducing_gap=2)
    whole = tuple(map(round, box))
    part = image.crop((whole[0], whole[1], whole[2], whole[3]))
    see_through = "transparency" in part.info or part.mode in ("RGBA", "LA", "PA", "La", "RGBa")
    part = part.convert("RGBA" if see_through else "RGB").resize(largest, Image.Resampling.LANCZOS, reducing_gap=2)
    if not see_through:
        return part
    ground = Image.new("RGB", largest, "white")
    ground.paste(part, mask=part.getchannel("A"))
    return ground


def _turned(image: Image.Image, turns: Image.Transpose | None) -> Image.Image:
    """The same pixels in a picture of our own, upright."""
    upright = image if turns is None else image.transpose(turns)
    clean = Image.new("RGB", upright.size)
    clean.paste(upright)
    return clean


def _written(square: Image.Image) -> Iterator[tuple[str, bytes]]:
    for size in SIZES:
        small = square if size == square.width else square.resize((size, size), Image.Resampling.LANCZOS)
        for ending, way in (SMALLEST if size == SIZES[0] else WAYS).items():
            into = BytesIO()
            small.save(into, **way)  # type: ignore[arg-type]  # each format has options of its own
            yield f"{size}.{ending}", into.getvalue()


Back = Callable[[float, float, float, float, float], Box]
"""(width, height of what was sent; left, top, side in the upright picture) -> the same square in what was sent."""


def _box(left: float, top: float, side: float) -> Box:
    return left, top, left + side, top + side


_TURN = Image.Transpose
_TURNS: dict[int, tuple[Image.Transpose | None, Back]] = {
    1: (None, lambda w, h, x, y, s: _box(x, y, s)),
    2: (_TURN.FLIP_LEFT_RIGHT, lambda w, h, x, y, s: _box(w - x - s, y, s)),
    3: (_TURN.ROTATE_180, lambda w, h, x, y, s: _box(w - x - s, h - y - s, s)),
    4: (_TURN.FLIP_TOP_BOTTOM, lambda w, h, x, y, s: _box(x, h - y - s, s)),
    5: (_TURN.TRANSPOSE, lambda w, h, x, y, s: _box(y, x, s)),
    6: (_TURN.ROTATE_270, lambda w, h, x, y, s: _box(y, h - x - s, s)),
    7: (_TURN.TRANSVERSE, lambda w, h, x, y, s: _box(w - y - s, h - x - s, s)),
    8: (_TURN.ROTATE_90, lambda w, h, x, y, s: _box(w - y - s, x, s)),
}
"""EXIF's orientation -> how the picture is turned upright, and where a square of it was before."""
