"""A search survives the way into a URL and back, and a URL from anywhere is read safely."""

from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from index.folding import fold
from index.types import Cursor
from referral import terms
from referral.errors import UsageError
from referral.search.links import Links
from referral.search.urls import MAX_PAGE, MAX_RADIUS, MAX_TEXT, Search, clean, ended, parse, url

CHOSEN = [(f.name, t) for f in terms.facets().values() for t in f.terms]


def read_back(link: str) -> Search:
    return parse(MultiDict(parse_qsl(urlsplit(link).query, keep_blank_values=True)))


@st.composite
def searches(draw: st.DrawFn) -> Search:
    search = Search(
        place=draw(st.sampled_from(["", "4887398", "DE:80331"])),
        near=draw(st.none() | st.tuples(st.integers(-9000, 9000), st.integers(-18000, 18000)).map(
            lambda p: (p[0] / 100, p[1] / 100))),
        area=draw(st.sampled_from(["", "US", "US-IL", "VN.20"])),
        radius=draw(st.none() | st.integers(1, 500)),
        text=clean(draw(st.text(max_size=40).filter(lambda t: fold(clean(t))) | st.just(""))),
        sort=draw(st.sampled_from(["best", "nearest"])),
        typed=clean(draw(st.text(max_size=40))),
    )  # fmt: skip
    for facet, term in draw(st.lists(st.sampled_from(CHOSEN), max_size=6)):
        search = search.choosing(facet, term)
    search = search.with_either(draw(st.sets(st.sampled_from(["language", "topic", "delivery", "nothing"]))))
    page = draw(st.integers(1, 50))
    places = st.integers(0, 2**61 - 1)
    after = draw(st.none() | st.builds(Cursor, st.integers(0, 10**9 - 1), places, places)) if page > 1 else None
    return replace(search, page=page, after=after)


@given(searches())
def test_a_search_survives_its_link(search: Search) -> None:
    assert read_back(url(search)) == search


@given(searches())
def test_equal_searches_have_equal_links(search: Search) -> None:
    assert url(read_back(url(search))) == url(search)


@given(st.text(max_size=2000))
def test_cleaned_text_is_one_short_printable_line(text: str) -> None:
    cleaned = clean(text)

    assert cleaned == cleaned.strip() and len(cleaned) <= MAX_TEXT
    assert all(c.isprintable() for c in cleaned)
    assert clean(cleaned) == cleaned


@pytest.mark.parametrize(
    "query",
    ["radius=0", "radius=501", "radius=nan", "radius=1e309", "radius=٣", "radius=1_0", "page=0", "page=51", "page=-1",
     "near=91,0", "near=0,181", "near=nan,0", "near=inf,0", "near=1", "near=1,2,3", "near=a,b", "in=USA", "in=U",
     "in=US-", "in=US-ABCDEFGHI", "in=ÜS"],
)  # fmt: skip
def test_a_number_out_of_range_is_refused_in_one_sentence(query: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse(MultiDict(parse_qsl(query)))

    assert refused.value.status == 400
    assert refused.value.text.endswith(".") and "\n" not in refused.value.text


@pytest.mark.parametrize("query", ["delivery=by_pigeon", "unknown=1", "sort=popularity", "language=", "page="])
def test_what_nobody_knows_is_left_out(query: str) -> None:
    assert parse(MultiDict(parse_qsl(query, keep_blank_values=True))) == Search()


def test_too_many_terms_are_refused() -> None:
    with pytest.raises(UsageError):
        parse(MultiDict(("topic", t) for t in ["affair"] * 41))


@pytest.mark.parametrize("after", ["", "7", "7-x-0", "-1-0-0", f"{10**9}-0-0", "1-0-" + "f" * 17, "1-0-0-0", "١-0-0"])
def test_what_cannot_be_the_end_of_a_page_is_left_out(after: str) -> None:
    assert parse(MultiDict({"page": "2", "after": after})).after is None


def test_minus_zero_is_zero() -> None:
    assert url(parse(MultiDict({"near": "-0.0,-0.001"}))) == "/search?near=0%2C0"


def test_either_says_nothing_of_one_term_alone() -> None:
    both = Search().choosing("language", "en").choosing("language", "es").with_either(("language", "delivery"))

    assert url(both) == "/search?language=en&language=es&any=language"
    assert both.dropping("language", "es").either == ()
    assert parse(MultiDict({"language": "en", "any": "language"})).either == ()
    assert parse(MultiDict([("delivery", "online"), ("delivery", "in_person"), ("any", "delivery")])).either == ()


def test_choosing_a_term_starts_from_the_first_page() -> None:
    assert Search(page=3).choosing("delivery", "online").page == 1


def test_dropping_the_only_term_of_a_facet_drops_the_facet() -> None:
    assert Search().choosing("delivery", "online").dropping("delivery", "online") == Search()


@given(searches(), st.sampled_from(CHOSEN))
def test_quick_links_are_the_links_of_the_search(search: Search, one: tuple[str, str]) -> None:
    facet, term = one

    assert Links(search).choosing(facet, term) == url(search.choosing(facet, term))
    assert Links(search).dropping(facet, term) == url(search.dropping(facet, term))


@given(searches(), st.integers(1, MAX_RADIUS), st.integers(1, MAX_PAGE))
def test_quick_links_change_one_thing_as_the_search_does(search: Search, radius: int, page: int) -> None:
    links = Links(search)

    assert links.changing(radius=str(radius)) == url(replace(search, radius=radius, page=1))
    assert links.changing(sort="nearest") == url(replace(search, sort="nearest", page=1))
    assert links.changing(sort="") == url(replace(search, sort="best", page=1))
    assert links.changing(unit="") == url(replace(search, unit="", page=1))
    assert links.changing(page=str(page) if page > 1 else "") == url(replace(search, page=page, after=None))
    after = Cursor(7, 2**61 - 1, 0)
    assert links.changing(page="2", after=ended(after)) == url(replace(search, page=2, after=after))
