"""One country's postcodes: the towns they belong to, and the villages they bring."""

from referral.places import names
from referral.places.sources import City
from referral.places.villages import Served, Towns, is_receiver, postcodes


def towns(country: str, *cities: City) -> Towns:
    made = Towns(country, cities)
    for index, city in enumerate(cities):
        made.add_city(index, names.of_city(city))
    return made


def city(number: int, name: str, lat: float, lon: float, people: int = 0, admin1: str = "01") -> City:
    return City(number, name, [], "FR", admin1, "", lat, lon, people)


def test_a_postcode_belongs_to_the_city_of_that_name_near_it() -> None:
    known = towns("FR", city(1, "Lyon", 45.7, 4.8, 500_000), city(2, "Lyon", 48.0, 2.0, 900_000))

    found = postcodes(known, [Served("Lyon 01", "", 45.77, 4.83, ["69001"])])

    assert found == [("69001", "69001", 4577000, 483000, 0)]
    assert known.villages == []


def test_a_name_nobody_knows_is_one_village_however_often_it_comes() -> None:
    known = towns("FR", city(1, "Lyon", 45.7, 4.8))

    found = postcodes(known, [Served("Ars", "", 46.0, 4.7, ["2", "1"]), Served("Ars", "", 46.1, 4.9, ["1"])])

    assert [(code, town) for code, *_, town in found] == [("1", -1), ("2", -1)]
    assert [village.name for village in known.villages] == ["Ars"]


def test_a_village_lies_where_the_towns_of_its_state_do_else_where_the_nearest_does() -> None:
    known = towns("FR", city(1, "Lyon", 45.7, 4.8, admin1="84"), city(2, "Lille", 50.6, 3.0, admin1="32"))
    rows = [Served("Lyon", "Rhône", 45.7, 4.8, ["1"]), Served("Ars", "Rhône", 50.5, 3.1, ["2"])]

    postcodes(known, [*rows, Served("Lezennes", "", 50.6, 3.1, ["3"])])
    states = known.place_villages()

    assert states == {"Rhône": "84"}
    assert [village.region for village in known.villages] == ["84", "32"]


def test_a_street_belongs_to_the_nearest_town_and_to_none_where_there_is_none() -> None:
    street = Served("Jurong West Street 52", "", 1.35, 103.7, ["640510"])

    assert postcodes(towns("SG", city(1, "Singapore", 1.29, 103.85)), [street])[0][-1] == 0
    assert postcodes(towns("SG"), [street]) == []


def test_firms_and_offices_are_no_villages() -> None:
    for country, name in [
        ("JP", "大阪市環境事業局"),
        ("JP", "東京セキスイ工業\u3000株式会社"),
        ("DE", "Linde GmbH Gases Division"),
        ("DE", "Finanzamt Syke"),
        ("DE", "Stadtverwaltung Löhne"),
        ("DE", "Regierungspräsidium Kassel Zentrale Bußgeldstelle, Dezernat 44"),
        ("DE", "Industrie- und Handelskammer für Essen"),
    ]:
        assert is_receiver(country, name)
    for country, name in [("JP", "Marunochi"), ("DE", "Bankow"), ("DE", "Groß Flotow"), ("CH", "Möriken AG")]:
        assert not is_receiver(country, name)
    known = towns("DE", city(1, "Syke", 52.91, 8.82, 24_000))

    assert known.town(Served("Finanzamt Syke", "Niedersachsen", 52.9, 8.8, ["28855"])) == 0
    assert known.villages == []
