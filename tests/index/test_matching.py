"""Whom two circles share, whether few or many are in them, near in the order or far apart."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import matching


@pytest.mark.parametrize("searched", [0, matching.SEARCHED])
@pytest.mark.parametrize("sparse", [0, matching.SPARSE, 10**9])
@given(
    ours=st.dictionaries(st.integers(0, 400), st.integers(0, 20_015_115)),
    theirs=st.dictionaries(st.integers(0, 400), st.integers(0, 20_015_115)),
)
def test_those_in_both_have_the_longer_way(
    ours: dict[int, int], theirs: dict[int, int], searched: int, sparse: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(matching, "SEARCHED", searched)
        patch.setattr(matching, "SPARSE", sparse)

        rows, metres = matching._both(*_ascending(ours), *_ascending(theirs))

    shared = sorted(ours.keys() & theirs.keys())
    assert rows.tolist() == shared
    assert metres.tolist() == [max(ours[row], theirs[row]) for row in shared]


def _ascending(ways: dict[int, int]) -> tuple[np.ndarray, np.ndarray]:
    rows = np.array(sorted(ways), dtype=np.int64)
    return rows, np.array([ways[row] for row in rows.tolist()], dtype=np.int64)
