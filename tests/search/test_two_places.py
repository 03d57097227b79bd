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
     ("jeg bor i Aarhus hun i København", "DK", "Aarhus, DK", "Copenhagen, DK"),
     ("Hamburg und Zürich", "DE", "Hamburg, DE", "Zürich, CH"),
     ("Seoul + Busan", "KR", "Seoul, KR", "Busan, KR"), ("서울과 부산", "KR", "Seoul, KR", "Busan, KR"),
     ("عمان … دبي", "AE", "Amman, JO", "Dubai, AE"), ("Wien … Graz", "AT", "Vienna, AT", "Graz, AT"),
     ("Leeds ↔ York", "GB", "Leeds, GB", "York, GB"), ("Madrid <-> Sevilla", "ES", "Madrid, ES", "Sevilla, ES")],
)  # fmt: skip
def test_two_towns_are_where_two_people_live(
    gazetteer: Gazetteer, line: str, country: str, here: str, there: str
) -> None:
    reading = read(line, gazetteer, country=country)

    assert both(reading, gazetteer) == (here, there, "")
    assert reading.search.typed == line


@pytest.mark.parametrize(
    ("line", "country", "here", "there"),
    [("nous vivons séparés entre Lille et Marseille", "FR", "Lille, FR", "Marseille, FR"),
     ("on vit séparément, Lille et Marseille", "FR", "Lille, FR", "Marseille, FR"),
     ("vivimos separados Madrid y Barcelona", "ES", "Madrid, ES", "Barcelona, ES"),
     ("wir leben getrennt Hamburg und Berlin", "DE", "Hamburg, DE", "Berlin, DE"),
     ("getrennt leben Hamburg Berlin", "DE", "Hamburg, DE", "Berlin, DE"),
     ("living apart Boston and Chicago", "US", "Boston, US", "Chicago, US"),
     ("locuim separat Cluj și București", "RO", "Cluj-Napoca, RO", "Bucharest, RO"),
     ("wij leven gescheiden Amsterdam en Utrecht", "NL", "Amsterdam, NL", "Utrecht, NL"),
     ("vi bor adskilt København og Aarhus", "DK", "Copenhagen, DK", "Aarhus, DK"),
     ("ayrı yaşıyoruz İstanbul ve Ankara", "TR", "Istanbul, TR", "Ankara, TR"),
     ("גרים בנפרד תל אביב וחיפה", "IL", "Tel Aviv, IL", "Haifa, IL"),
     ("نعيش منفصلين القاهرة والإسكندرية", "EG", "Cairo, EG", "Alexandria, EG"),
     ("우리는 따로 살아요 서울 부산", "KR", "Seoul, KR", "Busan, KR")],
)  # fmt: skip
def test_to_live_apart_in_two_places_says_that_there_are_two_and_narrows_nothing(
    gazetteer: Gazetteer, line: str, country: str, here: str, there: str
) -> None:
    reading = read(line, gazetteer, country=country)

    assert both(reading, gazetteer) == (here, there, "")
    assert (reading.search.terms, reading.aside, reading.elsewhere) == ((), "", ())


