"""The gazetteer as its callers use it, and as a geopy user would."""

import socket
import threading
import time
import warnings
from functools import partial
from pathlib import Path

import pytest
from geopy import Point
from geopy.distance import distance
from geopy.exc import GeocoderQueryError
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders.base import Geocoder
from hypothesis import given, settings
from hypothesis import strategies as st

from referral.places.folding import fold
from referral.places.gazetteer import Gazetteer, open_gazetteer
from referral.places.types import as_json
from referral.text import speaking


def first(gazetteer: Gazetteer, line: str, country: str | None = None) -> str:
    found = gazetteer.find(line, country=country)
    return found[0].place.label() if found else ""


def test_the_visitors_country_decides_between_equals(small: Gazetteer) -> None:
    assert first(small, "Paris") == "Paris, Île-de-France, France"
    assert first(small, "Paris, France", "US") == "Paris, Île-de-France, France"
    assert first(small, "80331", "DE") == "80331 München, Bavaria, Germany"


def test_an_explicit_country_is_never_overridden(small: Gazetteer) -> None:
    assert first(small, "Paris, TX", "FR") == "Paris, Texas, United States"


def test_an_ambiguous_name_offers_choices(small: Gazetteer) -> None:
    found = small.find("Springfield")

    assert small.is_ambiguous(found)
    assert [p.label() for p in small.choices(found)] == ["Springfield, Illinois, United States"]


def test_a_corrected_name_says_so(small: Gazetteer) -> None:
    found = small.find("Chigaco")

    assert found[0].place.name == "Chicago"
    assert (found[0].match, found[0].corrected) == ("typo", True)


def test_a_place_contradicted_by_its_qualifier_is_not_found(small: Gazetteer) -> None:
    assert small.find("Chicago, France") == []


def test_json_has_the_fields_of_the_contract(small: Gazetteer) -> None:
    assert as_json(small.find("Chicago"))[0] == {
        "name": "Chicago",
        "region": "Illinois",
        "country": "US",
        "lat": 41.88,
        "lon": -87.63,
        "kind": "city",
        "match": "exact",
        "label": "Chicago, Illinois, United States",
    }


def test_every_id_leads_back_to_its_place(small: Gazetteer) -> None:
    for line in ("Chicago", "Illinois", "Germany", "80331", "Taufkirchen", "Cook County"):
        place = small.find(line)[0].place
        assert small.place(place.id) == place


@pytest.mark.parametrize("place_id", ["", "0", "999999999999999", "XX", "US-ZZ", "DE:", ":", "007", "٣", "DE:80331:1"])
def test_an_unknown_id_is_nothing(small: Gazetteer, place_id: str) -> None:
    assert small.place(place_id) is None


def test_areas_can_be_asked_for_by_code(small: Gazetteer) -> None:
    assert small.find("Illinois")[0].place.area == "US-IL"
    assert small.find("Germany")[0].place.area == "DE"
    assert small.find("Chicago")[0].place.area == ""
    assert small.find("Chicago")[0].place.jurisdiction == "US-IL"


def test_labels_speak_the_readers_language(small: Gazetteer) -> None:
    assert small.find("Chicago")[0].place.label("de") == "Chicago, Illinois, Vereinigte Staaten"
    assert small.find("Chicago")[0].place.label("no such language") == "Chicago, Illinois, United States"


def test_the_nearest_town_is_found_across_the_antimeridian(small: Gazetteer) -> None:
    near = small.nearest(-16.9, 179.99)

    assert near is not None
    assert near.name == "Taveuni"
    assert small.nearest(float("nan"), 0) is None
    assert small.nearest(91, 0) is None


def test_suggestions_begin_with_the_first_letter(small: Gazetteer) -> None:
    assert "Paris" in [p.name for p in small.suggest("п")]
    assert small.suggest("пари")[0].name == "Paris"
    assert next(p.label() for p in small.suggest("springf", country="US")).startswith("Springfield, Massachusetts")
    assert small.suggest("") == []


def test_towns_of_countries_are_streamed_above_a_size(small: Gazetteer) -> None:
    assert [p.name for p in small.cities({"US"}, 200_000)] == ["Saint Paul", "Chicago"]


