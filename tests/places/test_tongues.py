"""What towns are called where the letters tell the language."""

import pytest

from referral.places import zones
from referral.places.gazetteer import Gazetteer
from referral.places.kept import ALIASES
from referral.places.sources import City
from referral.places.tongues import kept, spoken
from referral.text import languages


@pytest.mark.parametrize(
    ("names", "main", "language", "name"),
    [
        (["Haifa", "חיפה"], "Haifa", "he", "חיפה"),
        (["לאנדאן", "לונדון"], "London", "he", "לונדון"),
        (["תל אביב", "תל אביב-יפו"], "Tel Aviv", "he", "תל אביב"),
        (["חיפה", "חפה"], "Haifa", "he", "חיפה"),
        (["부산", "부산시", "부산광역시"], "Busan", "ko", "부산"),
        (["비엔나", "빈"], "Vienna", "ko", "빈"),
        (["عمان", "عمّان"], "Amman", "ar", "عمان"),
        (["تل ابيب", "تل أبيب"], "Tel Aviv", "ar", "تل أبيب"),
        (["تهران پارس"], "Tehran Pars", "ar", ""),
        (["München", "Monaco"], "Munich", "de", ""),
    ],
)
def test_a_town_is_called_as_its_letters_tell(names: list[str], main: str, language: str, name: str) -> None:
    assert spoken(names, main).get(language, "") == name


@pytest.mark.parametrize(
    ("names", "main", "country", "name"),
    [
        (["حمص", "مدينة حمص"], "Homs", "SY", "حمص"),
        (["اللاذقية", "لاذقية"], "Latakia", "SY", "اللاذقية"),
        (["الدوحة", "الدوحه", "دوحه"], "Doha", "QA", "الدوحة"),
        (["جلفه", "ولاية الجلفة", "الجلفة"], "Djelfa", "DZ", "الجلفة"),
        (["د مشق", "دمشق"], "Damascus", "SY", "دمشق"),
        (["شيكاجو", "شيكاغو"], "Chicago", "US", ""),
        (["تبريز", "توريز", "التبريز"], "Tabriz", "IR", ""),
        (["دالاس", "دلاس", "دلاسة"], "Dallas", "US", ""),
    ],
)
def test_an_arabic_name_is_known_at_home_and_abroad_if_the_others_are_spellings_of_it(
    names: list[str], main: str, country: str, name: str
) -> None:
    assert spoken(names, main, country).get("ar", "") == name


def test_what_was_settled_by_hand_is_in_the_languages_of_the_pages() -> None:
    assert {language for names in kept().values() for language in names} <= set(languages())


def test_a_town_of_a_time_zone_is_called_as_the_zone_is() -> None:
    lisbon = City(1, "Lisbon", [], "PT", "", "", 0.0, 0.0, 500_000)
    other = City(2, "Old Lisbon", ["Lisbon"], "PT", "", "", 0.0, 0.0, 900_000)

    found = zones.called("PT", [other, lisbon])

    assert found.keys() == {1}
    assert (found[1]["de"], found[1]["ko"]) == ("Lissabon", "리스본")


def test_a_capital_that_is_called_as_its_country_is_not_called_so() -> None:
    tunis = City(1, "Tunis", [], "TN", "", "", 0.0, 0.0, 500_000)
    singapore = City(2, "Singapore", [], "SG", "", "", 0.0, 0.0, 500_000)

    assert "es" not in zones.called("TN", [tunis])[1]
    assert zones.called("SG", [singapore])[2]["de"] == "Singapur"


@pytest.mark.parametrize(
    ("id", "language", "label"),
    [
        ("2867714", "de", "München, Bayern, Deutschland"),
        ("2867714", "en", "Munich, Bavaria, Germany"),
        ("293397", "he", "תל אביב, ישראל"),
        ("2761369", "fr", "Vienne, Autriche"),
        ("4887398", "ko", "시카고"),
        ("360630", "ar", "القاهرة، مصر"),
        ("170654", "ar", "دمشق، سوريا"),
        ("2210247", "ar", "طرابلس، ليبيا"),
        ("169577", "ar", "حمص"),
        ("88319", "ar", "بنغازي"),
        ("112931", "ar", "طهران"),
        ("314830", "ar", "غازي عنتاب"),
        ("98182", "de", "Bagdad, Irak"),
        ("294778", "he", "הרצליה"),
        ("294760", "he", "הוד השרון"),
        ("6621166", "ko", "서귀포"),
        ("1850147", "ja", "東京, 日本"),
        ("698740", "ru", "Odesa, Одесская область, Украина"),
    ],
)
def test_a_label_names_the_town_in_the_language_of_the_page(
    gazetteer: Gazetteer, id: str, language: str, label: str
) -> None:
    place = gazetteer.place(id)

    assert place is not None and place.label(language).startswith(label)
    assert gazetteer.find(place.label(language))[0].place.id == id


def test_every_name_that_was_settled_by_hand_is_found(gazetteer: Gazetteer) -> None:
    for number, names in kept().items():
        place = gazetteer.place(str(number))
        assert place is not None, f"{number} in {ALIASES}"
        for language in names:
            label = place.label(language)
            assert label in [f.place.label(language) for f in gazetteer.find(label)[:3]], "a city state stands for both"
