"""Names as they are kept: signs written in several ways, hand-kept names by number, countries in every language."""

import tomllib

import pytest
from babel import Locale

from referral.places import names, rank
from referral.places.folding import SIGNS, fold, spellings, without_kind
from referral.places.gazetteer import Gazetteer
from referral.places.kept import by_hand
from referral.places.regions import join_counties
from referral.places.sources import City, County, Subdivision
from referral.terms import plain


@pytest.mark.parametrize(("one", "other"), [("維也納", "维也纳"), ("広島", "廣島"), ("横浜", "橫濱"), ("臺北", "台北")])
def test_a_name_is_one_whoever_writes_its_signs(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_a_sign_stands_once_and_none_leads_on() -> None:
    words = tomllib.loads(SIGNS.read_text("utf-8"))["signs"].split()
    others = [sign for word in words for sign in word[:-1]]

    assert len(others) == len(set(others))
    assert not set(others) & {word[-1] for word in words}


@pytest.mark.parametrize(
    ("whole", "bare"),
    [
        ("新疆维吾尔自治区", "新疆"),
        ("浙江省", "浙江"),
        ("加利福尼亚州", "加利福尼亚"),
        ("杭州", "杭州"),
        ("경기도", "경기"),
    ],
)
def test_a_region_is_called_without_its_kind(whole: str, bare: str) -> None:
    assert without_kind(fold(whole)) == fold(bare)


@pytest.mark.parametrize(
    ("main", "folded", "cost"),
    [
        ("Gasteiz / Vitoria", "vitoria", 0.0),
        ("Biel/Bienne", "bienne", 0.0),
        ("Oberwinterthur (Kreis 2)", "oberwinterthur", rank.LEADING),
        ("Frankfurt (Oder)", "frankfurt oder", 0.0),
    ],
)
def test_a_main_name_holds_others(main: str, folded: str, cost: float) -> None:
    assert names.of_city(City(1, main, [], "ES", "59", "", 42.8, -2.7, 200_000))[folded] == cost


def test_whoever_has_a_hand_kept_name_by_number_is_there(gazetteer: Gazetteer) -> None:
    kept = by_hand()
    tables = ("also", "foremost", "at_home", "abroad")
    missing = [number for table in tables for number in kept[table] if gazetteer.place(number) is None]

    assert missing == []


def test_a_country_is_kept_under_its_name_in_every_language(gazetteer: Gazetteer) -> None:
    unknown = [
        (code, name)
        for code, known in names.territory_names().items()
        if gazetteer.place(code)
        for name in known
        if not any(n.country == code for folded in spellings(name) for n in gazetteer.store.areas(folded))
    ]

    assert len(unknown) <= RIGHTLY_UNKNOWN, unknown


RIGHTLY_UNKNOWN = 1
"""Names that at home are those of a region or of a capital: Malè is that of the Maldives, not Mali (`area_rows`)."""


def test_a_country_is_meant_though_its_name_be_a_word(gazetteer: Gazetteer) -> None:
    words = {
        (code, name)
        for code, known in names.territory_names().items()
        if gazetteer.place(code)
        for name in known
        if len(name) > 3 and plain.says_little(name)
    }
    lost = [(code, name) for code, name in words if code not in {f.place.country for f in gazetteer.find(name)}]

    assert ("IN", "Indien") in words
    assert lost == []


def test_what_babel_knows_of_a_language_is_left_whole() -> None:
    """Read in part by Babel's own loader it would stay so, and whoever speaks it would get an error page."""
    names._territory_names(lambda language: language == "fo")

    assert Locale("fo").character_order == "left-to-right"


COUNTIES = [
    County("FR", "76", "31", "Upper Garonne"),
    County("CZ", "88", "0204", "Okres Kolín"),
    County("GB", "WLS", "Z1", "City and County of Swansea"),
    County("EE", "01", "0001", "Kose"),
    County("EE", "02", "0002", "Kose"),
]
ENTRIES = [
    Subdivision("FR-31", ["Haute-Garonne"], False),
    Subdivision("CZ-204", ["Kolín"], False),
    Subdivision("GB-SWA", ["Swansea [Abertawe GB-ATA]"], False),
    Subdivision("EE-338", ["Kose"], False),
    Subdivision("FR-OCC", ["Occitanie"], True),
]


def test_a_county_joins_its_iso_entry_by_code_or_by_a_name_that_no_other_bears() -> None:
    found = join_counties(COUNTIES, ENTRIES, set())

    assert {county[2]: entry.code for county, entry in found.items()} == {
        "31": "FR-31", "0204": "CZ-204", "Z1": "GB-SWA",
    }  # fmt: skip


def test_a_county_is_called_as_its_iso_entry_and_by_its_code() -> None:
    entry = Subdivision("FR-75C", ["Paris"], False)

    known = names.of_county(("FR", "11", "75"), "Paris", entry)

    assert known == {"paris": 0.0, "fr 75c": rank.CODE, "fr 75": rank.CODE}


@pytest.mark.parametrize(
    ("name", "country", "expected"),
    [
        ("Georgien", "US", True),
        ("Georgien", "GE", False),
        ("Kanarische Inseln", "ES", False),
        ("조지아", "US", False),
        ("Bayern", "DE", False),
    ],
)
def test_a_region_is_not_shown_by_the_name_of_another_country(name: str, country: str, expected: bool) -> None:
    assert names.is_anothers(name, country) == expected


@pytest.mark.parametrize(
    ("name", "country", "bare"),
    [
        ("宿州市", "CN", "宿州"),
        ("嘉義市", "TW", "嘉义"),
        ("下関市", "JP", "下关"),
        ("浦东新区", "CN", "浦东"),
        ("용인시", "KR", "용인"),
        ("서울특별시", "KR", "서울"),
        ("ក្រុងសៀមរាប", "KH", "សៀមរាប"),
        ("မန္တလေးမြို့", "MM", "မန္တလေး"),
    ],
)
def test_a_city_of_the_east_is_called_without_its_kind(name: str, country: str, bare: str) -> None:
    city = City(1, "X", [name], country, "", "", 0.0, 0.0, 1)

    assert names.of_city(city)[bare] == names.of_city(city)[fold(name)]


@pytest.mark.parametrize(("name", "country"), [("대구", "KR"), ("津市", "JP"), ("다카하시", "JP"), ("四日市", "FR")])
def test_what_a_name_ends_with_may_be_the_name(name: str, country: str) -> None:
    assert set(names.of_city(City(1, "X", [name], country, "", "", 0.0, 0.0, 1))) == {"x", fold(name)}
