"""What somebody typed: misspelt, a name, hostile, of fear, or nothing that can be searched for."""

from html import unescape
from urllib.parse import quote

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.client import CheckingClient
from tests.people import CHICAGO, Write, make_listing


def test_what_nobody_understands_is_said_kindly_with_ways_on(chicago: CheckingClient) -> None:
    page = chicago.get("/search?q=asdfqwer", follow_redirects=True)

    assert page.status_code == 200
    assert "asdfqwer" in page.text and 'href="/networks"' in page.text


def test_a_misspelt_town_is_corrected_out_loud(chicago: CheckingClient) -> None:
    page = chicago.get("/search?q=Chigaco", follow_redirects=True).text

    assert "We could not place “Chigaco” exactly. Showing Chicago, Illinois, United States." in page


def test_a_name_is_found_as_words(chicago: CheckingClient) -> None:
    found = chicago.get("/api/v1/search?text=Cara+Dunn").json

    assert [r["name"] for r in found["results"]] == ["Cara Dunn"]


def unmarked(page: str) -> str:
    """A page without the marks of what was found."""
    return page.replace("<mark>", "").replace("</mark>", "")


@pytest.mark.parametrize(("name", "line"), [("Пётр Иванов", "ivanov"), ("Petr Ivanov", "Иванов")])
def test_beside_a_large_town_those_called_so_in_another_script_are_offered(
    chicago: CheckingClient, write: Write, name: str, line: str
) -> None:
    write(lambda session: make_listing(session, name=name, **CHICAGO))

    page = chicago.get("/search?q=" + quote(line), follow_redirects=True)

    assert f"Listings with the words “{line}”" in page.text
    assert name in unmarked(chicago.get("/search?text=" + quote(line), follow_redirects=True).text)


@pytest.mark.parametrize(
    ("name", "line"),
    [("Ольга Смирнова", "smirnova"), ("Anna Morozova", "анна морозова"), ("דנה כהן", "dana cohen"),
     ("Dana Cohen", "כהן"), ("김민수", "minsu kim"), ("Minsu Kim", "김민수"), ("محمد حداد", "mohammed haddad")],
)  # fmt: skip
def test_a_name_is_found_as_another_script_writes_it(
    chicago: CheckingClient, write: Write, name: str, line: str
) -> None:
    write(lambda session: make_listing(session, name=name, **CHICAGO))

    page = chicago.get("/search?q=" + quote(line), follow_redirects=True)

    assert name in unmarked(page.text)


def test_words_nobody_has_are_left_out_and_said(chicago: CheckingClient) -> None:
    found = chicago.get("/api/v1/search?place=4887398&text=zzzzqqqq").json

    assert found["total"] == 3 and found["understood"]["unread"] == "zzzzqqqq"


@pytest.mark.parametrize(
    "q",
    ["%00", "%ED%A0%80", "%F0%9F%99%82", quote("'; DROP TABLE listing; --"), "a" * 10_000, "%FF%FE", "a%2A+OR+b%2A",
     "%E2%80%AEabc", "", "+", "%25" * 300],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/search?q={}", "/api/v1/search?q={}", "/search?text={}", "/places/suggest?q={}",
                                  "/api/v1/places?q={}", "/search?place={}", "/search?typed={}"])  # fmt: skip
def test_a_hostile_line_gets_a_page_or_a_clear_400(chicago: CheckingClient, path: str, q: str) -> None:
    answer = chicago.get(path.format(q), follow_redirects=True)

    assert answer.status_code in (200, 400)


@pytest.mark.parametrize(
    "typed",
    ["my husband hits me", "Ich habe Angst vor meinem Mann", "j'ai peur de mon mari",
     "mi esposo me pega", "בעלי מרביץ לי", "I am afraid of my husband"],
)  # fmt: skip
def test_who_types_of_fear_is_shown_help_at_once(chicago: CheckingClient, typed: str) -> None:
    answer = chicago.get("/search?q=" + quote(typed))

    assert answer.headers["Location"] == "/questions/when-is-couple-therapy-not-the-right-first-step"


