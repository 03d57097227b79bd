"""What every engine keeps, said once."""

import math
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.types import Box, Circle, Document, Index, Query
from tests.index import model
from tests.index.conftest import Open
from tests.index.make import FACETS, TODAY, make_document

CHICAGO, EVANSTON, DENVER = (41.88, -87.63), (42.05, -87.69), (39.74, -104.99)


def found(index: Index, today: date = TODAY, **asked: object) -> list[int]:
    return [id for id, _km in index.find(Query(**asked), today).hits]  # type: ignore[arg-type]


def filled(engine: Open, *documents: Document) -> Index:
    index = engine()
    index.rebuild(documents, 1)
    return index


def named(id: int, name: str = "", bio: str = "", **fields: object) -> Document:
    return make_document(id, texts={"name": name, "bio": bio}, **fields)


def test_an_empty_index_answers_with_nothing(engine: Open) -> None:
    index = engine()

    assert index.find(Query(text="gold", circles=(Circle(0, 0, 50),)), TODAY).total == 0
    assert index.state().seq == 0
    assert index.state().generation == ""


def test_a_change_is_found_at_once(engine: Open) -> None:
    index = filled(engine, named(1, "Ann"))

    index.follow([named(2, "Bea")], [1], 2)

    assert found(index, text="bea") == [2]
    assert found(index, text="ann") == []
    assert index.state().seq == 2
    assert index.state().delta == 2


def test_an_older_change_does_nothing(engine: Open) -> None:
    index = filled(engine, named(1, "Ann"))
    index.follow([named(1, "Bea")], [], 5)

    index.follow([named(1, "Cleo")], [], 5)

    assert found(index, text="bea") == [1]


def test_a_rebuild_keeps_what_was_followed_meanwhile(engine: Open) -> None:
    index = filled(engine, named(1, "Ann"))

    def documents() -> Iterator[Document]:
        yield from (named(1, "Ann"), named(2, "Bea"))
        index.follow([named(2, "Bea")], [], 2)
        index.follow([named(3, "Cleo")], [1], 3)

    index.rebuild(documents(), 2)

    assert sorted(found(index)) == [2, 3]
    assert index.state().seq == 3


def test_a_rebuild_from_a_restored_database_forgets_what_is_no_more(engine: Open) -> None:
    index, other = filled(engine, named(1, "Ann"), named(2, "Bea")), engine()
    for each in (index, other):
        each.follow([named(3, "Cleo")], [1], 9)

    index.rebuild([named(1, "Ann"), named(4, "Dora")], 5)

    for each in (index, other):
        assert sorted(found(each)) == [1, 4]
        assert (each.state().seq, each.state().delta) == (5, 0)


def test_what_is_followed_while_a_restored_database_is_read_comes_again(engine: Open) -> None:
    index = filled(engine, named(1, "Ann"))
    index.follow([named(2, "Bea")], [], 9)

    def documents() -> Iterator[Document]:
        yield named(1, "Ann")
        index.follow([named(3, "Cleo")], [], 10)

    index.rebuild(documents(), 5)

    assert (found(index), index.state().seq) == ([1], 5)
    index.follow([named(3, "Cleo")], [], 10)
    assert sorted(found(index)) == [1, 3]


def test_the_words_of_a_topic_come_before_what_else_it_is_called(engine: Open) -> None:
    also = {"topics": {"en": ["after an affair"], "": [" ".join(f"andere{n}" for n in range(100)) + " infidelity"]}}
    index = filled(
        engine,
        named(1, "Ann", called=also),
        named(2, "Bea", "After infidelity, and infidelity again.", called=also),
        named(3, "Cleo", "Infidelity is what I write of, and trust after infidelity."),
        named(4, "Dora", "An affair.", called={}),
    )

    assert found(index, text="infidelity")[-1] == 1 and len(found(index, text="infidelity")) == 3
    assert found(index, text="affair") == [1, 2, 4] or found(index, text="affair") == [2, 1, 4]


def test_another_process_finds_a_rebuild_and_not_yet_a_change(engine: Open) -> None:
    writer, reader = engine(), engine()

    writer.rebuild([named(1, "Ann")], 1)
    writer.follow([named(2, "Bea")], [], 2)

    assert found(reader) == [1]
    assert reader.state().seq == 1


def test_many_changes_are_all_found(engine: Open) -> None:
    index = filled(engine, *(named(n, "Ann") for n in range(50)))

    for seq in range(2, 200):
        index.follow([named(seq, "Bea")], [seq - 2], seq)

    assert sorted(found(index)) == [198, 199]
    assert index.state().documents == 2
    assert index.differences([named(n, "Bea") for n in (198, 199)], TODAY) == []


