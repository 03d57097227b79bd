"""Few or nobody found: what the page looks at beyond the search, and what it says of it."""

import json

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.client import CheckingClient
from tests.people import CHICAGO, make_listing


def test_few_hits_are_widened_in_words(chicago: CheckingClient) -> None:
    found = chicago.get("/api/v1/search?place=4887398&language=fr").json

    assert found["total"] == 0
    assert [w["kind"] for w in found["wider"]] == ["online", "without"]
    assert found["wider"][0]["results"][0]["name"] == "Eve Roy"
    assert found["widened"] == ["1 therapist online who may see you there", "3 therapists if you leave out “French”"]
    assert found["networks"] and found["guidance"]


def test_a_wider_search_says_who_stands_above_and_leads_on_only_to_more(chicago: CheckingClient) -> None:
    page = chicago.get("/search?place=4887398&delivery=in_person&language=es").text

    assert "3 therapists if you leave out “Spanish”, with those above" in page
    assert "Ben Cole" in page and "See all of these" not in page


def test_where_no_wish_alone_shuts_people_out_all_are_left_out(chicago: CheckingClient) -> None:
    found = chicago.get("/api/v1/search?place=4887398&language=ja&language=ko").json

    assert found["total"] == 0
    assert found["widened"][-1].endswith("if you leave out “Japanese, Korean”")
    assert found["wider"][-1]["results"]


def test_a_small_circle_and_a_wish_are_widened_together_before_the_nearest_far_away_is_shown(
    chicago: CheckingClient,
) -> None:
    """Aurora is 38 miles from Chicago; nobody speaks Korean anywhere."""
    found = chicago.get("/api/v1/search?place=4883817&radius=5&language=ko").json

    assert found["total"] == 0
    assert found["widened"] == ["3 therapists within 50\xa0miles if you leave out “Korean”"]
    assert len(found["wider"][0]["results"]) == 3 and "radius=80" in found["wider"][0]["url"]


@pytest.mark.parametrize("path", ["/search?place=999999999999", "/search?in=XX", "/search?in=US-ZZ"])
def test_a_place_nobody_knows_is_said(chicago: CheckingClient, path: str) -> None:
    page = chicago.get(path).text

    assert page.count("The place of this link is no longer known here") == 2  # the title and the heading
    assert "in all countries" not in page and "We could not place" not in page and "letter slipped" not in page
    assert 'value="999' not in page and "“US-ZZ”" not in page


def test_words_that_are_nearly_a_name_are_not_said_to_be_a_place(client: CheckingClient, engine: Engine) -> None:
    with Session(engine) as session:
        make_listing(session, name="Hannah Gold", bio="On patience.", **CHICAGO)
        session.commit()
    page, other = client.get("/search?text=Golld").text, client.get("/search?text=patienxe").text

    assert ">Nobody listed goes by “Golld”</h1>" in page and ">Gold</a></strong>?" in page
    assert ">Nobody listed writes of “patienxe” yet</h1>" in other and ">patience</a></strong>?" in other
    assert "could not place" not in page + other


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


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/search?place=4887398&language=fr", "We looked further for you."),
        ("/search?place=4887398&language=es&topic=grief", "We looked with fewer wishes for you."),
        ("/search?place=3413829", "Nobody is listed here yet. A network can say who is near."),
        ("/search?in=IS", "Nobody is listed here yet. A network can say who is near."),
        ("/search?place=3413829&language=he", "Try fewer wishes, or ask one of the networks below."),
        ("/search?place=3413829&radius=500", "Nobody is listed here yet. A network can say who is near."),
    ],
)
def test_who_finds_nobody_is_told_only_what_may_help(chicago: CheckingClient, path: str, said: str) -> None:
    assert f'<p class="lead">{said}</p>' in chicago.get(path).text


def test_where_nobody_is_listed_no_larger_place_is_praised(client: CheckingClient) -> None:
    page = client.get("/search?place=4887398").text

    assert "Nobody is listed here yet. A network can say who is near." in page and "Try a larger" not in page


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

    assert answer["widened"] == [
        "The nearest who may take new clients is about 5,390\xa0km away, in Toronto, Ontario, Canada"
    ]
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


REYKJAVIK = {"lat": 64.14, "lon": -21.94, "country": "IS", "region": "", "locality": "Reykjavik"}


def test_who_is_put_forward_far_away_may_take_new_clients(chicago: CheckingClient, engine: Engine) -> None:
    with Session(engine) as session:
        make_listing(session, name="Clo Sed", new_clients="existing_only", delivery=["in_person"], **REYKJAVIK)
        session.commit()

    def nearest(wish: str) -> tuple[str, str]:
        first = chicago.get(f"/api/v1/search?place=2729907{wish}").json["wider"][0]
        return first["results"][0]["name"], first["sentence"]

    assert nearest("") == (
        "Eve Roy",
        "The nearest who may take new clients is about 5,390\xa0km away, in Toronto, Ontario, Canada",
    )
    assert nearest("&new_clients=existing_only")[0] == "Clo Sed"


