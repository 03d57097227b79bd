"""Numbers in addresses and forms: no larger than a row of any database can have, else they are none."""

from typing import Any

from werkzeug.routing import IntegerConverter, Map

MOST = 2**31 - 1
"""The largest number of a row in PostgreSQL; SQLite has larger ones."""


class Number(IntegerConverter):
    """`<int:…>` in an address; a page with a larger number is not there."""

    def __init__(self, map: Map, *given: Any, **more: Any) -> None:
        super().__init__(map, *given, **{"max": MOST} | more)


def whole(typed: str) -> int:
    """The number that was typed. Raises ValueError for none, and for one that no row has."""
    found = int(typed)
    if abs(found) > MOST:
        raise ValueError(typed[:20])
    return found