def test_a_name_comes_before_a_bio_that_mentions_it(engine: Open) -> None:
    index = filled(engine, named(1, "Ann", "the gold standard"), named(2, "Ann Gold"), named(3, "Ann Goldberg"))

    assert found(index, text="gold") == [2, 3, 1]


@pytest.mark.parametrize("radius", [80, math.inf])
def test_who_bears_a_typed_name_comes_before_who_is_nearer(engine: Open, radius: float) -> None:
    near = make_document(1, texts={"name": "Ann", "bio": "the gold standard"}, points=(CHICAGO,))
    far = make_document(2, texts={"name": "Ann Gold"}, points=(EVANSTON,))
    farther = make_document(3, texts={"name": "Bea Gold"}, points=(DENVER,))
    index = filled(engine, near, far, farther)
    circles = (Circle(*CHICAGO, radius),)

    assert found(index, text="gold", circles=circles) == ([2, 1] if radius == 80 else [2, 3, 1])
    assert found(index, text="gold", circles=circles, sort="nearest")[0] == 1


def test_who_bears_a_typed_name_is_first_of_hundreds_however_far(engine: Open) -> None:
    near = [make_document(n, texts={"bio": "the gold standard"}, points=(CHICAGO,)) for n in range(300)]
    index = filled(engine, *near, make_document(300, texts={"name": "Bea Gold"}, points=(DENVER,)))

    assert found(index, text="gold", circles=(Circle(*CHICAGO, math.inf),))[0] == 300


@pytest.mark.parametrize("asked", ["Zürich", "zurich", "ZÜRICH", "zuri", "therapies", "Thérapie", "therapie"])
def test_case_accents_stems_and_beginnings_do_not_matter(engine: Open, asked: str) -> None:
    index = filled(engine, named(1, "Zürich", "thérapie de couple", language="fr"), named(2, "Ann"))

    assert found(index, text=asked) == [1]


def test_a_stem_counts_only_in_its_own_language(engine: Open) -> None:
    index = filled(engine, named(1, bio="lives", language="en"), named(2, bio="lives", language="ru"))

    assert found(index, text="living x"[:6]) == [1]


def test_two_korean_signs_are_enough_for_the_beginning_of_a_word(engine: Open) -> None:
    index = filled(engine, named(1, bio="부부 상담과 치료", language="ko"))

    assert found(index, text="상담") == [1]
    assert found(index, text="상") == []


@pytest.mark.parametrize(
    ("bio", "asked"),
    [
        ("我们提供婚姻咨询和伴侣治疗", "婚姻咨询"),
        ("我们提供婚姻咨询和伴侣治疗", "伴侣"),
        ("東京でカップルセラピーと夫婦関係の相談", "カップル"),
        ("東京でカップルセラピーと夫婦関係の相談", "夫婦 相談"),
        ("이마고 부부상담을 합니다", "상담"),
        ("이마고 부부상담을 합니다", "부부 상담"),
        ("ให้คำปรึกษาคู่รักและครอบครัว", "คู่รัก"),
        ("EFT夫婦療法", "eft"),
        ("EFT夫婦療法", "夫婦"),
        ("𠮷野家", "𠮷野"),
    ],
)
def test_a_word_is_found_inside_a_line_without_spaces(engine: Open, bio: str, asked: str) -> None:
    index = filled(engine, named(1, bio=bio), named(2, bio="夫 상 คู่ 婚"))

    assert found(index, text=asked) == [1]
    assert found(index, text=asked + "無") == []


def test_nothing_is_suggested_for_words_that_are_searched_by_pairs(engine: Open) -> None:
    index = filled(engine, named(1, bio="คู่รักและครอบครัว hendrix"))

    assert index.find(Query(text="คู่รักและครอบครับ"), TODAY).did_you_mean == ""
    assert index.find(Query(text="hendrx ครอบครัว"), TODAY).did_you_mean == "hendrix ครอบครัว"


def test_all_words_must_match_and_only_the_last_may_be_unfinished(engine: Open) -> None:
    index = filled(engine, named(1, "Ann Goldberg"))

    assert found(index, text="ann goldb") == [1]
    assert found(index, text="goldb ann") == []
    assert found(index, text="ann go") == []


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("hendrx", "hendrix"),
        ("ehndrix", "hendrix"),
        ("couplse", "couples"),
        ("xyz", ""),
        ("hendrixxx", "hendrix"),
        ("ann hendrx", "ann hendrix"),
    ],
)
def test_a_misspelt_word_gets_the_nearest_known_one(engine: Open, asked: str, meant: str) -> None:
    index = filled(engine, named(1, "Ann Hendrix", "couples"))

    assert index.find(Query(text=asked), TODAY).did_you_mean == meant


def test_a_word_of_one_who_is_gone_is_not_suggested(engine: Open) -> None:
    index = filled(engine, named(1, "Hendrix"), named(2, "Ann"))
    index.follow([], [1], 2)

    assert index.find(Query(text="hendrx"), TODAY).did_you_mean == ""