@pytest.mark.parametrize(
    ("line", "country", "here", "there"),
    [("mein Mann ist in Berlin ich bin in Hamburg", "DE", "Berlin, DE", "Hamburg, DE"),
     ("wir leben getrennt, ich in Wien sie in Graz", "AT", "Vienna, AT", "Graz, AT"),
     ("ich in Wien sie in Graz", "AT", "Vienna, AT", "Graz, AT"),
     ("ich bin in München und meine Frau in Augsburg", "DE", "Munich, DE", "Augsburg, DE"),
     ("he lives in Leeds she lives in Manchester", "US", "Leeds, GB", "Manchester, GB"),
     ("im in Leeds she's in Manchester", "GB", "Leeds, GB", "Manchester, GB"),
     ("ich in Wien er in Melk", "AT", "Vienna, AT", "Melk, AT"),
     ("im in Leeds she's in Otley", "GB", "Leeds, GB", "Otley, GB"),
     ("je vis à Lyon il est à Gex", "FR", "Lyon, FR", "Gex, FR"),
     ("me Chicago him Boston", "US", "Chicago, US", "Boston, US"),
     ("my partner's in Glasgow I'm in Bristol", "GB", "Glasgow, GB", "Bristol, GB"),
     ("my husband works in Denver I live in Boulder", "US", "Denver, US", "Boulder, US"),
     ("je suis à Lyon il est à Grenoble", "FR", "Lyon, FR", "Grenoble, FR"),
     ("moi à Paris lui à Lille", "FR", "Paris, FR", "Lille, FR"),
     ("j'habite à Nantes mon mari travaille à Rennes", "FR", "Nantes, FR", "Rennes, FR"),
     ("ik woon in Utrecht hij woont in Gent", "NL", "Utrecht, NL", "Gent, BE"),
     ("mijn vrouw zit in Groningen ik in Zwolle", "NL", "Groningen, NL", "Zwolle, NL"),

     ("yo vivo en Sevilla él vive en Granada", "ES", "Sevilla, ES", "Granada, ES"),
     ("mi marido trabaja en Bilbao yo en Madrid", "ES", "Bilbao, ES", "Madrid, ES"),
     ("jeg bor i Aarhus han bor i Odense", "DK", "Aarhus, DK", "Odense, DK"),
     ("min kone er i Aalborg jeg er i Esbjerg", "DK", "Aalborg, DK", "Esbjerg, DK"),
     ("eu sunt în Cluj el e în Iași", "RO", "Cluj-Napoca, RO", "Iași, RO"),
     ("eu locuiesc în București soția mea locuiește în Brașov", "RO", "Bucharest, RO", "Brașov, RO"),
     ("ben İstanbul'dayım o Ankara'da", "TR", "Istanbul, TR", "Ankara, TR"),
     ("ben İzmir'de yaşıyorum eşim Bursa'da yaşıyor", "TR", "İzmir, TR", "Bursa, TR"),
     ("저는 서울 남편은 부산에 있어요", "KR", "Seoul, KR", "Busan, KR"),
     ("저는 서울에 살고 아내는 대구에 살아요", "KR", "Seoul, KR", "Daegu, KR"),
     ("אני בתל אביב והוא בחיפה", "IL", "Tel Aviv, IL", "Haifa, IL"),
     ("אני גר בתל אביב היא גרה בחיפה", "IL", "Tel Aviv, IL", "Haifa, IL"),
     ("أنا في عمّان وهو في دبي", "JO", "Amman, JO", "Dubai, AE"),
     ("أنا في دبي زوجتي في أبوظبي", "AE", "Dubai, AE", "Abu Dhabi, AE")],
)  # fmt: skip
def test_what_is_said_of_one_and_of_the_other_needs_no_comma(
    gazetteer: Gazetteer, line: str, country: str, here: str, there: str
) -> None:
    assert both(read(line, gazetteer, country=country), gazetteer) == (here, there, "")


@pytest.mark.parametrize(
    ("line", "country", "here", "there"),
    [("Fernbeziehung Hamburg Zürich", "DE", "Hamburg, DE", "Zürich, CH"),
     ("relație la distanță București Berlin", "RO", "Berlin, DE", "Bucharest, RO"),
     ("장거리 커플 상담 서울 도쿄", "KR", "Seoul, KR", "Tokyo, JP"),
     ("long distance couple Boston Denver", "US", "Boston, US", "Denver, US")],
)  # fmt: skip
def test_two_cities_of_a_long_distance_need_no_and(
    gazetteer: Gazetteer, line: str, country: str, here: str, there: str
) -> None:
    reading = read(line, gazetteer, country=country)

    assert set(both(reading, gazetteer)) == {here, there, ""}
    assert (reading.elsewhere, reading.search.typed) == ((), line)


def test_who_is_in_the_country_itself_means_it(gazetteer: Gazetteer) -> None:
    reading = read("أنا في عمان وهي في دبي", gazetteer, country="OM")

    assert (reading.search.area, reading.search.and_near, reading.elsewhere) == ("OM", "292223", ())


@pytest.mark.parametrize(
    ("line", "country", "left_out"),
    [("ich in Bonn, er in Köln und die Kinder in Mainz", "DE", "Mainz"),
     ("Paartherapie Berlin, Hamburg", "DE", "Hamburg"),
     ("he lives in Texas, she lives in Austin", "US", "Austin"),
     ("in person, he lives in Texas, she lives in Ohio", "US", "Ohio"),
     ("Spanish therapist in Chicago who studied in London", "US", "London")],
)  # fmt: skip
def test_a_place_that_is_not_searched_at_is_named(gazetteer: Gazetteer, line: str, country: str, left_out: str) -> None:
    reading = read(line, gazetteer, country=country)

    assert (reading.elsewhere, reading.search.text, reading.search.typed) == ((left_out,), "", line)