def test_who_types_of_fear_and_a_town_is_shown_both_and_the_words_are_not_kept(chicago: CheckingClient) -> None:
    answer = chicago.get("/search?q=" + quote("Chicago, my husband hits me"))
    assert answer.headers["Location"] == "/search?place=4887398&help=1"

    page = chicago.get(answer.headers["Location"]).text
    assert "If you are afraid, begin here." in page
    assert page.index("/questions/when-is-couple-therapy-not-the-right-first-step") < page.index("<h1")
    assert page.index('href="tel:18007997233"') < page.index("<h1") and page.count('href="tel:') == 2  # and the house's


def test_where_no_help_line_is_known_the_finder_of_all_is_named(chicago: CheckingClient) -> None:
    page = chicago.get("/search?in=IT&help=1").text

    assert page.index("https://findahelpline.com/") < page.index("<h1") and "18007997233" not in page


def test_who_does_not_is_not(chicago: CheckingClient) -> None:
    page = chicago.get("/search?place=4887398").text

    assert "If you are afraid, begin here." not in page and "18007997233" not in page


@pytest.mark.parametrize("typed", ["Cara Dunn", "cara dunn", "Ben Cole"])
def test_a_therapists_name_is_no_misspelt_town(chicago: CheckingClient, typed: str) -> None:
    found = chicago.get("/api/v1/search?q=" + quote(typed)).json

    assert [r["name"].lower() for r in found["results"]] == [typed.lower()]


def test_a_small_town_that_is_also_a_name_offers_the_name(chicago: CheckingClient) -> None:
    found = chicago.get("/api/v1/search?q=Cole").json

    assert found["understood"]["place"]["name"] == "Cole"
    choice = found["understood"]["choices"][-1]
    assert choice["label"] == "Listings with the words “Cole”"
    assert "Ben Cole" in unmarked(chicago.get(choice["url"]).text)


@pytest.mark.parametrize("typed", ["Zamora", "Sedgwick", "Valencia", "valencia"])
def test_a_large_town_or_county_that_is_also_a_name_offers_the_name(
    chicago: CheckingClient, write: Write, typed: str
) -> None:
    write(lambda session: make_listing(session, name=f"Zoe {typed.title()}", **CHICAGO))

    found = chicago.get("/api/v1/search?q=" + quote(typed)).json

    choice = found["understood"]["choices"][-1]
    assert choice["label"] == f"Listings with the words “{typed}”"
    assert [one["name"] for one in chicago.get("/api/v1" + choice["url"].partition("8000")[2]).json["results"]] == [
        f"Zoe {typed.title()}"
    ]


@pytest.mark.parametrize("typed", ["Springfield", "Zamora", "Chicago", "Sedgwick, Kansas"])
def test_a_town_that_is_nobodys_name_offers_none(chicago: CheckingClient, typed: str) -> None:
    labels = [one["label"] for one in chicago.get("/api/v1/search?q=" + quote(typed)).json["understood"]["choices"]]

    assert not [label for label in labels if label.startswith("Listings with")]


def test_a_misspelt_name_that_looks_like_a_misspelt_town_offers_the_name(chicago: CheckingClient, write: Write) -> None:
    write(lambda session: make_listing(session, name="Ida Lockhart", **CHICAGO))

    found = chicago.get("/api/v1/search?q=Lokhart").json["understood"]

    assert found["place"]["name"] == "Lockhart"
    name = next(one for one in found["choices"] if one["label"] == "Listings with the words “Lockhart”")
    assert "Ida Lockhart" in unmarked(chicago.get(name["url"]).text)


def test_a_misspelt_wish_is_said_and_both_towns_are_searched(chicago: CheckingClient) -> None:
    spanish = chicago.get("/api/v1/search?q=" + quote("Chicago Spansh")).json
    both = chicago.get("/api/v1/search?q=" + quote("Chicago / Evanston")).json

    assert spanish["understood"]["corrections"] == ["We read “Spansh” as Spanish."]
    assert {r["name"] for r in spanish["results"]} == {"Ana Ruiz", "Cara Dunn"}
    assert (both["understood"]["place"]["name"], both["and_near"]["name"]) == ("Chicago", "Evanston")
    assert chicago.get("/search?q=" + quote("Chicago / Evanston")).location.startswith(
        "/search?place=4887398&and_near="
    )


