"""Who is equal is shown equally often over days, and where it was all day."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import order
from index.types import Circle, Document, Index, Query
from tests.index.conftest import Open
from tests.index.make import TODAY, make_document

CHICAGO = (41.88, -87.63)
NEAR = Query(circles=(Circle(*CHICAGO, 2),), per_page=10)


def equals(count: int) -> list[Document]:
    return [make_document(n, points=(CHICAGO,)) for n in range(count)]


def filled(engine: Open, documents: list[Document], *, changed: int = 0) -> Index:
    """With the last few of them in the delta."""
    index = engine()
    index.rebuild(documents[: len(documents) - changed], 1)
    index.follow(documents[len(documents) - changed :], [], 2)
    return index


def shown(index: Index, query: Query, begin: date) -> Counter[int]:
    """Listing -> on how many of a thousand days it is among the first ten."""
    days = (begin + timedelta(days=day) for day in range(1000))
    return Counter(id for day in days for id, _km in index.find(query, day).hits)


def everybody(index: Index, query: Query) -> list[int]:
    pages = range(1, 20)
    return [
        id
        for page in pages
        for id, _km in index.find(Query(circles=query.circles, sort=query.sort, page=page), TODAY).hits
    ]


@pytest.mark.parametrize("begin", [date(2026, 1, 1), date(2031, 7, 19)])
@pytest.mark.parametrize("is_changed", [False, True], ids=["as built", "partly changed"])
@pytest.mark.parametrize("count", [12, 20, 100, 300, 500, 800])
def test_equals_are_among_the_first_ten_about_as_often(engine: Open, count: int, is_changed: bool, begin: date) -> None:
    index = filled(engine, equals(count), changed=count // 3 if is_changed else 0)

    days = shown(index, NEAR, begin)

    assert len(days) == count
    assert max(days.values()) <= 1.25 * min(days.values())


@pytest.mark.parametrize("asked", [{"sort": "nearest"}, {"circles": ()}, {"circles": (), "text": "ann"}])
def test_so_are_those_at_one_place_those_asked_for_nowhere_and_those_with_the_same_words(
    engine: Open, size: str, asked: dict[str, object]
) -> None:
    documents = [make_document(n, points=(CHICAGO,), texts={"name": "Ann"}) for n in range(40)]
    query = Query(**{"circles": NEAR.circles, "per_page": 10, **asked})  # type: ignore[arg-type]

    days = shown(filled(engine, documents, changed=3), query, TODAY)

    assert len(days) == 40
    assert max(days.values()) <= 1.25 * min(days.values())


@pytest.mark.parametrize("sort", ["best", "nearest"])
def test_an_edit_moves_nobody(engine: Open, size: str, sort: str) -> None:
    index = filled(engine, equals(95))
    query = Query(circles=NEAR.circles, sort=sort)  # type: ignore[arg-type]
    before = everybody(index, query)

    index.follow([make_document(7, points=(CHICAGO,), texts={"bio": "edited"})], [], 3)

    assert everybody(index, query) == before
    assert sorted(before) == list(range(95))


@pytest.mark.parametrize("sort", ["best", "nearest"])
def test_who_comes_or_goes_moves_the_others_by_one_place_and_one_of_them_to_the_other_end(
    engine: Open, size: str, sort: str
) -> None:
    index, query = filled(engine, equals(60)), Query(circles=NEAR.circles, sort=sort)  # type: ignore[arg-type]

    for seq, (documents, gone) in enumerate([(equals(61)[60:], []), (equals(62)[61:], []), ([], [5]), ([], [60])], 3):
        before = everybody(index, query)
        index.follow(documents, gone, seq)
        after = everybody(index, query)
        stayed = [id_ for id_ in before if id_ in after]
        moved = sorted(abs(before.index(id_) - after.index(id_)) for id_ in stayed)
        assert moved[-2] <= 1


@given(st.integers(0, 1_000_000), st.dates())
def test_one_more_moves_the_start_by_at_most_one(equals: int, today: date) -> None:
    share = order.share(today)

    assert order.start(equals + 1, share) - order.start(equals, share) in (0, 1)
    assert 0 <= order.start(equals + 1, share) <= equals
