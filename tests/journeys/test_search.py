"""The whole way from a typed line to a therapist's page, on the real places, database and index."""

import json
from datetime import timedelta
from urllib.parse import quote

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from referral.listings import revisions
from tests.client import CheckingClient
from tests.conftest import NOW
from tests.make import TODAY
from tests.people import CHICAGO, EVANSTON, TORONTO, Write, make_listing


@pytest.fixture
def chicago(client: CheckingClient, engine: Engine) -> CheckingClient:
    """A directory with four people around Chicago and one in Toronto who works online."""
    with Session(engine) as session:
        make_listing(session, name="Ana Ruiz", languages=["es", "en"], delivery=["in_person"], **CHICAGO)
        make_listing(session, name="Ben Cole", languages=["en"], delivery=["in_person", "online"], **CHICAGO)
        make_listing(session, name="Cara Dunn", languages=["en", "es"], delivery=["in_person"], **EVANSTON)
        make_listing(session, name="Dov Levi", languages=["he"], delivery=["in_person"], status="paused", **CHICAGO)
        make_listing(
            session, name="Eve Roy", languages=["fr"], delivery=["online"], serves=["CA-ON", "US-IL"], **TORONTO
        )
        session.commit()
    return client


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


def test_few_hits_are_widened_in_words(chicago: CheckingClient) -> None:
    found = chicago.get("/api/v1/search?place=4887398&language=fr").json

    assert found["total"] == 0
    assert [w["kind"] for w in found["wider"]] == ["online", "without"]
    assert found["wider"][0]["results"][0]["name"] == "Eve Roy"
    assert found["widened"] == ["1 therapist online who may see you there", "3 therapists if you leave out “French”"]
    assert found["networks"] and found["guidance"]


def test_a_withdrawn_listing_is_gone_at_the_next_search(chicago: CheckingClient, engine: Engine) -> None:
    assert chicago.get("/api/v1/search?place=4887398").json["total"] == 3

    with Session(engine) as session:
        listing = make_listing(session, name="Fay Gone", **CHICAGO)
        session.commit()
        assert chicago.get("/api/v1/search?place=4887398").json["total"] == 4
        revisions.withdraw(session, listing.id, NOW)
        session.commit()

    assert chicago.get("/api/v1/search?place=4887398").json["total"] == 3
    assert chicago.get("/therapists/fay-gone").status_code == 404


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


def test_a_place_alone_is_not_said_a_third_time(chicago: CheckingClient) -> None:
    alone, with_more = (chicago.get(f"/search?place=4887398{more}").text for more in ("", "&language=es"))

    assert 'class="chip"' not in alone
    assert with_more.count('class="chip"') == 2


def test_a_wider_search_says_who_stands_above_and_leads_on_only_to_more(chicago: CheckingClient) -> None:
    page = chicago.get("/search?place=4887398&delivery=in_person&language=es").text

    assert "3 therapists if you leave out “Spanish”, with those above" in page
    assert "Ben Cole" in page and "See all of these" not in page


def test_the_rule_of_the_order_stands_behind_the_list(chicago: CheckingClient) -> None:
    page = chicago.get("/search?place=4887398").text

    assert page.rindex("</article>") < page.index("How this order works")


def test_the_filters_stand_open_where_their_second_place_is_none(chicago: CheckingClient) -> None:
    page = chicago.get("/search?place=4887398&and_q=asdfqwer").text

    assert '<details class="filters" open>' in page
    assert '<details class="filters">' in chicago.get("/search?place=4887398").text


def test_where_no_wish_alone_shuts_people_out_all_are_left_out(chicago: CheckingClient) -> None:
    found = chicago.get("/api/v1/search?place=4887398&language=ja&language=ko").json

    assert found["total"] == 0
    assert found["widened"][-1].endswith("if you leave out “Japanese, Korean”")
    assert found["wider"][-1]["results"]


