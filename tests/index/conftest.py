"""What tests of the index share: the engines, and how one is opened."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index import building, embedded, grid, lists, matching, picking, pins, postings, rings, texts, words
from index.types import Index
from tests.index.make import FACETS

Open = Callable[[], Index]


@pytest.fixture(params=["embedded"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Open:
    """Opens the index; every call is another process's view of the same one."""
    return lambda: embedded.EmbeddedIndex(tmp_path / "index", FACETS)


@pytest.fixture(params=["as it is", "as if large"])
def size(request: pytest.FixtureRequest) -> Iterator[str]:
    """Few documents, searched as they are, and searched in the ways meant for many."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "as if large":
            patch.setattr(grid, "SCANNED", 0)
            patch.setattr(building, "TOGETHER", 2)
            patch.setattr(postings, "FEW", 0)
            patch.setattr(lists, "FEW", 0)
            patch.setattr(lists, "SHARE", 4)
            patch.setattr(postings, "_DENSE", 4)
            patch.setattr(postings, "_SORTED", 3)
            patch.setattr(picking, "FEW", 1)
            patch.setattr(picking, "WHOLE", 1)
            patch.setattr(picking, "SORTED", 2)
            patch.setattr(texts, "_SPARSE", 2)
            patch.setattr(texts, "_SORTED", 4)
            patch.setattr(words, "EXPANSIONS", 2)
            patch.setattr(pins, "MANY", 3)
            patch.setattr(pins, "NAMED", 2)
            patch.setattr(rings, "FEW", 0)
            patch.setattr(matching, "SMALL", 0)
        yield request.param