def test_it_is_a_geopy_geocoder(small: Gazetteer) -> None:
    location = small.geocode("Munich", language="de", timeout=1)

    assert isinstance(small, Geocoder)
    assert location is not None
    assert not isinstance(location, list)
    assert location.address == "München, Bayern, Deutschland"
    assert (location.latitude, location.longitude) == (48.14, 11.58)
    assert location.raw == {
        "kind": "city", "country": "DE", "region": "Bavaria", "match": "exact", "alternatives": [],
    }  # fmt: skip


def test_geocoding_can_give_several_or_nothing(small: Gazetteer) -> None:
    several = small.geocode("Springfield", exactly_one=False, limit=2)

    assert isinstance(several, list)
    assert [place.raw["region"] for place in several] == ["Massachusetts", "Illinois"]
    assert small.geocode("asdfqwer") is None
    assert small.geocode("Paris", country_codes=["us"]).raw["region"] == "Texas"
    with pytest.raises(GeocoderQueryError):
        small.geocode(None)  # type: ignore[arg-type]


def test_a_limit_is_refused_as_geopy_refuses_it(small: Gazetteer) -> None:
    for limit in (0, -1):
        with pytest.raises(ValueError, match="less than 1"):
            small.geocode("Springfield", exactly_one=False, limit=limit)
        assert small.geocode("Springfield", limit=limit) is not None  # of one, nobody asks how many


@pytest.mark.parametrize("codes", ["us,fr", "US, FR", ["us", "fr"], ["us,fr"]])
def test_countries_come_in_every_form_that_nominatim_takes(small: Gazetteer, codes: str | list[str]) -> None:
    found = small.geocode("Paris", exactly_one=False, country_codes=codes)

    assert isinstance(found, list)
    assert {place.raw["country"] for place in found} == {"US", "FR"}
    assert small.geocode("Munich", country_codes=codes) is None


@pytest.mark.parametrize(
    ("name", "code"), [("Bor", "cz"), ("San José", "ec"), ("Santa María", "pa"), ("San Andrés", "pe")]
)
def test_a_small_place_is_found_in_its_country_however_many_are_called_so(
    gazetteer: Gazetteer, name: str, code: str
) -> None:
    """The foremost fifty of the world hold none of these."""
    alone = gazetteer.geocode(name, country_codes=code)
    second = gazetteer.geocode(name, exactly_one=False, country_codes=["mc", code], limit=3)

    assert alone is not None and second is not None
    assert {place.raw["country"] for place in (alone, *second)} == {code.upper()}
    assert gazetteer.geocode("Paris, France", country_codes=["us", "ca"]) is None


def test_what_is_no_country_is_an_error_of_geopys(small: Gazetteer) -> None:
    for wrong in (5, [5], {"us": 1, 5: 2}):
        with pytest.raises(GeocoderQueryError):
            small.geocode("Paris", country_codes=wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "language", ["de", "de-AT", "de_CH", "de,en;q=0.5", "en;q=0.5,de", ["de", "en"], ["tlh", "de"]]
)
def test_a_language_comes_in_every_form_that_browsers_send(small: Gazetteer, language: str | list[str]) -> None:
    assert small.geocode("Munich", language=language).address == "München, Bayern, Deutschland"


def test_what_is_no_language_is_english_or_an_error_of_geopys(small: Gazetteer) -> None:
    for unknown in ("x", "*", "de;q=0", "", ["tlh"], False):
        assert small.geocode("Munich", language=unknown).address == "München, Bavaria, Germany"  # type: ignore[arg-type]
    for wrong in (5, [5]):
        with pytest.raises(GeocoderQueryError):
            small.geocode("Munich", language=wrong)  # type: ignore[arg-type]


def test_reverse_gives_the_nearest_town(small: Gazetteer) -> None:
    assert small.reverse((41.9, -87.7)).raw["region"] == "Illinois"
    assert small.reverse(Point(41.9, -87.7), exactly_one=False)[0].address.startswith("Chicago")
    for wrong in ("no point", None, (91, 0), (float("nan"), 0)):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # geopy warns of latitude 91 and then refuses it
            with pytest.raises(GeocoderQueryError):
                small.reverse(wrong)


