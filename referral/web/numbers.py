"""Numbers in addresses and forms: no larger than a row of any database can have, else they are none."""

import re
from typing import Any

from flask import request
from werkzeug.routing import IntegerConverter, Map

MOST = 2**31 - 1
"""The largest number of a row in PostgreSQL; SQLite has larger ones."""


class Number(IntegerConverter):
    """`<int:…>` in an address; a page with a larger number is not there."""

    def __init__(self, map: Map, *given: Any, **more: Any) -> None:
        super().__init__(map, *given, **{"max": MOST} | more)


_LARGE = re.compile(rf"\d{{{len(str(MOST))},}}")


def has_a_large_number() -> bool:
    """Whether one that no row may have stands in this request, where a view may have taken it for one."""
    forms = () if request.method in ("GET", "HEAD") else request.form.values()
    return any(map(_LARGE.search, (*map(str, (request.view_args or {}).values()), *request.args.values(), *forms)))


def whole(typed: str) -> int:
    """The number that was typed. Raises ValueError for none, and for one that no row has."""
    found = int(typed)
    if abs(found) > MOST:
        raise ValueError(typed[:20])
    return found
