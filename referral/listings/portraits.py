"""Names and addresses of photos: a photo is `<public id of its listing>-<random>`, in a few sizes and formats. Pure."""

import re

SIZES = (160, 320, 640)
"""Pixels of the squares there are of each photo."""

TYPES = {"jpg": "image/jpeg", "webp": "image/webp", "avif": "image/avif"}
"""Ending of a file -> its media type."""

_NAME = re.compile(r"([A-Za-z0-9]{6,32})-([0-9a-f]{32})")


def parts(name: str) -> tuple[str, str] | None:
    """(public id of the listing, what is random) of a photo's name; None for a name we never gave."""
    found = _NAME.fullmatch(name)
    return (found[1], found[2]) if found else None


def address(name: str) -> str:
    """Where a photo is served, without size and ending; empty for none, and for one an import only told of."""
    return f"/photos/{name}" if name and parts(name) else ""
