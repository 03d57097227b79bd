"""Whatever the documents and the query: the engine answers as the model does."""

import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st

from index.embedded import EmbeddedIndex
from index.types import Document
from tests.index import model
from tests.index.make import FACETS, TODAY, documents_of, queries

corpora = st.lists(documents_of(st.integers(1, 30)), max_size=30, unique_by=lambda document: document.id)
changes = st.lists(
    st.tuples(st.lists(documents_of(st.integers(1, 40)), max_size=4), st.lists(st.integers(1, 30), max_size=4)),
    max_size=3,
)
thorough = settings(
    max_examples=200, phases=[Phase.explicit, Phase.generate], deadline=None, suppress_health_check=list(HealthCheck)
)


@thorough
@given(corpora, st.lists(queries, min_size=1, max_size=4))
def test_a_rebuilt_index_answers_as_the_model(size: str, documents: list[Document], asked: list) -> None:
    with tempfile.TemporaryDirectory() as folder:
        index = EmbeddedIndex(Path(folder) / "index", FACETS)
        index.rebuild(documents, 1)

        for query in asked:
            expected = model.answer(documents, query, FACETS, TODAY)
            event(f"hits: {min(expected.total, 3)}")
            assert replace(index.find(query, TODAY), did_you_mean="") == expected


@thorough
@given(corpora, changes, st.lists(queries, min_size=1, max_size=3))
def test_an_index_that_followed_answers_as_the_model(
    size: str, documents: list[Document], then: list, asked: list
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        index = EmbeddedIndex(Path(folder) / "index", FACETS)
        index.rebuild(documents, 1)
        held = {document.id: document for document in documents}
        for seq, (put, gone) in enumerate(then, start=2):
            index.follow(put, gone, seq)
            held = {id_: document for id_, document in held.items() if id_ not in gone} | {d.id: d for d in put}

        for query in asked:
            expected = model.answer(list(held.values()), query, FACETS, TODAY)
            assert replace(index.find(query, TODAY), did_you_mean="") == expected
        assert index.differences(held.values(), TODAY) == []
        assert index.state().documents == len(held)
        expected = {id_: document.sketch for id_, document in held.items()}
        assert index.sketches(range(50), index.state().seq) == expected