@pytest.mark.parametrize(
    ("line", "country"),
    [("Jordan Smith Chicago", "US"), ("Boston, Massachusetts", "US"),
     ("Paartherapie Wien", "AT"), ("thérapeute à Genève qui parle anglais", "CH")],
)  # fmt: skip
def test_no_place_is_named_that_is_none(gazetteer: Gazetteer, line: str, country: str) -> None:
    assert read(line, gazetteer, country=country).elsewhere == ()


@pytest.mark.parametrize(
    ("line", "country"),
    [("Trinidad and Tobago", "US"), ("Bosnia and Herzegovina", "US"), ("Chicago and suburbs", "US"),
     ("Tyne and Wear", "GB"), ("Chicago, couples and families", "US"), ("Brighton and Hove", "GB"),
     ("Getafe en Madrid", "ES"), ("Valby i København", "DK"), ("tienen en Madrid", "ES"),
     ("Palermo en Buenos Aires", "AR"),
     ("couples and families in Boston", "US"), ("Boston, New York", "US"),
     ("מטפל בתל אביב שמדבר אנגלית", "IL"), ("אני גר ברמת גן בתל אביב", "IL"), ("אני והוא גרים בחיפה", "IL"),
     ("معالج في القاهرة يتحدث الفرنسية", "EG"), ("I live in Brooklyn in New York", "US"),
     ("I live in Leeds, my therapist spoke French", "GB"), ("meine Frau kommt aus Wien, wir wohnen in Graz", "AT"),
     ("yo vivo en el centro de Madrid", "ES"), ("mi mujer es de Bilbao, vivimos en Madrid", "ES"),
     ("jeg bor i Aarhus i Danmark", "DK"), ("mon mari et moi à Lyon", "FR"), ("ben ve eşim İzmir'de", "TR"),
     ("저와 남편 부산에 살아요", "KR"), ("אני ובעלי בחיפה", "IL"), ("أنا وزوجتي في دبي", "AE"),
     ("I am in therapy she is in denial Chicago", "US"), ("er ist in Rente ich bin in Bonn", "DE"),
     ("he is in love I am in Denver", "US"), ("jeg er i krise han er i Odense", "DK"),
     ("he and I live in Denver", "US"), ("ik en mijn man wonen in Utrecht", "NL"),
     ("Paris, Texas", "US"), ("Chicago and online", "US"), ("Rostock und online", "DE")],
)  # fmt: skip
def test_one_place_stays_one(gazetteer: Gazetteer, line: str, country: str) -> None:
    assert read(line, gazetteer, country=country).search.and_near == ""


def test_what_they_wish_is_kept(gazetteer: Gazetteer) -> None:
    reading = read("Spanish, evenings, Lyon et Grenoble, online", gazetteer, country="FR")

    assert both(reading, gazetteer)[:2] == ("Lyon, FR", "Grenoble, FR")
    assert dict(reading.search.terms) == {"delivery": ("online",), "language": ("es",)}


def test_where_two_live_apart_a_city_of_millions_is_meant_rather_than_the_country(gazetteer: Gazetteer) -> None:
    apart = read("أنا في عمان وهو في دبي", gazetteer, country="AE")

    assert apart.found and (apart.found.place.name, apart.search.and_near) == ("Amman", "292223")


@pytest.mark.parametrize(
    ("line", "country", "place", "other"),
    [("New York London", "US", "New York City", "2643743"), ("new york london", "US", "New York City", "2643743"),
     ("long distance relationship New York London", "US", "New York City", "2643743"),
     ("one in New York one in London", "US", "New York City", "2643743"),
     ("Fernbeziehung Berlin München", "DE", "Berlin", "2867714"),
     ("relation à distance Paris Lyon", "FR", "Paris", "2996944"), ("Madrid Barcelona", "ES", "Madrid", "3128760"),
     ("Amsterdam Rotterdam", "NL", "Amsterdam", "2747891"), ("København Aarhus", "DK", "Copenhagen", "2624652"),
     ("București Cluj", "RO", "Bucharest", "681290"), ("İstanbul Ankara", "TR", "Istanbul", "323786"),
     ("תל אביב חיפה", "IL", "Tel Aviv", "294801"), ("서울 부산", "KR", "Seoul", "1838524"),
     ("دبي أبوظبي", "AE", "Dubai", "292968"), ("Ankara ile Konya arasında", "TR", "Ankara", "306571"),
     ("tussen Leiden en Delft", "NL", "Leiden", "2757345")],
)  # fmt: skip
def test_two_large_towns_side_by_side_are_where_two_live(
    gazetteer: Gazetteer, line: str, country: str, place: str, other: str
) -> None:
    reading = read(line, gazetteer, country=country)

    assert reading.found is not None and reading.found.place.name == place
    assert (reading.search.and_near, reading.unread) == (other, "")