def test_behind_a_wider_circle_without_room_stands_the_nearest_who_has_some(
    chicago: CheckingClient, engine: Engine
) -> None:
    near = {**REYKJAVIK, "country": "SJ", "lat": 78.2, "lon": 12.0, "locality": "Barentsburg"}
    with Session(engine) as session:
        make_listing(session, name="Clo Sed", new_clients="existing_only", delivery=["in_person"], **near)
        session.commit()
    wider = chicago.get("/api/v1/search?place=2729907").json["wider"]

    assert [(one["kind"], one["results"][0]["name"]) for one in wider] == [
        ("circle", "Clo Sed"),
        ("nearest", "Eve Roy"),
    ]


def test_where_only_somebody_without_room_is_found_that_is_said(client: CheckingClient, engine: Engine) -> None:
    with Session(engine) as session:
        make_listing(session, name="Clo Sed", new_clients="no", delivery=["in_person"], **REYKJAVIK)
        session.commit()
    found = client.get("/api/v1/search?place=2729907").json

    assert found["wider"][0]["results"][0]["name"] == "Clo Sed"
    assert found["widened"][0].endswith("in Reykjavik, Iceland, and takes no new clients now")


def test_who_may_be_met_online_is_named_before_any_list(chicago: CheckingClient) -> None:
    found = chicago.get("/api/v1/search?place=4250542&language=ja").json
    page = chicago.get("/search?place=4250542&language=ja").text

    said = [(one["label"], one["url"].partition("?")[2]) for one in found["alone"]]
    without = "1 therapist online who may see you there if you leave out “Japanese”"
    assert said == [(without, "place=4250542&delivery=online")]
    assert page.index("/search?place=4250542&amp;delivery=online") < page.index('class="widened"')


def test_the_link_to_who_works_online_keeps_the_wishes_it_can_and_says_which_it_drops(chicago: CheckingClient) -> None:
    kept = chicago.get("/api/v1/search?place=4250542&language=fr").json["alone"]
    one_of_two = chicago.get("/api/v1/search?place=4250542&language=fr&language=ja").json["alone"]
    neither = chicago.get("/api/v1/search?place=4250542&language=ko&language=ja").json["alone"]

    assert [one["label"] for one in kept] == ["1 therapist online who may see you there"]
    assert [one["label"] for one in one_of_two] == [
        "1 therapist online who may see you there if you leave out “Japanese”"
    ]
    assert one_of_two[0]["url"].endswith("place=4250542&delivery=online&language=fr")
    assert neither[0]["label"].endswith("if you leave out “Japanese, Korean”")


def test_nobody_is_nearest_where_somebody_is_near(chicago: CheckingClient) -> None:
    for path in ("place=4887398", "place=4887398&language=fr", "in=CA", "text=imago"):
        assert "nearest" not in [w["kind"] for w in chicago.get(f"/api/v1/search?{path}").json["wider"]]


def test_nobody_listed_at_all_has_no_nearest(client: CheckingClient) -> None:
    answer = client.get("/api/v1/search?near=0,0").json

    assert answer["widened"] == [] and answer["networks"]


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


def test_wishes_without_a_place_lead_on_too(chicago: CheckingClient) -> None:
    found = chicago.get("/api/v1/search?language=es&language=yi").json

    assert (found["total"], found["widened"]) == (0, ["2 therapists if you leave out “Yiddish”"])


def test_who_wants_to_meet_online_is_led_to_nobody_in_person(chicago: CheckingClient) -> None:
    found = chicago.get("/api/v1/search?in=KE&delivery=online&language=yi").json

    assert "nearest" not in {one["kind"] for one in found["wider"]}


def test_a_part_of_the_world_where_nobody_is_says_so(chicago: CheckingClient) -> None:
    page = chicago.get("/search?q=Balkans", follow_redirects=True).text

    assert "Balkans: which country?" not in page and "Nobody is listed here yet. A network can say who is near." in page


