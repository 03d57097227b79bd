"""Two who live apart say both places in one line."""

import pytest

from referral.places.gazetteer import Gazetteer
from referral.search.reading import read
from referral.search.understanding import Reading


def both(reading: Reading, gazetteer: Gazetteer) -> tuple[str, str, str]:
    """(where one lives, where the other does, the words that are left)."""
    other = gazetteer.place(str(reading.search.and_near)) if reading.search.and_near else None
    here = f"{reading.found.place.name}, {reading.found.place.country}" if reading.found else ""
    return here, f"{other.name}, {other.country}" if other else "", reading.search.text


@pytest.mark.parametrize(
    ("line", "country", "here", "there"),
    [("Boston / New York", "US", "Boston, US", "New York City, US"),
     ("between Leeds and Manchester", "GB", "Leeds, GB", "Manchester, GB"),
     ("between Leeds and Manchester", "US", "Leeds, GB", "Manchester, GB"),
     ("Paris and London", "GB", "Paris, FR", "London, GB"), ("London & Paris online", "GB", "London, GB", "Paris, FR"),
     ("I live in Leeds, he lives in York", "GB", "Leeds, GB", "York, GB"),
     ("wir wohnen in Berlin und Leipzig", "DE", "Berlin, DE", "Leipzig, DE"),
     ("my boyfriend lives in Paris and I live in London", "GB", "Paris, FR", "London, GB"),
     ("I live in Leeds and he lives in York", "GB", "Leeds, GB", "York, GB"),
     ("Ich wohne in Wien und er in Graz", "AT", "Vienna, AT", "Graz, AT"),
     ("ik woon in Gent en hij in Brugge", "BE", "Gent, BE", "Brugge, BE"),
     ("NYC and LA", "US", "New York City, US", "Los Angeles, US"),
     ("Lyon et Grenoble", "FR", "Lyon, FR", "Grenoble, FR"), ("Sevilla y Granada", "ES", "Sevilla, ES", "Granada, ES"),
     ("Gent en Antwerpen", "BE", "Gent, BE", "Antwerp, BE"), ("תל אביב וחיפה", "IL", "Tel Aviv, IL", "Haifa, IL"),
     ("אני גר בחיפה והוא בתל אביב", "IL", "Haifa, IL", "Tel Aviv, IL"),
     ("בת הזוג בחיפה ואני בתל אביב", "IL", "Haifa, IL", "Tel Aviv, IL"),
     ("אנחנו גרים בחיפה ובתל אביב", "IL", "Haifa, IL", "Tel Aviv, IL"),
     ("בין חיפה לתל אביב", "IL", "Haifa, IL", "Tel Aviv, IL"),
     ("أنا في القاهرة وهو في الإسكندرية", "EG", "Cairo, EG", "Alexandria, EG"),
     ("أنا ببيروت وهي بدبي", "LB", "Beirut, LB", "Dubai, AE"),
     ("في القاهرة وفي الإسكندرية", "EG", "Cairo, EG", "Alexandria, EG"),
     ("ben İstanbul'da o Ankara'da", "TR", "Istanbul, TR", "Ankara, TR"),
     ("ben istanbulda eşim ankarada yaşıyor", "TR", "Istanbul, TR", "Ankara, TR"),
     ("저는 서울에 살고 남편은 부산에 살아요", "KR", "Seoul, KR", "Busan, KR"),
     ("i live in leeds he lives in york", "GB", "Leeds, GB", "York, GB"),
     ("jeg bor i Aarhus hun i København", "DK", "Århus, DK", "Copenhagen, DK"),
     ("Seoul + Busan", "KR", "Seoul, KR", "Busan, KR"), ("서울과 부산", "KR", "Seoul, KR", "Busan, KR")],
)  # fmt: skip
def test_two_towns_are_where_two_people_live(
    gazetteer: Gazetteer, line: str, country: str, here: str, there: str
) -> None:
    reading = read(line, gazetteer, country=country)

    assert both(reading, gazetteer) == (here, there, "")
    assert reading.search.typed == line


@pytest.mark.parametrize(
    ("line", "country"),
    [("Trinidad and Tobago", "US"), ("Bosnia and Herzegovina", "US"), ("Chicago and suburbs", "US"),
     ("Tyne and Wear", "GB"), ("Chicago, couples and families", "US"), ("Brighton and Hove", "GB"),
     ("Getafe en Madrid", "ES"), ("Valby i København", "DK"), ("tienen en Madrid", "ES"),
     ("Palermo en Buenos Aires", "AR"),
     ("couples and families in Boston", "US"), ("Boston, New York", "US"),
     ("מטפל בתל אביב שמדבר אנגלית", "IL"), ("אני גר ברמת גן בתל אביב", "IL"), ("אני והוא גרים בחיפה", "IL"),
     ("معالج في القاهرة يتحدث الفرنسية", "EG"), ("I live in Brooklyn in New York", "US"),
     ("Paris, Texas", "US"), ("Chicago and online", "US"), ("Rostock und online", "DE")],
)  # fmt: skip
def test_one_place_stays_one(gazetteer: Gazetteer, line: str, country: str) -> None:
    assert read(line, gazetteer, country=country).search.and_near == ""


def test_what_they_wish_is_kept(gazetteer: Gazetteer) -> None:
    reading = read("Spanish, evenings, Lyon et Grenoble, online", gazetteer, country="FR")

    assert both(reading, gazetteer)[:2] == ("Lyon, FR", "Grenoble, FR")
    assert dict(reading.search.terms) == {"delivery": ("online",), "language": ("es",)}
