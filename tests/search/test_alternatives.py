"""Whoever says "or" is content with either; whoever says "and", or only a comma, needs all of them."""

import pytest

from referral.places.gazetteer import Gazetteer
from referral.search.reading import read


@pytest.mark.parametrize(
    ("line", "country", "place", "languages"),
    [("Chicago, English or Spanish", "US", "Chicago", ("en", "es")), ("English or Spanish", "US", "", ("en", "es")),
     ("either Hebrew or English in Boston", "US", "Boston", ("en", "he")),
     ("Boston: English, French or Spanish", "US", "Boston", ("en", "es", "fr")),
     ("Berlin, deutsch oder englisch", "DE", "Berlin", ("de", "en")),
     ("deutsch- oder englischsprachige Paartherapie Wien", "AT", "Vienna", ("de", "en")),
     ("entweder Englisch oder aber Französisch, Genf", "CH", "Geneva", ("en", "fr")),
     ("Paris français ou anglais", "FR", "Paris", ("en", "fr")),
     ("Bruxelles, francés o inglés", "ES", "Brussels", ("en", "fr")),
     ("Amsterdam Nederlands of Engels", "NL", "Amsterdam", ("en", "nl")),
     ("København dansk eller engelsk", "DK", "Copenhagen", ("da", "en")),
     ("București română sau maghiară", "RO", "Bucharest", ("hu", "ro")),
     ("İstanbul Türkçe veya İngilizce", "TR", "Istanbul", ("en", "tr")),
     ("İstanbul Türkçe ya da Almanca", "TR", "Istanbul", ("de", "tr")),
     ("תל אביב עברית או אנגלית", "IL", "Tel Aviv", ("en", "he")), ("חיפה, רוסית או עברית", "IL", "Haifa", ("he", "ru")),
     ("دبي العربية أو الإنجليزية", "AE", "Dubai", ("ar", "en")), ("서울 영어 또는 한국어", "KR", "Seoul", ("en", "ko")),
     ("서울 한국어나 영어", "KR", "Seoul", ("en", "ko")),
     ("Москва русский или английский", "RU", "Moscow", ("en", "ru")),
     ("Milano italiano oppure inglese", "IT", "Milan", ("en", "it")),
     ("Warszawa polski lub angielski", "PL", "Warsaw", ("en", "pl")),
     ("上海 英语或中文", "CN", "Shanghai", ("en", "zh")),
     ("東京 英語か日本語", "JP", "Tokyo", ("en", "ja")), ("東京 英語または日本語", "JP", "Tokyo", ("en", "ja"))],
)  # fmt: skip
def test_or_between_two_languages_asks_for_either(
    gazetteer: Gazetteer, line: str, country: str, place: str, languages: tuple[str, ...]
) -> None:
    reading = read(line, gazetteer, country=country)

    assert (reading.found.place.name if reading.found else "").startswith(place)
    assert (reading.search.chosen("language"), reading.search.either) == (languages, ("language",))
    assert (reading.unread, reading.search.text) == ("", "")


@pytest.mark.parametrize(
    "line",
    ["Chicago, English and Spanish", "Chicago English Spanish", "English, Spanish, Chicago",
     "Berlin deutsch und englisch",
     "Spanish in Chicago or online", "English, online or in person, Chicago", "Chicago, not English or Spanish"],
)  # fmt: skip
def test_what_no_or_stands_between_is_all_needed(gazetteer: Gazetteer, line: str) -> None:
    assert read(line, gazetteer, country="US").search.either == ()


def test_other_wishes_may_be_at_choice_too(gazetteer: Gazetteer) -> None:
    search = read("affair or grief, Spanish and English, Boston", gazetteer, country="US").search

    assert (search.chosen("topic"), search.chosen("language"), search.either) == (
        ("affair", "grief"),
        ("en", "es"),
        ("topic",),
    )