@pytest.mark.parametrize(
    "line",
    ["London Ontario", "Paris Texas", "Chelsea London", "Washington Seattle", "Austin Houston", "Jack London Oakland"],
)
def test_a_town_in_another_and_a_name_are_no_two_towns(gazetteer: Gazetteer, line: str) -> None:
    assert read(line, gazetteer, country="US").search.and_near == ""


def test_two_towns_that_somebody_is_called_by_are_a_name(gazetteer: Gazetteer) -> None:
    assert read("Sophia Berlin", gazetteer, country="US", known=lambda words: True).search.and_near == ""


@pytest.mark.parametrize(
    ("line", "country", "left_out", "offered"),
    [("New York, New Jersey", "US", "New Jersey", "New Jersey, United States"),
     ("North Carolina, South Carolina", "US", "South Carolina", "South Carolina, United States"),
     ("Texas, Oklahoma", "US", "Oklahoma", "Oklahoma, United States"),
     ("New Jersey or New York", "US", "New York", "New York, United States"),
     ("Texas or Oklahoma, Spanish", "US", "Oklahoma", "Oklahoma, United States"),
     ("Boston or Israel", "US", "Israel", "Israel"), ("boston or israel", "US", "israel", "Israel"),
     ("Germany or France", "US", "France", "France"),
     ("Boston or Chicago", "US", "Chicago", "Chicago, Illinois, United States"),
     ("טקסס או אוהיו", "IL", "אוהיו", "Ohio, United States"), ("مصر أو الأردن", "EG", "الأردن", "Jordan")],
)  # fmt: skip
def test_of_several_places_the_others_are_offered(
    gazetteer: Gazetteer, line: str, country: str, left_out: str, offered: str
) -> None:
    reading = read(line, gazetteer, country=country)

    assert (reading.elsewhere, reading.search.typed, reading.search.text) == ((left_out,), line, "")
    assert reading.choices[0].label() == offered


def test_a_city_that_is_not_meant_is_a_choice(gazetteer: Gazetteer) -> None:
    reading = read("Washington, Oregon", gazetteer, country="US")

    assert [place.label() for place in reading.choices[:2]] == [
        "Oregon, United States", "Washington, District of Columbia, United States",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "country", "here", "there"),
    [("me in Boston, him in Israel", "US", "4930956", "IL"), ("Boston and Israel", "US", "4930956", "IL"),
     ("boston and israel", "US", "4930956", "IL"), ("Israel and Boston", "US", "IL", "4930956"),
     ("one of us in Texas, the other in Ohio", "US", "US-TX", "US-OH"), ("Texas & Ohio", "US", "US-TX", "US-OH"),
     ("he lives in Texas she lives in Ohio", "US", "US-TX", "US-OH"), ("NY and NJ", "US", "US-NY", "US-NJ"),
     ("mein Mann ist in Texas ich bin in Hamburg", "DE", "US-TX", "2911298"),
     ("he is in Texas, I am in Chicago", "US", "US-TX", "4887398"),
     ("je vis à Lyon il est en Suisse", "FR", "2996944", "CH"),
     ("yo vivo en Sevilla él vive en Francia", "ES", "2510911", "FR"),
     ("ich in Wien, er in Bayern", "AT", "2761369", "DE-BY"),
     ("ik woon in Gent en hij in Nederland", "BE", "2797656", "NL"),
     ("jeg bor i Aarhus hun bor i Sverige", "DK", "2624652", "SE"),
     ("ben İzmir'deyim eşim Almanya'da", "TR", "311046", "DE"),
     ("eu locuiesc în București el locuiește în Italia", "RO", "683506", "IT"),
     ("eu în România el în Italia", "RO", "RO", "IT"), ("ben Türkiye'deyim o Almanya'da", "TR", "TR", "DE"),
     ("אני בחיפה והוא בגרמניה", "IL", "294801", "DE"), ("أنا في دبي وهو في لبنان", "AE", "292223", "LB"),
     ("저는 서울에 살고 남편은 미국에 살아요", "KR", "1835848", "US")],
)  # fmt: skip
def test_one_of_two_is_known_by_country_or_region(
    gazetteer: Gazetteer, line: str, country: str, here: str, there: str
) -> None:
    search = read(line, gazetteer, country=country).search

    assert (search.place or search.area, search.and_near, search.text) == (here, there, "")
    assert (search.chosen("delivery"), search.typed) == (("online",), line)