def test_two_who_live_apart_are_both_reached_and_the_longer_way_counts(engine: Open) -> None:
    index = filled(engine, make_document(1, points=(CHICAGO, DENVER)), make_document(2, points=(EVANSTON,)))
    both = (Circle(*EVANSTON, 50), Circle(*DENVER, 50))

    hits = index.find(Query(circles=both), TODAY).hits

    assert [id for id, _km in hits] == [1]
    assert hits[0][1] == pytest.approx(19.5, abs=0.5)


@pytest.mark.parametrize(
    ("asked", "ids"), [("US-IL", [1, 2]), ("US-NY", [2]), ("US", [1, 2, 4]), ("CA", []), ("U", []), ("US-", [2])]
)
def test_online_for_follows_where_they_may_serve(engine: Open, asked: str, ids: list[int]) -> None:
    online = {"delivery": frozenset({"online"})}
    index = filled(
        engine,
        make_document(1, terms=online, serves=frozenset({"US-IL"})),
        make_document(2, terms=online, serves=frozenset({"US"})),
        make_document(3, terms={}, serves=frozenset({"US"})),
        make_document(4, terms=online, serves=frozenset({"US-CA"})),
    )

    assert sorted(found(index, online_for=asked)) == ids


@pytest.mark.parametrize(
    ("other", "ids"), [("US-IL", [1, 2]), ("US-WI", [2]), ("CA-ON", []), ("US", [1, 2]), ("", [1, 2])]
)
def test_online_for_two_is_for_who_may_serve_both(engine: Open, other: str, ids: list[int]) -> None:
    online = {"delivery": frozenset({"online"})}
    index = filled(
        engine,
        make_document(1, terms=online, serves=frozenset({"US-IL"})),
        make_document(2, terms=online, serves=frozenset({"US-IL", "US-WI"})),
    )

    assert sorted(found(index, online_for="US-IL", and_online_for=other)) == ids


def test_counts_of_a_facet_combined_by_any_ignore_its_own_choice(engine: Open) -> None:
    def of(id: int, topic: str, *languages: str) -> Document:
        return make_document(id, terms={"topic": frozenset({topic}), "language": frozenset(languages)})

    index = filled(engine, of(1, "grief", "en", "es"), of(2, "trust", "en"), of(3, "trust", "he"))

    answer = index.find(Query(terms=(("language", ("en",)), ("topic", ("grief",)))), TODAY)

    assert answer.total == 1
    assert answer.counts["topic"] == {"grief": 1, "trust": 1}
    assert answer.counts["language"] == {"en": 1, "es": 1}


@pytest.mark.parametrize("count", [254, 255, 256, 300])
def test_however_many_have_a_term_all_are_counted(engine: Open, count: int) -> None:
    terms = {"topic": frozenset({"grief"}), "language": frozenset({"en"})}
    index = filled(engine, *(make_document(n, points=(CHICAGO,), terms=terms) for n in range(count)))

    answer = index.find(Query(circles=(Circle(*CHICAGO, 5),), terms=(("topic", ("grief", "trust")),)), TODAY)

    assert answer.total == count
    assert answer.counts["topic"] == {"grief": count, "trust": 0}
    assert answer.counts["language"] == {"en": count}


def test_accepting_turns_into_ask_after_thirty_days(engine: Open) -> None:
    index = filled(engine, make_document(1, accepts=True, confirmed_on=TODAY))

    assert index.find(Query(), TODAY + timedelta(days=30)).counts["new_clients"] == {"accepting": 1}
    assert index.find(Query(), TODAY + timedelta(days=31)).counts["new_clients"] == {"ask": 1}


def test_the_published_order_is_kept(engine: Open) -> None:
    sure = {"accepts": True, "confirmed_on": TODAY}
    index = filled(
        engine,
        make_document(1, points=((41.0, -87.63),), **sure),
        make_document(2, points=(CHICAGO,), attested=False),
        make_document(3, points=(CHICAGO,)),
        make_document(4, points=(CHICAGO,), accepts=True),
        make_document(5, points=(CHICAGO,), attested=False, **sure),
        make_document(6, points=(CHICAGO,), **sure),
    )

    assert found(index, circles=(Circle(*CHICAGO, 200),)) == [6, 5, 4, 3, 2, 1]


def test_pages_together_are_the_whole(engine: Open) -> None:
    index = filled(engine, *(make_document(n, points=(CHICAGO,)) for n in range(95)))

    pages = [found(index, circles=(Circle(*CHICAGO, 5),), page=page) for page in range(1, 7)]

    assert [len(page) for page in pages] == [20, 20, 20, 20, 15, 0]
    assert sorted(id_ for page in pages for id_ in page) == list(range(95))