@pytest.mark.parametrize("typed", ["Cara Dunn", "cara dunn", "Ben Cole"])
def test_a_therapists_name_is_no_misspelt_town(chicago: CheckingClient, typed: str) -> None:
    found = chicago.get("/api/v1/search?q=" + quote(typed)).json

    assert [r["name"].lower() for r in found["results"]] == [typed.lower()]


def test_a_small_town_that_is_also_a_name_offers_the_name(chicago: CheckingClient) -> None:
    found = chicago.get("/api/v1/search?q=Cole").json

    assert found["understood"]["place"]["name"] == "Cole"
    choice = found["understood"]["choices"][-1]
    assert choice["label"] == "Listings with the words “Cole”"
    assert "Ben Cole" in chicago.get(choice["url"]).text


def test_a_misspelt_name_that_looks_like_a_misspelt_town_offers_the_name(chicago: CheckingClient, write: Write) -> None:
    write(lambda session: make_listing(session, name="Ida Lockhart", **CHICAGO))

    found = chicago.get("/api/v1/search?q=Lokhart").json["understood"]

    assert found["place"]["name"] == "Lockhart"
    name = next(one for one in found["choices"] if one["label"] == "Listings with the words “lockhart”")
    assert "Ida Lockhart" in chicago.get(name["url"]).text


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


@pytest.mark.parametrize("path", ["/search?place=999999999999", "/search?in=XX", "/search?in=US-ZZ"])
def test_a_place_nobody_knows_is_said(chicago: CheckingClient, path: str) -> None:
    page = chicago.get(path).text

    assert page.count("We could not place") == 2 and "in all countries" not in page  # the title and the heading


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


def test_nul_is_refused_clearly(chicago: CheckingClient) -> None:
    assert chicago.get("/search?q=a%00b").status_code == 400


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


def test_a_town_beside_a_usual_word_is_a_town_though_somebody_writes_both(
    client: CheckingClient, engine: Engine
) -> None:
    with Session(engine) as session:
        make_listing(session, name="Ana Ruiz", bio="Paartherapie in Zürich.", **CHICAGO)
        session.commit()

    assert client.get("/search?q=Paartherapie+Zürich").headers["Location"].startswith("/search?place=2657896")


def test_what_is_not_wished_is_left_out_and_said(chicago: CheckingClient) -> None:
    found = chicago.get("/search?q=" + quote("Chicago, not online"), follow_redirects=True)
    nowhere = chicago.get("/search?q=" + quote("not in Chicago"), follow_redirects=True)

    assert found.request.args.getlist("delivery") == []
    assert "3 therapists within" in found.text
    assert "We left out “not online”. A search can only look for what somebody offers." in found.text
    assert "We left out “not in Chicago”." in nowhere.text and "Where are you?" in nowhere.text
    assert "could not place" not in nowhere.text


WHERE = "you see who you can reach"


@pytest.mark.parametrize("path", ["/search?language=es", "/search?delivery=online&language=fr", "/search?q=online"])
def test_who_says_no_place_is_told_what_it_would_give(chicago: CheckingClient, path: str) -> None:
    assert WHERE in chicago.get(path, follow_redirects=True).text


@pytest.mark.parametrize("path", ["/search?place=4887398&language=es", "/search?in=US", "/search?text=Cole"])
def test_who_named_a_place_or_a_person_is_not(chicago: CheckingClient, path: str) -> None:
    assert WHERE not in chicago.get(path, follow_redirects=True).text


def test_why_more_are_online_than_in_the_circle_is_said(chicago: CheckingClient) -> None:
    told = "everyone who may work with people there"

    assert told in chicago.get("/search?place=4887398").text
    assert told not in chicago.get("/search?in=US").text