@pytest.mark.parametrize(
    ("line", "country"),
    [("Texas and Austin", "US"), ("me in Boston, him in the United States", "US"),
     ("therapist in Trinidad and Tobago", "US"),
     ("Bosnia and Herzegovina online", "US"), ("therapist in Germany, office in Bonn", "DE"),
     ("couples and families in Texas", "US"), ("Spanish and English, Texas", "US"), ("Getafe en España", "ES")],
)  # fmt: skip
def test_a_place_in_the_other_is_where_one_lives_alone(gazetteer: Gazetteer, line: str, country: str) -> None:
    assert read(line, gazetteer, country=country).search.and_near == ""


@pytest.mark.parametrize(
    ("line", "offered"),
    [("Boston, New Hampshire", ["Boston, Massachusetts, United States", "New Hampshire, United States"]),
     ("Chicago, Wisconsin", ["Chicago, Illinois, United States", "Wisconsin, United States"]),
     ("Jordan, Utah", ["Jordan", "Utah, United States"]), ("Berlin, Austria", ["Berlin, Germany", "Austria"]),
     ("nyc, france", ["New York City, New York, United States", "France"]),
     ("long distance boston israel", ["Boston, Massachusetts, United States", "Israel"])],
)  # fmt: skip
def test_a_town_and_a_region_that_does_not_hold_it_are_both_offered(
    gazetteer: Gazetteer, line: str, offered: list[str]
) -> None:
    reading = read(line, gazetteer, country="US")

    assert (reading.found, [place.label() for place in reading.choices]) == (None, offered)
    assert reading.search.typed == line


@pytest.mark.parametrize(
    ("line", "left_out", "offered"),
    [("NYC or New Jersey", ("New Jersey",), "New Jersey, United States"),
     ("Boston or New Hampshire", ("New Hampshire",), "New Hampshire, United States"),
     ("DC, Maryland, Virginia", ("Maryland", "Virginia"), "Maryland, United States"),
     ("Berlin or Austria", ("Austria",), "Austria")],
)  # fmt: skip
def test_a_region_beside_a_town_is_offered(
    gazetteer: Gazetteer, line: str, left_out: tuple[str, ...], offered: str
) -> None:
    reading = read(line, gazetteer, country="US")

    assert reading.found and reading.found.place.kind == "city"
    assert (reading.elsewhere, reading.choices[0].label(), reading.search.text) == (left_out, offered, "")


def test_who_lives_in_two_countries_says_so_with_i_am(gazetteer: Gazetteer) -> None:
    search = read("he's in Germany I'm in Ohio", gazetteer, country="US").search

    assert (search.area, search.and_near) == ("DE", "US-OH")


def test_two_countries_that_somebody_listed_is_called_by_are_that_person(gazetteer: Gazetteer) -> None:
    reading = read("Israel Jordan", gazetteer, country="US", known=lambda words: words == "Israel Jordan")

    assert (reading.found, reading.search.text) == (None, "Israel Jordan")


def test_a_region_beside_a_city_of_another_region_offers_both(gazetteer: Gazetteer) -> None:
    reading = read("Tirol, Salzburg", gazetteer, country="AT")

    assert [place.name for place in reading.choices] == ["Tyrol", "Salzburg"]


@pytest.mark.parametrize("line", ["Portland Maine, Portland Oregon", "Portland Oregon, Portland Maine"])
def test_of_two_towns_of_one_name_the_other_is_offered(gazetteer: Gazetteer, line: str) -> None:
    reading = read(line, gazetteer, country="US")

    named = [place.label() for place in (*([reading.found.place] if reading.found else []), *reading.choices[:1])]
    assert named == ["Portland, Oregon, United States", "Portland, Maine, United States"]
    assert (reading.search.text, reading.search.typed) == ("", line)


def test_a_country_behind_its_city_is_no_namesake(gazetteer: Gazetteer) -> None:
    reading = read("Mexico City, Mexico couples therapy", gazetteer, country="US")

    assert reading.found and (reading.found.place.name, reading.elsewhere) == ("Mexico City", ())
