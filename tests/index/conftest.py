"""What tests of the index share: the facets, the engines, and how one is filled."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from index.embedded import EmbeddedIndex
from index.types import Index

FACETS = {"language": "all", "topic": "any", "delivery": "any", "new_clients": "any"}
TODAY = date(2026, 3, 1)


@pytest.fixture(params=["embedded"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Index]:
    """Opens the index; every call is another process's view of the same one."""
    return lambda: EmbeddedIndex(tmp_path / "index", FACETS)