def test_wishes_that_nobody_fits_do_not_make_the_place_empty(client: CheckingClient, engine: Engine) -> None:
    with Session(engine) as session:
        make_listing(session, name="Ann Able", languages=["en"], **CHICAGO)
        session.commit()

    said = client.get("/search?place=4887398&language=he").text.replace("\xa0", " ")
    assert "Nobody within 25 miles of Chicago, Illinois, United States fits all of this" in said
    assert "No therapist within" in client.get("/search?place=5263045").text


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


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/search?place=4887398&language=fr", "We looked further for you."),
        ("/search?place=4887398&language=es&topic=grief", "We looked with fewer wishes for you."),
        ("/search?place=3413829", "Try a larger place, or ask one of the networks below."),
        ("/search?place=3413829&language=he", "Try a larger place or fewer wishes, or ask one of the networks below."),
    ],
)
def test_who_finds_nobody_is_told_only_what_may_help(chicago: CheckingClient, path: str, said: str) -> None:
    assert f'<p class="lead">{said}</p>' in chicago.get(path).text


def test_where_nobody_is_listed_no_larger_place_is_praised(client: CheckingClient) -> None:
    page = client.get("/search?place=4887398").text

    assert "Nobody is listed here yet. A network can say who is near." in page and "Try a larger" not in page


def test_which_of_several_places_was_meant_is_asked_first(chicago: CheckingClient) -> None:
    page = chicago.get("/search?q=Springfield", follow_redirects=True).text

    assert '<h1 id="found">Which Springfield do you mean?</h1>' in page and "Or did you mean" not in page
    assert page.index('class="choices"') < page.index("We looked near Springfield, Missouri, United States first, and")


def test_a_card_names_its_country_only_where_the_page_does_not(chicago: CheckingClient) -> None:
    assert '<p class="where">Chicago, Illinois</p>' in chicago.get("/search?in=US").text
    assert '<p class="where">Chicago, Illinois, United States</p>' in chicago.get("/search?language=en").text


def test_a_town_is_called_alike_in_the_headline_and_on_the_card(chicago: CheckingClient) -> None:
    page = chicago.get("/he/search?place=4887398").text

    card = page.split("<article")[1].split("</article")[0]
    assert '<bdi dir="rtl">שיקגו, אילינוי</bdi>' in card and "Chicago" not in card


@pytest.mark.parametrize("where", ["0,0", "90,0", "-90,0", "-77.85,166.67"])
def test_at_sea_and_at_the_poles_there_are_ways_on(chicago: CheckingClient, where: str) -> None:
    page, found = chicago.get(f"/search?near={where}").text, chicago.get(f"/api/v1/search?near={where}").json

    assert found["total"] == 0 and found["wider"][0]["kind"] == "nearest"
    assert [n["level"] for n in found["networks"]] and {n["level"] for n in found["networks"]} == {"international"}
    assert found["networks"][0]["name"] in page


def test_where_nobody_is_near_one_hears_who_is_nearest(chicago: CheckingClient) -> None:
    """Longyearbyen has nobody within 500 km, and nobody online for it."""
    page, found = (chicago.get(f"{path}?place=2729907").text for path in ("/search", "/api/v1/search"))
    answer = json.loads(found)

    assert answer["widened"] == ["The nearest is about 5,390\xa0km away, in Toronto, Ontario, Canada"]
    assert [person["name"] for person in answer["wider"][0]["results"]] == ["Eve Roy"]
    assert answer["widened"][0] in page and 'href="/therapists/eve-roy"' in page
    near = answer["wider"][0]["url"].removeprefix("http://127.0.0.1:8000")
    assert f'href="{near}"' in page and chicago.get(f"/api/v1{near}").json["total"] == 1


def test_the_nearest_fits_the_wishes_and_without_any_it_is_whoever_is_nearest(chicago: CheckingClient) -> None:
    def nearest(wish: str) -> str:
        answer = chicago.get(f"/api/v1/search?place=2729907&{wish}").json
        return str(answer["wider"][0]["results"][0]["name"])

    assert nearest("language=es") in ("Ana Ruiz", "Cara Dunn")
    assert nearest("language=ja") == nearest("delivery=online") == "Eve Roy"


