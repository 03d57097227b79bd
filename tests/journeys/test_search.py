"""The whole way from a typed line to a therapist's page, on the real places, database and index."""

import json
import re
from datetime import timedelta
from urllib.parse import quote

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from referral.listings import revisions
from tests.client import CheckingClient
from tests.conftest import NOW
from tests.make import TODAY
from tests.people import CHICAGO, make_listing


def test_a_typed_town_leads_to_a_therapists_page(chicago: CheckingClient) -> None:
    redirect = chicago.get("/search?q=Chicago")
    assert redirect.status_code == 303 and redirect.headers["Location"] == "/search?place=4887398"

    page = chicago.get(redirect.headers["Location"]).text
    assert "3 therapists within 25\xa0miles of Chicago, Illinois, United States" in page
    assert page.index("Ben Cole") and page.index("Ana Ruiz") < page.index("Cara Dunn")
    assert "Dov Levi" not in page

    assert "Ana Ruiz" in chicago.get("/therapists/ana-ruiz").text


def test_a_language_narrows_and_can_be_taken_away(chicago: CheckingClient) -> None:
    page = chicago.get("/search?place=4887398&language=es").text
    found = chicago.get("/api/v1/search?place=4887398&language=es").json

    assert {r["name"] for r in found["results"]} == {"Ana Ruiz", "Cara Dunn"}
    assert 'href="/search?place=4887398"' in page


def test_two_languages_must_both_be_spoken(chicago: CheckingClient) -> None:
    found = chicago.get("/api/v1/search?place=4887398&language=es&language=en").json

    assert {r["name"] for r in found["results"]} == {"Ana Ruiz", "Cara Dunn"}


def test_online_asks_who_may_serve_people_there(chicago: CheckingClient) -> None:
    found = chicago.get("/api/v1/search?q=" + quote("Toronto, online, French")).json

    assert found["understood"]["place"]["name"] == "Toronto"
    assert [r["name"] for r in found["results"]] == ["Eve Roy"]


def test_a_withdrawn_listing_is_gone_at_the_next_search(chicago: CheckingClient, engine: Engine) -> None:
    assert chicago.get("/api/v1/search?place=4887398").json["total"] == 3

    with Session(engine) as session:
        listing = make_listing(session, name="Fay Gone", **CHICAGO)
        session.commit()
        assert chicago.get("/api/v1/search?place=4887398").json["total"] == 4
        revisions.set_status(session, listing.id, "hidden", NOW)
        session.commit()

    assert chicago.get("/api/v1/search?place=4887398").json["total"] == 3
    assert chicago.get("/therapists/fay-gone").status_code == 404


def test_the_json_has_the_shape_of_the_contract(chicago: CheckingClient) -> None:
    found = chicago.get("/api/v1/search?place=4887398").json
    result = found["results"][0]

    assert {"understood", "total", "page", "results", "facets", "widened", "networks", "guidance"} <= set(found)
    assert set(found["understood"]) == {"place", "chips", "corrections", "choices", "unread"}
    assert {"id", "name", "suffix", "url", "distance_km", "formats", "languages", "credentials", "new_clients",
            "attested_on", "locality", "country", "point"} <= set(result)  # fmt: skip
    assert set(result["new_clients"]) == {"value", "confirmed_on"}
    assert set(found["facets"]["language"][0]) == {"term", "label", "count", "selected"}
    assert json.dumps(found).count("@") == 0


def test_a_facet_counts_what_choosing_it_would_find(chicago: CheckingClient) -> None:
    facets = chicago.get("/api/v1/search?place=4887398").json["facets"]

    for term in facets["language"]:
        there = chicago.get(f"/api/v1/search?place=4887398&language={term['term']}").json
        assert there["total"] == term["count"]


def test_the_point_shown_is_the_coarse_one(client: CheckingClient, engine: Engine) -> None:
    with Session(engine) as session:
        make_listing(session, name="Ina Hidden", **(CHICAGO | {"lat": 41.883712, "lon": -87.629113}))
        session.commit()

    point = client.get("/api/v1/search?place=4887398").json["results"][0]["point"]

    assert point != [41.883712, -87.629113]
    assert "41.8837" not in client.get("/therapists/ina-hidden").text


def test_a_place_alone_is_not_said_a_third_time(chicago: CheckingClient) -> None:
    alone, with_more = (chicago.get(f"/search?place=4887398{more}").text for more in ("", "&language=es"))

    assert 'class="chip"' not in alone
    assert with_more.count('class="chip"') == 2


def test_the_rule_of_the_order_stands_behind_the_list(chicago: CheckingClient) -> None:
    page = chicago.get("/search?place=4887398").text

    assert page.rindex("</article>") < page.index("How this order works")


def test_the_filters_stand_open_where_their_second_place_is_none(chicago: CheckingClient) -> None:
    page = chicago.get("/search?place=4887398&and_q=asdfqwer").text

    assert '<details class="filters" open>' in page
    assert '<details class="filters">' in chicago.get("/search?place=4887398").text


def test_a_page_past_the_end_is_the_last_one(chicago: CheckingClient) -> None:
    assert "Ana Ruiz" in chicago.get("/search?place=4887398&page=9").text


def test_a_program_that_counts_pages_comes_to_an_end(chicago: CheckingClient) -> None:
    first, past = (chicago.get(f"/api/v1/search?place=4887398&page={page}").json for page in (1, 9))

    assert (first["page"], first["pages"], len(first["results"])) == (1, 1, 3)
    assert (past["page"], past["pages"], past["total"], past["results"]) == (9, 1, 3, [])
    assert past["widened"] == [] and past["facets"] == first["facets"]