def test_what_geopy_offers_around_a_geocoder_works(small_file: Path) -> None:
    with Gazetteer(str(small_file)) as small:
        asked = RateLimiter(partial(small.geocode, language="de"), min_delay_seconds=0)

        assert asked("Munich").address == "München, Bayern, Deutschland"
        assert small.geocode("Paris, France", country_codes="us") is None
        assert small.geocode("") is None
        assert small.geocode("nowhere at all", exactly_one=False) is None
        assert distance(small.geocode("Munich").point, small.geocode("Chicago").point).km > 7_000


def test_threads_share_one_gazetteer(small: Gazetteer) -> None:
    names: list[str] = []

    workers = [threading.Thread(target=lambda: names.append(first(small, "Chicago"))) for _ in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert names == ["Chicago, Illinois, United States"] * 8


def test_nothing_leaves_the_machine(small_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    gazetteer = open_gazetteer(small_file)

    assert gazetteer.find("Chicago")
    assert gazetteer.suggest("Chi")
    assert gazetteer.find("350 Fifth Ave, Chicago, IL 60601")


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(), max_size=60) | st.from_regex(r"[A-Za-z0-9 ,.°'-]{0,40}", fullmatch=True))
def test_any_text_at_all_gives_a_list(small: Gazetteer, line: str) -> None:
    assert isinstance(small.find(line), list)
    assert isinstance(small.suggest(line), list)


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(), max_size=220) | st.from_regex(r"[A-Za-z0-9 ,./°'-]{0,90}", fullmatch=True))
def test_any_text_at_all_is_read_soon(gazetteer: Gazetteer, line: str) -> None:
    start = time.thread_time()
    gazetteer.find(line)

    assert time.thread_time() - start <= 0.05, "seconds of processor time"


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(), max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    "line", ["x" * 10_000, "Chicago " * 1_500, "\0", "\ud800", "😀" * 50, "%00", "'; DROP TABLE", " " * 9]
)
def test_nonsense_finds_nothing(small: Gazetteer, line: str) -> None:
    assert small.find(line) == []


def test_a_region_is_named_in_the_language_that_has_a_name_for_it(small: Gazetteer) -> None:
    [town, *_others] = [found.place for found in small.find("München")]
    region = small.place("DE-BY")

    assert region is not None
    assert town.label("de") == "München, Bayern, Deutschland" and town.label("fr") == "München, Bavière, Allemagne"
    assert town.label("ja") == "München, Bavaria, ドイツ" and town.label() == "München, Bavaria, Germany"
    assert [region.named(code) for code in ("de", "fr", "ja", "en")] == ["Bayern", "Bavière", "Bavaria", "Bavaria"]
    assert region.label("fr") == "Bavière, Allemagne" and small.around(48.14, 11.58).label("de").endswith("Deutschland")


@pytest.mark.parametrize(
    ("typed", "locale", "told"),
    [
        ("Boston P", "en", {"4947459": "Boston Plantation"}),
        ("wien", "en", {"2761369": "Wien"}),
        ("wien", "de", {}),
        ("Kapst", "en", {"3369157": "Kapstadt"}),
    ],
)
def test_a_suggestion_shown_by_another_name_says_which_was_typed(
    gazetteer: Gazetteer, typed: str, locale: str, told: dict[str, str]
) -> None:
    found = gazetteer.suggest(typed, country="US", locale=locale)
    under = gazetteer.under(typed, found, locale)

    assert told.items() <= under.items() and (told or "2761369" not in under)
    shown = [f"{place.label(locale)} {under.get(place.id, '')}" for place in found if place.id.isdigit()]
    assert [label for label in shown if typed.casefold() not in label.casefold()] == []


