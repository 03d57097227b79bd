"""Thousands of names compared at once: the same answer as one by one, and as by a plain search for a spelling."""

import re
import tomllib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import fitting, sounding
from index.arrays import Ints, Levels
from index.folding import fold

NAMES = tomllib.loads((Path(__file__).parent / "names.toml").read_text("utf-8"))
NATIVE = [fold(name) for script in NAMES.values() for name in script]
LATIN = [fold(name) for script in NAMES.values() for some in script.values() for name in some.split()]

latin = st.one_of(st.sampled_from(LATIN), st.text("abcehiklmnosuvwyz1", min_size=1, max_size=30))
LETTERS = ["אבגהוחיכלמנעקרשת", "абвегийкняшщ", "αβγημνου", "김이박최수민하은"]
native = st.one_of(st.sampled_from(NATIVE), *(st.text(letters, min_size=1, max_size=9) for letters in LETTERS))


def written(names: list[str]) -> tuple[Levels, Ints]:
    cut = [name[: fitting.LONGEST].encode() for name in names]
    return np.frombuffer(b"".join(cut), dtype=np.uint8), np.array([len(name) for name in cut], dtype=np.int64)


@given(word=native, names=st.lists(latin, max_size=30))
def test_many_names_are_compared_as_each_is(word: str, names: list[str]) -> None:
    found = sounding.which(word, fitting.many(*written(names))).tolist()

    assert found == [sounding.is_alike(word, name) for name in names]


@given(word=native, others=st.lists(st.one_of(native, latin), max_size=20))
def test_names_of_all_scripts_are_compared_as_each_is(word: str, others: list[str]) -> None:
    assert sounding.alike(word, others) == [other for other in others if sounding.is_alike(word, other)]


@given(word=st.text("абвгдезклмн", min_size=1, max_size=6), name=latin)
def test_a_spelling_is_what_a_pattern_would_find(word: str, name: str) -> None:
    spellings = ["|".join(map(re.escape, some)) for some in sounding._spelled(word)]
    pattern = "".join(f"(?:{some})" for some in spellings) + "e?"
    once = re.sub(r"([^aeiouy])\1+", r"\1", name[: fitting.LONGEST])

    assert sounding.is_alike(word, name) == bool(re.fullmatch(pattern, once))


@given(one=st.text("abcde", min_size=1, max_size=8), other=st.text("abcde", min_size=1, max_size=8))
def test_who_is_passed_over_is_more_than_an_edit_away(one: str, other: str) -> None:
    names = fitting.many(*written([other]))

    if sounding.is_spelled_nearly(one, other):
        assert fitting.is_about(sounding._latin(one), names).tolist() == [True]


@pytest.mark.parametrize("typed", ["уолкер", "волкер"])
def test_nobody_is_compared_with_no_names(typed: str) -> None:
    assert sounding.which(typed, fitting.many(*written([]))).tolist() == []