def test_online_counts_what_choosing_it_finds(chicago: CheckingClient) -> None:
    facets = chicago.get("/api/v1/search?place=4887398").json["facets"]

    for term in facets["delivery"]:
        there = chicago.get(f"/api/v1/search?place=4887398&delivery={term['term']}").json
        assert there["total"] == term["count"], term


def test_who_works_only_online_has_a_country(client: CheckingClient, engine: Engine) -> None:
    with Session(engine) as session:
        make_listing(session, name="Olga Web", delivery=["online"], serves=["US-IL"], offices=[])
        session.commit()

    page = client.get("/therapists/olga-web").text

    assert "Online, from the United States" in page and 'href="/networks/in/US"' in page
    assert client.get("/api/v1/search?in=US").json["total"] == 1


def test_words_that_were_searched_for_are_marked(client: CheckingClient, engine: Engine) -> None:
    with Session(engine) as session:
        bio = "I came late to this work. " * 12 + "What I love are **quiet** evenings & <b>dialogues</b>."
        make_listing(session, name="Ana Ruiz", bio=bio, **CHICAGO)
        session.commit()

    page = client.get("/search?text=dialogue").text

    assert "<mark>dialogues</mark>" in page and "&lt;b&gt;" in page and "<b>dialogues" not in page
    assert "<mark>" not in client.get("/search?in=US").text


def test_a_word_that_leaves_few_is_said_to_be_a_filter(client: CheckingClient, engine: Engine) -> None:
    with Session(engine) as session:
        make_listing(session, name="Ana Ruiz", bio="I love quiet gardens.", **CHICAGO)
        for name in ("Ben Cole", "Cara Dunn", "Gardens Ruth"):
            make_listing(session, name=name, bio="We talk.", **CHICAGO)
        session.commit()

    said = "Only those whose entry holds “quiet” are shown: 1 of 4."

    assert said in client.get("/search?place=4887398&text=quiet").text
    assert "Only those" not in client.get("/search?place=4887398&text=talk").text
    assert "Only those" not in client.get("/search?place=4887398&text=gardens").text
    assert "Only those" not in client.get("/search?text=quiet").text


def test_a_name_is_marked_where_it_was_found_also_in_another_script(client: CheckingClient, engine: Engine) -> None:
    with Session(engine) as session:
        make_listing(session, name="Пётр Иванов", **CHICAGO)
        make_listing(session, name="Ann O'Hara & Ivanov", bio="I work with dialogues.", **CHICAGO)
        session.commit()

    page = client.get("/search?text=ivanov").text
    both = client.get("/search?text=ivanov+dialogue").text

    assert ">Пётр <mark>Иванов</mark></a>" in page and ">Ann O&#39;Hara &amp; <mark>Ivanov</mark></a>" in page
    assert "<mark>Ivanov</mark></a>" in both and "<mark>dialogues</mark>" in both
    assert "<mark>" not in client.get("/search?in=US").text


def test_a_card_does_not_say_two_days_of_the_same(client: CheckingClient, engine: Engine) -> None:
    with Session(engine) as session:
        make_listing(
            session,
            status="unconfirmed",
            attested_on=TODAY - timedelta(100),
            new_clients="accepting",
            new_clients_confirmed_on=TODAY - timedelta(40),
            **CHICAGO,
        )
        session.commit()
    said = client.get("/search?place=4887398").text

    assert "The other details were last confirmed on" in said and "Last confirmed on" not in said


def test_a_card_names_its_country_only_where_the_page_does_not(chicago: CheckingClient) -> None:
    assert '<p class="where">Chicago, Illinois</p>' in chicago.get("/search?in=US").text
    assert '<p class="where">Chicago, Illinois, United States</p>' in chicago.get("/search?language=en").text


def test_a_town_is_called_alike_in_the_headline_and_on_the_card(chicago: CheckingClient) -> None:
    page = chicago.get("/he/search?place=4887398").text

    card = page.split("<article")[1].split("</article")[0]
    assert '<bdi dir="rtl">שיקגו, אילינוי</bdi>' in card and "Chicago" not in card


def test_links_to_other_languages_repeat_only_what_a_search_knows(chicago: CheckingClient) -> None:
    strange = "&".join(f"utm_{n}=x" for n in range(300))
    plain, page = (
        chicago.get("/search?place=4887398&language=es").text,
        chicago.get(f"/search?place=4887398&{strange}&language=es").text,
    )

    assert 'href="/de/search?place=4887398&amp;language=es"' in plain
    assert "utm_" not in page and page == plain


def test_a_box_that_nobody_changed_means_what_is_shown(chicago: CheckingClient) -> None:
    shown = "/search?near=41.9%2C-87.7&radius=16&language=en"
    form = chicago.get(shown).text.partition('role="search"')[2].partition("</form>")[0]
    sent = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form.replace("&amp;", "&")))
    line = re.search(r'id="where" name="q" value="([^"]*)"', form)

    assert line and line[1] == sent["of"] and line[1].startswith("near ")
    again = chicago.get("/search", query_string=sent | {"q": line[1]}).headers["Location"]
    assert again == shown
    other = chicago.get("/search", query_string=sent | {"q": "Evanston, Illinois"}).headers["Location"]
    assert other == "/search?place=4891382&language=en"