@pytest.mark.parametrize("query", ["", "?q=", "?q=near+me", "?page=2", "?text=%F0%9F%99%82"])
def test_who_asks_for_nothing_is_asked_where(chicago: CheckingClient, query: str) -> None:
    page = chicago.get(f"/search{query}", follow_redirects=True).text

    assert "<h1>Find a therapist</h1>" in page and page.count("Where are you?") == 1 and "Browse by country" in page


def test_nul_is_refused_clearly(chicago: CheckingClient) -> None:
    assert chicago.get("/search?q=a%00b").status_code == 400


def test_a_town_beside_a_usual_word_is_a_town_though_somebody_writes_both(
    client: CheckingClient, engine: Engine
) -> None:
    with Session(engine) as session:
        make_listing(session, name="Ana Ruiz", bio="Paartherapie in Zürich.", **CHICAGO)
        session.commit()

    assert client.get("/search?q=Paartherapie+Zürich").headers["Location"].startswith("/search?place=2657896")


def test_what_is_not_wished_is_left_out_and_said(chicago: CheckingClient) -> None:
    found = chicago.get("/search?q=" + quote("Chicago, no insurance"), follow_redirects=True)
    nowhere = chicago.get("/search?q=" + quote("not in Chicago"), follow_redirects=True)

    assert found.request.args.getlist("payment") == []
    assert "3 therapists within" in found.text
    assert "We left out “no insurance”. A search can only look for what somebody offers." in found.text
    assert "We left out “not in Chicago”." in nowhere.text and "Where are you?" in nowhere.text
    assert "could not place" not in nowhere.text


def test_who_does_not_wish_to_meet_online_is_shown_who_meets_in_person(chicago: CheckingClient) -> None:
    found = chicago.get("/search?q=" + quote("Chicago, not online"), follow_redirects=True)

    assert found.request.args.getlist("delivery") == ["in_person"]
    assert "We left out" not in found.text


@pytest.mark.parametrize("word", ["black", "asian"])
def test_where_a_therapist_comes_from_is_left_out_and_said_as_what_it_is(
    client: CheckingClient, engine: Engine, word: str
) -> None:
    with Session(engine) as session:
        make_listing(session, name="Ana Ruiz", bio=f"I am a {word} woman.", **CHICAGO)
        make_listing(session, name="Bea Ruiz", **CHICAGO)
        session.commit()

    found = client.get(f"/search?q={word}+therapist+chicago", follow_redirects=True)

    assert f"We left out “{word}”: a search does not know where anybody's family comes from." in unescape(found.text)
    assert "nobody's faith" not in unescape(found.text)
    assert f"/search?place=4887398&amp;text={word}" in found.text and "2 therapists within" in found.text


@pytest.mark.parametrize("line", ["free couples therapy chicago", "kostenlose Paartherapie Chicago"])
def test_who_asks_for_what_costs_nothing_is_told_and_led_to_a_lower_fee(
    client: CheckingClient, engine: Engine, line: str
) -> None:
    with Session(engine) as session:
        make_listing(session, payment=["sliding_scale"], **CHICAGO)
        make_listing(session, payment=["reduced_fee"], **CHICAGO)
        make_listing(session, payment=["insurance"], **CHICAGO)
        session.commit()

    page = client.get(f"/search?q={quote(line)}", follow_redirects=True)

    assert f"We left out “{line.split()[0]}”." in page.text and "3 therapists within" in page.text
    assert "payment=reduced_fee&amp;payment=sliding_scale" in page.text
    assert "2 therapists with places at a lower fee" in page.text


WHERE = "you see who you can reach"


@pytest.mark.parametrize("path", ["/search?language=es", "/search?delivery=online&language=fr"])
def test_who_says_no_place_is_told_what_it_would_give(chicago: CheckingClient, path: str) -> None:
    assert WHERE in chicago.get(path, follow_redirects=True).text