@pytest.mark.parametrize(
    ("typed", "label", "in_german"),
    [
        ("Mariehamn", "Mariehamn, Åland Islands", "Mariehamn, Ålandinseln"),
        ("Saint-Denis, Reunion", "Saint-Denis, Réunion", "Saint-Denis, Réunion"),
        ("Longyearbyen", "Longyearbyen, Svalbard & Jan Mayen", "Longyearbyen, Spitzbergen und Jan Mayen"),
        ("Cayenne", "Cayenne, French Guiana", "Cayenne, Französisch-Guayana"),
        ("Toluca", "Toluca, State of Mexico, Mexico", "Toluca, Bundesstaat México, Mexiko"),  # one of 32 states
        ("Médéa", "Médéa, Algeria", "Médéa, Algerien"),
        ("Misato, Saitama", "Misato, Saitama, Japan", "Misato, Saitama, Japan"),
        ("Riga", "Riga, Latvia", "Riga, Lettland"),
        ("Aswan", "Aswān, Egypt", "Aswān, Ägypten"),
        (
            "Solothurn, Solothurn",
            "Solothurn, Solothurn, Switzerland",
            "Solothurn, Solothurn, Schweiz",
        ),  # and its canton
    ],
)
def test_a_label_says_each_name_once_and_is_found(gazetteer: Gazetteer, typed: str, label: str, in_german: str) -> None:
    place = gazetteer.find(typed)[0].place

    assert (place.label(), place.label("de")) == (label, in_german)
    assert {gazetteer.find(said)[0].place.id for said in (label, in_german)} == {place.id}


def test_a_point_is_called_as_its_towns_are(gazetteer: Gazetteer) -> None:
    munich, quarter = gazetteer.around(48.14, 11.58), gazetteer.around(52.5, 13.42)

    assert munich.label("de") == "München, Bayern, Deutschland" and munich.label().startswith("Munich, Bavaria")
    assert gazetteer.find("48.14, 11.58")[0].place.label("de") == munich.label("de")
    assert (quarter.named("ko"), quarter.named()) == ("Kreuzberg, 베를린", "Kreuzberg, Berlin")


def test_the_regions_of_the_world_have_names_in_most_of_our_languages(gazetteer: Gazetteer) -> None:
    said = {
        code: {language: place.named(language) for language in ("de", "fr", "es", "da", "he", "ko", "ar")}
        for code in ("US-CA", "AT-6", "ES-AN", "KR-26", "IL-JM", "IN-MP")
        if (place := gazetteer.place(code)) is not None
    }

    assert said["US-CA"]["de"] == "Kalifornien" and said["US-CA"]["he"] == "קליפורניה"
    assert said["AT-6"]["de"] == "Steiermark" and said["AT-6"]["fr"] == "Styrie"
    assert said["ES-AN"]["es"] == "Andalucía" and said["KR-26"]["ko"] == "부산"
    assert said["IL-JM"]["he"] == "ירושלים" and said["IL-JM"]["de"] == "Jerusalem", "a romanised copy is no name"
    assert said["US-CA"]["ar"] == "كاليفورنيا" and said["US-CA"]["ko"] == "캘리포니아"
    assert said["IN-MP"]["ko"] == "Madhya Pradesh", "nobody has said: English"


@pytest.mark.parametrize(
    ("id", "language", "label"),
    [
        ("DE:80331", "de", "80331 München, Bayern, Deutschland"),
        ("AT:1010", "de", "1010 Innere Stadt, Wien, Österreich"),
        ("DE:34110", "de", "34110 Kassel, Hessen, Deutschland"),
        ("GR-M", "de", "Kreta, Griechenland"),
        ("ES-CT", "es", "Cataluña, España"),
        ("GB-SCT", "fr", "Écosse, Royaume-Uni"),
        ("BE-VLG", "fr", "Flandre, Belgique"),
        ("FR-BRE", "es", "Bretaña, Francia"),
        ("DE.swabia", "de", "Schwaben, Deutschland"),
        ("DE.lake-constance", "fr", "Lac de Constance, Allemagne"),
        ("RO.transylvania", "de", "Siebenbürgen, Rumänien"),
        ("IL.negev", "he", "הנגב, ישראל"),
    ],
)
def test_regions_landscapes_and_postcodes_are_called_as_the_page_speaks(
    gazetteer: Gazetteer, id: str, language: str, label: str
) -> None:
    place = gazetteer.place(id)

    assert place is not None and place.label(language) == label
    assert gazetteer.find(label)[0].place.id == id


def test_what_reads_alike_in_the_language_of_the_page_is_no_choice(gazetteer: Gazetteer) -> None:
    found = gazetteer.find("Berlin")

    with speaking("de"):
        labels = [choice.label("de") for choice in gazetteer.choices(found)]

    assert "Berlin, Deutschland" not in labels
    assert len(labels) == len(set(labels))
