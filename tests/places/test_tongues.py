"""What towns are called where the letters tell the language."""

import pytest

from referral.places.gazetteer import Gazetteer
from referral.places.kept import ALIASES
from referral.places.tongues import kept, spoken
from referral.text import languages


@pytest.mark.parametrize(
    ("names", "language", "name"),
    [
        (["Haifa", "חיפה"], "he", "חיפה"),
        (["לאנדאן", "לונדון"], "he", "לונדון"),
        (["תל אביב", "תל אביב-יפו"], "he", "תל אביב"),
        (["חיפה", "חפה"], "he", ""),
        (["부산", "부산시", "부산광역시"], "ko", "부산"),
        (["비엔나", "빈"], "ko", ""),
        (["عمان", "عمّان"], "ar", "عمان"),
        (["تل ابيب", "تل أبيب"], "ar", "تل أبيب"),
        (["شيكاجو", "شيكاغو"], "ar", ""),
        (["تهران پارس"], "ar", ""),
        (["München", "Monaco"], "de", ""),
    ],
)
def test_a_town_is_called_as_its_letters_tell_if_that_is_plain(names: list[str], language: str, name: str) -> None:
    assert spoken(1, names).get(language, "") == name


def test_what_was_settled_by_hand_comes_first() -> None:
    assert spoken(2867714, ["مونخ", "ميونخ"])["ar"] == "ميونخ"
    assert {language for names in kept().values() for language in names} <= set(languages())


@pytest.mark.parametrize(
    ("id", "language", "label"),
    [
        ("2867714", "de", "München, Bayern, Deutschland"),
        ("2867714", "en", "Munich, Bavaria, Germany"),
        ("293397", "he", "תל אביב, ישראל"),
        ("2761369", "fr", "Vienne, Autriche"),
        ("4887398", "ko", "시카고"),
        ("360630", "ar", "القاهرة، مصر"),
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
