"""Who goes from page to page sees everybody once who is there all the while, whoever comes or goes meanwhile."""

import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from index.embedded import EmbeddedIndex
from index.types import Circle, Cursor, Document, Query
from tests.index import model
from tests.index.make import FACETS, TODAY, documents_of, make_document, queries

CHICAGO = (41.88, -87.63)
corpora = st.lists(documents_of(st.integers(1, 40)), max_size=40, unique_by=lambda document: document.id)
thorough = settings(
    max_examples=200, phases=[Phase.explicit, Phase.generate], deadline=None, suppress_health_check=list(HealthCheck)
)


def opened(folder: str, documents: list[Document]) -> EmbeddedIndex:
    index = EmbeddedIndex(Path(folder) / "index", FACETS)
    index.rebuild(documents, 1)
    return index


def paged(index: EmbeddedIndex, query: Query, meanwhile: list | None = None) -> list[int]:
    """All ids that somebody sees who follows the cursors; `meanwhile` are changes, one before each page."""
    seen, seq, waiting = [], index.state().seq, list(meanwhile or [])
    answer = index.find(replace(query, page=1, after=None), TODAY)
    seen += [id for id, _km in answer.hits]
    while answer.next:
        if waiting:
            seq += 1
            put, gone = waiting.pop(0)
            index.follow(put, gone, seq)
        answer = index.find(replace(query, after=answer.next), TODAY)
        seen += [id for id, _km in answer.hits]
    return seen


@thorough
@given(corpora, queries)
def test_pages_by_cursor_are_the_pages_by_number(size: str, documents: list[Document], query: Query) -> None:
    with tempfile.TemporaryDirectory() as folder:
        index = opened(folder, documents)
        whole = index.find(replace(query, page=1, per_page=1000, only_total=False), TODAY)

        assert paged(index, replace(query, only_total=False, pins=False)) == [id for id, _km in whole.hits]
        assert whole.next is None


@thorough
@given(corpora, queries, st.integers(1, 5), st.integers(1, 8))
def test_a_page_by_its_number_is_followed_too(
    size: str, documents: list[Document], query: Query, page: int, per_page: int
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        index = opened(folder, documents)
        query = replace(query, only_total=False, pins=False, page=page, per_page=per_page)
        whole = [id for id, _km in index.find(replace(query, page=1, per_page=1000), TODAY).hits]

        answer = index.find(query, TODAY)
        seen = [id for id, _km in answer.hits]
        while answer.next:
            answer = index.find(replace(query, after=answer.next), TODAY)
            seen += [id for id, _km in answer.hits]

        assert seen == whole[(page - 1) * per_page :]


changes = st.lists(
    st.tuples(
        st.lists(documents_of(st.integers(41, 60)), max_size=3, unique_by=lambda document: document.id),
        st.lists(st.integers(1, 60), max_size=4),
    ),
    min_size=1,
    max_size=8,
)


@thorough
@given(corpora, queries, changes)
def test_whoever_stays_is_seen_once_and_in_order(
    size: str, documents: list[Document], query: Query, meanwhile: list
) -> None:
    """Of equals whom nobody has reached yet, one more or fewer may let the walk around the ring begin at the next."""
    query = replace(query, only_total=False, pins=False, per_page=3, text="")
    staying = {d.id for d in documents} - {id_ for _, gone in meanwhile for id_ in gone}
    with tempfile.TemporaryDirectory() as folder:
        index = opened(folder, documents)
        before = [id for id, _km in index.find(replace(query, page=1, per_page=1000), TODAY).hits]

        seen = paged(index, query, meanwhile)

    tiers = {d.id: model.tier(d, model.ways(d, query.circles), 0, query, TODAY) for d in documents if d.id in before}
    stayed, expected = ([id_ for id_ in some if id_ in staying] for some in (seen, before))
    assert len(seen) == len(set(seen))
    assert [tiers[id_] for id_ in stayed] == [tiers[id_] for id_ in expected]
    for one in set(tiers.values()):
        walked, whole = ([id_ for id_ in some if tiers[id_] == one] for some in (stayed, expected))
        at = whole.index(walked[0]) if walked else 0
        assert walked == whole[at:] + whole[:at]


def test_somebody_who_pauses_takes_nobody_with_them(size: str) -> None:
    everybody = [make_document(n, points=(CHICAGO,)) for n in range(300)]
    query = Query(circles=(Circle(*CHICAGO, 5),))
    with tempfile.TemporaryDirectory() as folder:
        index = opened(folder, everybody)
        first = [id for id, _km in index.find(query, TODAY).hits]
        leaving = [([], [first[number]]) for number in range(10)]

        seen = paged(index, query, leaving)

    assert sorted(seen) == list(range(300))


def test_a_cursor_that_was_made_up_shows_nobody_twice(size: str) -> None:
    documents = [make_document(n, points=(CHICAGO,)) for n in range(30)]
    with tempfile.TemporaryDirectory() as folder:
        index = opened(folder, documents)
        for group in (0, 5, 10**8):
            for last, first in ((0, 0), (2**61 - 1, 5), (5, 2**61 - 1)):
                cursor = Cursor(group, last, first)
                for sort in ("best", "nearest"):
                    query = Query(circles=(Circle(*CHICAGO, 5),), sort=sort, after=cursor)  # type: ignore[arg-type]
                    found = [id for id, _km in index.find(query, TODAY).hits]
                    assert len(found) == len(set(found))
