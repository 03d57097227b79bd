"""Places that tests put invented people at, with the function that makes them, and what writes for a test."""

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from tests.make import make_listing

__all__ = ["CHICAGO", "EVANSTON", "TORONTO", "Write", "make_listing"]

Write = Callable[[Callable[[Session], Any]], Any]
"""Does something in a transaction of its own and returns what came of it."""

CHICAGO = {"lat": 41.88, "lon": -87.63, "country": "US", "region": "US-IL", "locality": "Chicago"}
EVANSTON = {"lat": 42.05, "lon": -87.69, "country": "US", "region": "US-IL", "locality": "Evanston"}
TORONTO = {"lat": 43.65, "lon": -79.38, "country": "CA", "region": "CA-ON", "locality": "Toronto"}
