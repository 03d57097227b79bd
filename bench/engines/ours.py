"""Our own index, asked as the pages ask it."""

from functools import partial
from pathlib import Path

from bench.corpus import Sample
from bench.engines import Ask, Engine
from bench.invented import FACETS, TODAY
from index.embedded import EmbeddedIndex


class Ours(Engine):
    """The engine `embedded`."""

    name = "embedded"

    def __init__(self, sample: Sample, folder: Path) -> None:
        self.index = EmbeddedIndex(folder / "index", FACETS)
        self.index.rebuild(sample.documents, 1)

    def asks(self, kind: str) -> Ask:
        """By `find`, whatever the class."""
        return partial(self.index.find, today=TODAY)