def test_what_lists_show_is_handed_back_as_of_one_change(engine: Open) -> None:
    index = filled(engine, *(make_document(n, sketch=b"%d before" % n) for n in (1, 2, 3)))
    assert index.sketches([3, 1, 9], 1) == {1: b"1 before", 3: b"3 before"}

    index.follow([make_document(1, sketch=b"1 after"), make_document(4)], [2], 2)

    assert index.sketches([1, 2, 3, 4], 2) == {1: b"1 after", 3: b"3 before", 4: b""}
    assert [index.sketches([1, 2, 3], seq) for seq in (0, 1, 3)] == [{}, {}, {}]
    assert index.sketches([], 2) == {}


def test_differences_name_what_differs(engine: Open) -> None:
    right = named(
        1,
        "Ann",
        points=(CHICAGO,),
        areas=frozenset({"US"}),
        serves=frozenset({"US"}),
        terms={"topic": frozenset({"grief"})},
    )
    index = filled(engine, right, named(2), named(3))
    wrong = named(
        1,
        "Bea",
        points=(DENVER,),
        accepts=True,
        attested=False,
        confirmed_on=TODAY,
        terms={"topic": frozenset({"trust"})},
    )

    told = index.differences([wrong, named(2), named(4)], TODAY)

    assert index.differences([right, named(2), named(3)], TODAY) == []
    assert "Listing 1: words differ: ann, bea." in told
    for fact in ("points", "areas", "serves", "terms", "accepts", "confirmed", "attested"):
        assert any(sentence.startswith(f"Listing 1: {fact} ") for sentence in told)
    assert told[-2:] == ["Listing 4 is missing.", "Listing 3 should not be in the index."]


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(st.characters(), max_size=40) | st.text("a*~[]()\"':^ ORANDNOT", max_size=300))
def test_any_line_gets_an_answer(engine: Open, line: str) -> None:
    index = engine()
    index.follow([named(1, "ann " + line, line, language="de"), named(2, "bea")], [], index.state().seq + 1)

    index.find(Query(text=line, area=line, online_for=line, terms=((line, (line,)), ("topic", (line,)))), TODAY)

    assert index.find(Query(text="bea"), TODAY).total >= 1


@pytest.mark.parametrize("sort", ["nearest", "best"])
@pytest.mark.parametrize("asked", [{}, {"text": "ann"}, {"box": Box(-90, -180, 90, 180)}])
@pytest.mark.parametrize("centre", [(41.9, -87.6), (90.0, 0.0), (-90.0, 77.0), (0.0, 180.0), (-17.0, -179.99)])
def test_however_far_means_everybody_with_an_office(
    engine: Open, size: str, centre: tuple[float, float], asked: dict[str, object], sort: str
) -> None:
    spots = [CHICAGO, CHICAGO, EVANSTON, DENVER, (90.0, 0.0), (-90.0, 5.0), (-17.0, 179.9), (-17.0, -179.9)]
    documents = [named(n, "Ann", points=(spot,)) for n, spot in enumerate(spots)] + [named(99, "Ann")]
    query = Query(circles=(Circle(*centre, float("inf")),), sort=sort, per_page=3, **asked)  # type: ignore[arg-type]

    answer = filled(engine, *documents).find(query, TODAY)

    assert replace(answer, did_you_mean="") == model.answer(documents, query, FACETS, TODAY)
    assert answer.total == len(spots)


@pytest.mark.parametrize("documents", [[], [named(1, points=(CHICAGO,))], [named(1)]])
def test_however_far_among_nobody_or_one(engine: Open, documents: list[Document]) -> None:
    query = Query(circles=(Circle(*DENVER, float("inf")),), sort="nearest")

    assert filled(engine, *documents).find(query, TODAY) == model.answer(documents, query, FACETS, TODAY)


def test_places_that_are_none_match_nothing(engine: Open) -> None:
    index = filled(engine, make_document(1, points=(CHICAGO,)))

    for circle in (
        Circle(91, 0, 50),
        Circle(float("inf"), 0, 50),
        Circle(0, float("inf"), 50),
        Circle(*CHICAGO, float("nan")),
        Circle(91, 0, float("inf")),
    ):
        assert index.find(Query(circles=(circle,)), TODAY).total == 0


def test_a_word_finds_only_those_who_are_still_there(engine: Open, size: str) -> None:
    index = filled(engine, *(named(n, f"Ann {n}", points=(CHICAGO,)) for n in range(1, 50)))

    index.follow([named(2, "Bea")], [1], 2)

    assert index.find(Query(text="ann"), TODAY).total == 47
    assert index.find(Query(text="ann", circles=(Circle(*CHICAGO, 5),)), TODAY).total == 47
    assert (found(index, text="ann 1"), found(index, text="ann 3")) == ([], [3])