def test_nobody_is_nearest_where_somebody_is_near(chicago: CheckingClient) -> None:
    for path in ("place=4887398", "place=4887398&language=fr", "in=CA", "text=imago"):
        assert "nearest" not in [w["kind"] for w in chicago.get(f"/api/v1/search?{path}").json["wider"]]


def test_nobody_listed_at_all_has_no_nearest(client: CheckingClient) -> None:
    answer = client.get("/api/v1/search?near=0,0").json

    assert answer["widened"] == [] and answer["networks"]


def test_links_to_other_languages_repeat_only_what_a_search_knows(chicago: CheckingClient) -> None:
    strange = "&".join(f"utm_{n}=x" for n in range(300))
    plain, page = (
        chicago.get("/search?place=4887398&language=es").text,
        chicago.get(f"/search?place=4887398&{strange}&language=es").text,
    )

    assert 'href="/de/search?place=4887398&amp;language=es"' in plain
    assert "utm_" not in page and page == plain


@pytest.mark.parametrize(
    ("path", "said"),
    [("/search?in=US-IL&payment=insurance", "Nobody fits all of this: Illinois, United States"),
     ("/search?near=41.88,-87.63&payment=insurance", "Nobody fits all of this: near Chicago"),
     ("/search?place=4887398&payment=insurance", "Nobody within 25\xa0miles of Chicago, Illinois"),
     ("/search?place=4887398&and_near=4891382&payment=insurance", "Nobody who may help both of you fits all of this"),
     ("/search?place=4887398&delivery=online&payment=insurance", "Nobody fits all of this: Chicago")],
)  # fmt: skip
def test_who_is_there_and_fits_not_all_is_not_said_to_be_nobody(chicago: CheckingClient, path: str, said: str) -> None:
    page = chicago.get(path).text

    assert said in page and "<h1>No therapist" not in page


def test_a_part_of_the_world_offers_its_countries_where_somebody_is(chicago: CheckingClient) -> None:
    page = chicago.get("/search?q=North America", follow_redirects=True).text
    found = chicago.get("/api/v1/search?q=Nordamerika, online").json

    assert ">North America: which country?</h1>" in page and "could not place" not in page
    assert page.index('href="/search?in=US"') < page.index('href="/search?in=CA"')
    assert [(one["label"], one["url"].partition("?")[2]) for one in found["understood"]["choices"]] == [
        ("Canada", "in=CA&delivery=online"), ("United States", "in=US&delivery=online")
    ]  # fmt: skip
    assert found["understood"]["unread"] == "" and found["total"] == 2


def test_a_name_that_is_borne_elsewhere_is_offered(chicago: CheckingClient) -> None:
    found = chicago.get("/api/v1/search?place=6167865&text=Dunn").json

    assert [(one["label"], one["url"].partition("?")[2]) for one in found["understood"]["choices"]] == [
        ("Listings with the words “Dunn”", "text=Dunn")
    ]  # fmt: skip
    assert chicago.get("/api/v1/search?place=6167865&text=zzzzqqqq").json["understood"]["choices"] == []


def test_wishes_without_a_place_lead_on_too(chicago: CheckingClient) -> None:
    found = chicago.get("/api/v1/search?language=es&language=yi").json

    assert (found["total"], found["widened"]) == (0, ["2 therapists if you leave out “Yiddish”"])


def test_who_wants_to_meet_online_is_led_to_nobody_in_person(chicago: CheckingClient) -> None:
    found = chicago.get("/api/v1/search?in=KE&delivery=online&language=yi").json

    assert "nearest" not in {one["kind"] for one in found["wider"]}


def test_a_part_of_the_world_where_nobody_is_says_so(chicago: CheckingClient) -> None:
    page = chicago.get("/search?q=Balkans", follow_redirects=True).text

    assert "Balkans: which country?" not in page and "Nobody is listed here yet. A network can say who is near." in page
