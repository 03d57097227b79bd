"""Sets of documents by key: whatever is asked before, the answer is that of the lists."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import lists
from index.arrays import flags_of

SIZE = 70
KEYS = ["US", "US-IL", "US-NY", "USA", "DE", ""]

tables = st.dictionaries(st.sampled_from(KEYS), st.sets(st.integers(0, SIZE - 1), min_size=1))
questions = st.lists(
    st.tuples(st.lists(st.sampled_from([*KEYS, "XX"]), max_size=3), st.sampled_from(["", "US", "US-"]))
)


@pytest.mark.parametrize("bytes_kept", [0, 40, lists._KEPT])
@given(held=tables, asked=questions)
def test_a_set_holds_who_has_a_key_or_one_so_begun(
    bytes_kept: int, held: dict[str, set[int]], asked: list[tuple[list[str], str]]
) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(lists, "_KEPT", bytes_kept)
        sets = lists.sets_of({key: np.array(sorted(rows)) for key, rows in held.items()}, SIZE)
        for keys, under in asked * 2:
            wanted = {key for key in held if key in keys or (under and key.startswith(under))}
            found = set(np.flatnonzero(flags_of(sets.mask(keys, SIZE, under))).tolist())
            assert found == set().union(*(held[key] for key in wanted))
            assert len(sets._kept) <= max(1, -(-bytes_kept // 16))