@pytest.mark.parametrize(
    ("language", "typed"),
    [("en", "EFT"), ("en", "EFT therapist"), ("en", "Gottman method"), ("en", "marriage councelling"),
     ("en", "hypnosis"),
     ("en", "do we still love each other"), ("en", "therapist near me who takes Aetna"), ("en", "female therapist"),
     ("de", "Traurigkeit"), ("de", "Hypnose"), ("de", "Gottman-Methode"), ("de", "Therapeutin Helsana"),
     ("fr", "méthode Gottman"), ("fr", "je suis triste"), ("fr", "hypnose"), ("nl", "eenzaamheid"), ("nl", "Menzis"),
     ("es", "soledad"), ("es", "método Gottman"), ("es", "terapeuta Adeslas"), ("da", "ensomhed"), ("da", "hypnose"),
     ("ro", "singurătate"), ("ro", "hipnoză"), ("tr", "üzüntü"), ("tr", "hipnoz"), ("he", "יועצת נישואין"),
     ("he", "עצב"),
     ("ko", "외로움"), ("ko", "최면"), ("ar", "معالج أزواج"), ("ar", "حزن")],
)  # fmt: skip
def test_what_is_no_place_is_not_said_to_be_one(chicago: CheckingClient, language: str, typed: str) -> None:
    at = "" if language == "en" else f"/{language}"
    page = chicago.get(f"{at}/search", query_string={"q": typed}, follow_redirects=True).text

    assert SLIPPED[language] not in page and COULD_NOT[language] not in page


COULD_NOT = {
    "en": "We could not place", "de": "keinem Ort zuordnen", "fr": "pas trouvé où est", "nl": "geen plaats bij",
    "es": "No hemos podido situar", "da": "finde et sted", "ro": "Nu am putut afla", "tr": "nerede, bulamadık",
    "he": "לא הצלחנו לאתר", "ko": "찾지 못했습니다", "ar": "لم نتمكن من تحديد",
}  # fmt: skip
SLIPPED = {
    "en": "Perhaps a letter slipped", "de": "Vielleicht ist ein Buchstabe", "fr": "une lettre a glissé",
    "nl": "letter verschoven", "es": "se ha colado una letra", "da": "et bogstav", "ro": "o literă", "tr": "bir harf",
    "he": "נשמטה אות", "ko": "글자", "ar": "سقط حرف",
}  # fmt: skip


def test_what_is_true_of_them_is_said(chicago: CheckingClient) -> None:
    def heading(typed: str) -> str:
        return chicago.get("/search", query_string={"q": typed}, follow_redirects=True).text.partition("<h1")[2]

    assert ">Nobody listed writes of “EFT” yet</h1>" in heading("EFT therapist")
    assert ">Nobody listed goes by “Jordan Smith”</h1>" in heading("Jordan Smith")
    assert ">Nobody listed goes by “Sandra Miller”</h1>" in heading("Sandra Miller")
    assert "Nobody there writes of “EFT”, so we left it out." in heading("EFT, Chicago")
    assert "Nobody there goes by “Jordan Smith”, so we left it out." in heading("Jordan Smith Chicago")
    assert "Did you mean" not in heading("Christian marriage counselor Chicago")
    for unknown in ("asdfqwer", "qwrtzxcvb Hills", "Zzyzxville"):
        assert f">We could not place “{unknown}”</h1>" in heading(unknown)


def test_hours_are_left_out_and_said(chicago: CheckingClient) -> None:
    said = "Hours and days are not listed here, so we left out “evenings”. Ask when you write."

    assert said in chicago.get("/search?q=evenings+Chicago", follow_redirects=True).text
    assert said in chicago.get("/search?q=evenings", follow_redirects=True).text
    assert "Hours and days" not in chicago.get("/search?q=Chicago", follow_redirects=True).text


FELDKIRCH = {"lat": 47.24, "lon": 9.6, "country": "AT", "region": "AT-8", "locality": "Feldkirch"}


def test_a_small_country_looks_beyond_its_border_as_a_town_does(client: CheckingClient, engine: Engine) -> None:
    with Session(engine) as session:
        for name in ("Ann Able", "Ben Best", "Cara Clear", "Dan Dear"):
            make_listing(session, name=name, languages=["de"], delivery=["in_person"], **FELDKIRCH)
        session.commit()

    found = client.get("/api/v1/search?in=LI").json
    page = client.get("/search?in=LI").text

    assert [(one["kind"], len(one["results"])) for one in found["wider"]] == [("circle", 3)]
    assert found["widened"] == ["4 therapists within 50\xa0km of Liechtenstein"]
    assert client.get(found["wider"][0]["url"].replace("/search", "/api/v1/search")).json["total"] == 4
    assert "We looked further for you." in page and "Try a larger" not in page


def test_a_large_country_has_no_circle(chicago: CheckingClient) -> None:
    assert "circle" not in [one["kind"] for one in chicago.get("/api/v1/search?in=US&language=ko").json["wider"]]


def test_a_larger_place_is_praised_where_its_country_has_somebody(client: CheckingClient, engine: Engine) -> None:
    """Hawaii is more than 500 km from Chicago."""
    with Session(engine) as session:
        make_listing(session, name="Ann Able", delivery=["in_person"], **CHICAGO)
        session.commit()

    assert "Try a larger place, or ask one of the networks below." in client.get("/search?place=5856195").text
