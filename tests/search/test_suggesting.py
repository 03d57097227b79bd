"""Did you mean: somebody who is found, there before elsewhere, and as they write themselves."""

from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.client import CheckingClient
from tests.people import CHICAGO, TORONTO, make_listing

GRANGER = {"lat": 41.75, "lon": -86.11, "country": "US", "region": "US-IN", "locality": "Granger"}


@pytest.fixture
def visitor(client: CheckingClient, engine: Engine) -> CheckingClient:
    """A visitor of a directory with names that are easily misspelt."""
    with Session(engine) as session:
        make_listing(session, name="Hannah Gold", **CHICAGO)
        make_listing(session, name="Keith Vance", bio="I listen. Our relación matters.", bio_language="en", **TORONTO)
        make_listing(session, name="Piet Jansen", bio="Trust. Wij gokten samen, en zijn vanse.", **CHICAGO)
        make_listing(session, name="Annika Söderholm", bio="Trust and patience.", **TORONTO)
        make_listing(session, name="Laurel Granger", **TORONTO)
        make_listing(session, name="Jae-hoon O'Dell", bio="On anger.", **GRANGER)
        session.commit()
    return client


def suggested(visitor: CheckingClient, **asked: str) -> tuple[str, dict[str, list[str]]]:
    """What is offered, and what its link asks for; it finds somebody."""
    found = visitor.get("/api/v1/search", query_string=asked).json["did_you_mean"]
    if not found:
        return "", {}
    query = urlsplit(found["url"]).query
    assert visitor.get(f"/api/v1/search?{query}").json["total"]
    return found["label"], parse_qs(query)


@pytest.mark.parametrize(
    ("typed", "label"),
    [("keith vanse", "Keith Vance"), ("anika soderholm", "Annika Söderholm"), ("Soederhom", "Söderholm"),
     ("jae hoonn odell", "Jae-hoon O'Dell"),
     ("Кейт Вэнкс", "Keith Vance"),
     ("jaehon odell", "Jae-hoon O'Dell"), ("relacin", "relación"), ("patienxe", "patience"), ("xylophon", ""),
     ("trust patienxe", "Trust patience"), ("patienxe torontO", "patience Toronto"),
     ("Söderhom Canadá", "Söderholm Canadá")],
)  # fmt: skip
def test_it_is_written_as_whoever_is_found_writes_it(visitor: CheckingClient, typed: str, label: str) -> None:
    assert suggested(visitor, text=typed) == (label, {"text": [label]} if label else {})


def test_who_is_there_is_offered_there(visitor: CheckingClient) -> None:
    assert suggested(visitor, text="Golt", place="4887398") == ("Gold", {"text": ["Gold"], "place": ["4887398"]})


def test_who_is_elsewhere_only_is_offered_without_the_place(visitor: CheckingClient) -> None:
    assert suggested(visitor, text="keith vanse", place="4887398") == ("Keith Vance", {"text": ["Keith Vance"]})


def test_another_spelling_of_a_word_gives_up_neither_the_place_nor_a_wish(visitor: CheckingClient) -> None:
    assert suggested(visitor, text="patienxe", place="4887398")[0] == ""
    assert suggested(visitor, text="patienxe", topic="conflict")[0] == ""
    assert suggested(visitor, text="patienxe", place="6167865")[1]["place"] == ["6167865"]


def test_a_surname_that_nobody_there_bears_is_offered_as_words_and_not_as_the_same_search(
    visitor: CheckingClient,
) -> None:
    label, asked = suggested(visitor, text="Söderhom", place="4887398")

    assert (label, asked) == ("Listings with the words “Söderholm”", {"text": ["Söderholm"]})


def test_a_surname_that_was_read_as_a_town_is_a_part_of_the_name(visitor: CheckingClient) -> None:
    found = visitor.get("/api/v1/search", query_string={"q": "Laurl Granger"}).json

    assert found["understood"]["place"]["name"] == "Granger" and found["understood"]["unread"] == "Laurl"
    assert suggested(visitor, q="Laurl Granger") == ("Laurel Granger", {"text": ["Laurel Granger"]})


def test_nothing_is_offered_where_somebody_is_found_or_the_words_are_usual_ones(visitor: CheckingClient) -> None:
    assert suggested(visitor, text="trust")[0] == ""
    assert suggested(visitor, text="sadness")[0] == ""


def offered(visitor: CheckingClient, line: str) -> str:
    """What is offered first beside a typed line; its link finds somebody."""
    found = visitor.get("/api/v1/search", query_string={"q": line}).json["did_you_mean"]
    assert found is None or visitor.get(f"/api/v1/search?{urlsplit(found['url']).query}").json["total"]
    return found["label"] if found else ""


@pytest.mark.parametrize(
    ("line", "label"),
    [("Crane", "Nigel Crane"), ("Karadag", "Murat Karadağ"), ("Bae", "Bo-ram Bae"), ("Im", "Na-young Im"),
     ("Karen", "Karen Coldwell"), ("Paris", ""), ("Chad", ""), ("in", "")],
)  # fmt: skip
def test_who_is_called_as_a_place_where_nobody_is_is_offered_first(
    visitor: CheckingClient, engine: Engine, line: str, label: str
) -> None:
    with Session(engine) as session:
        for name in ("Nigel Crane", "Murat Karadağ", "Bo-ram Bae", "Na-young Im", "Karen Coldwell"):
            make_listing(session, name=name, **CHICAGO)
        session.commit()

    assert offered(visitor, line) == label


def test_several_who_are_called_so_are_offered_together(visitor: CheckingClient, engine: Engine) -> None:
    with Session(engine) as session:
        for name in ("Nigel Crane", "Judith Crane"):
            make_listing(session, name=name, **CHICAGO)
        session.commit()

    assert offered(visitor, "Crane") == "Listings with the words “Crane”"
    page = visitor.get("/search?q=Crane", follow_redirects=True).text
    assert page.count("Listings with the words “Crane”") == 1
    assert page.index("Listings with the words") < page.index("Crane elsewhere:")


@pytest.mark.parametrize(
    ("line", "label"),
    [("Nigel radclif", "Nigel Radcliff"), ("Joanna merriweathoer, Bridgeton", "Joanna Merriweather"),
     ("sion Hale", "Simon Hale"), ("Keith Vance 10001", "Keith Vance")],
)  # fmt: skip
def test_a_misspelt_name_that_was_read_as_a_place_is_offered(
    visitor: CheckingClient, engine: Engine, line: str, label: str
) -> None:
    with Session(engine) as session:
        for name in ("Nigel Radcliff", "Joanna Merriweather", "Simon Hale"):
            make_listing(session, name=name, **CHICAGO)
        session.commit()

    assert offered(visitor, line) == label


def test_the_offer_stands_before_whatever_else_is_said(visitor: CheckingClient) -> None:
    page = visitor.get("/search?q=60614+keith+vanse", follow_redirects=True).text

    assert page.index("Did you mean") < page.index("We did not understand")