@pytest.mark.parametrize("path", ["/search?place=4887398&language=es", "/search?in=US", "/search?text=Cole"])
def test_who_named_a_place_or_a_person_is_not(chicago: CheckingClient, path: str) -> None:
    assert WHERE not in chicago.get(path, follow_redirects=True).text


def test_which_of_several_places_was_meant_is_asked_first(chicago: CheckingClient) -> None:
    page = chicago.get("/search?q=Springfield", follow_redirects=True).text

    assert '<h1 id="found">Which Springfield do you mean?</h1>' in page and "Or did you mean" not in page
    assert page.index('class="choices') < page.index("We looked near Springfield, Missouri, United States first, and")


def test_where_there_is_nothing_to_choose_from_nothing_is_asked(chicago: CheckingClient) -> None:
    page = chicago.get("/search?q=Mariehamn", follow_redirects=True).text

    assert "Which Mariehamn do you mean?" not in page and "Mariehamn" in page


@pytest.mark.parametrize(("line", "left"), [("Chicago under $150", "under $150"), ("under $150", "under $150")])
def test_that_a_price_was_left_out_is_said(chicago: CheckingClient, line: str, left: str) -> None:
    page = chicago.get(f"/search?q={quote(line)}", follow_redirects=True).text

    assert f"A search cannot look for a price, so we left out “{left}”." in page


def test_who_only_wishes_to_meet_online_is_taken_to_be_at_home(chicago: CheckingClient) -> None:
    american = {"Accept-Language": "en-US"}
    found = chicago.get("/api/v1/search?q=online", headers=american).json
    page = chicago.get("/search?q=online", headers=american, follow_redirects=True).text

    assert found["summary"] == "1 therapist online who may see people in the United States"
    assert {"kind": "place", "value": "US", "label": "United States"} in found["understood"]["chips"]
    assert "You named no place, so we took the United States: who works online may not see people everywhere." in page


def test_where_nobody_at_home_meets_online_everybody_who_does_is_shown(chicago: CheckingClient) -> None:
    found = chicago.get("/api/v1/search?q=online", headers={"Accept-Language": "ko-KR"}).json

    assert found["understood"]["place"] is None and found["total"] == 2


def test_a_name_that_is_borne_elsewhere_is_offered(chicago: CheckingClient) -> None:
    found = chicago.get("/api/v1/search?place=6167865&text=Dunn").json

    assert [(one["label"], one["url"].partition("?")[2]) for one in found["understood"]["choices"]] == [
        ("Listings with the words “Dunn”", "text=Dunn")
    ]  # fmt: skip
    assert chicago.get("/api/v1/search?place=6167865&text=zzzzqqqq").json["understood"]["choices"] == []


def test_a_wish_no_listing_answers_is_said_and_who_writes_of_it_is_offered(
    chicago: CheckingClient, write: Write
) -> None:
    write(lambda session: make_listing(session, name="Ada Noor", bio="A muslim marriage, with care.", **CHICAGO))

    page = chicago.get("/search?q=" + quote("muslim therapist Chicago"), follow_redirects=True).text

    assert "We left out “muslim”: a search knows" in page
    assert "Listings with the words “muslim”" in page


def test_who_writes_of_a_wish_elsewhere_alone_is_offered_as_anywhere(chicago: CheckingClient, write: Write) -> None:
    write(lambda session: make_listing(session, name="Ada Noor", bio="A muslim marriage, with care.", **CHICAGO))

    far = chicago.get("/search?q=" + quote("muslim therapist Toronto"), follow_redirects=True).text
    unplaced = chicago.get("/search?q=" + quote("muslim therapist"), follow_redirects=True).text

    assert "Listings anywhere with the words “muslim”" in far and "Listings with the words “muslim”" not in far
    assert "Listings with the words “muslim”" in unplaced


def test_a_misspelt_city_of_millions_is_no_name_by_its_sound(chicago: CheckingClient, write: Write) -> None:
    write(lambda session: make_listing(session, name="Ben Reed", **CHICAGO))

    page = chicago.get("/search?q=" + quote("الريض"), follow_redirects=True).text

    assert "Riyadh" in page.partition("<h1>")[2].partition("</h1>")[0] and "Reed" not in unmarked(page)
