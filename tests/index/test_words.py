"""Words counted for many documents at once are those of each document alone."""

import numpy as np
import pytest

from index import vocabulary as vocabularies
from index.arrays import sorting
from index.vocabulary import Vocabulary
from tests.index.make import make_document

DOCUMENTS = [
    make_document(n, texts={"name": f"Ann {n}", "bio": "couples couple trust " * n}, language=("en", "de", "xx")[n % 3])
    for n in range(9)
]


@pytest.mark.parametrize("remembered", [0, 400_000])
def test_weighing_together_changes_nothing(monkeypatch: pytest.MonkeyPatch, remembered: int) -> None:
    monkeypatch.setattr(vocabularies, "_REMEMBERED", remembered)
    vocabulary = Vocabulary()
    together = vocabulary.weigh_all(DOCUMENTS)

    for row, document in enumerate(DOCUMENTS):
        keys, levels = vocabulary.weigh(document)
        mine = together.rows == row
        assert dict(zip(keys.tolist(), levels.tolist(), strict=True)) == dict(
            zip(together.keys[mine].tolist(), together.levels[mine].tolist(), strict=True)
        )


@pytest.mark.parametrize("limit", [1, 1 << 16, 1 << 20, 1 << 32])
def test_sorting_is_stable_for_numbers_of_any_size(limit: int) -> None:
    numbers = np.random.default_rng(1).integers(0, limit, 5000).astype(np.uint32)

    assert np.array_equal(sorting(numbers), numbers.argsort(kind="stable"))
