"""An address whose town has a letter wrong: the town is put right as it is alone, and no word of the street is one."""

import pytest

from referral.places.gazetteer import Gazetteer


@pytest.mark.parametrize(
    ("typed", "country", "label"),
    [
        ("12 Main St, Springfeld", None, "Springfield, "),
        ("22 High St, Manchestr", None, "Manchester, England"),
        ("22 High Street Manchestr", "GB", "Manchester, England"),
        ("10 Elm St Bostn MA", None, "Boston, Massachusetts"),
        ("45 Oak St, Chicgo, IL", None, "Chicago, Illinois"),
        ("45 Oak St Apt 3, Chicgo, Illinois", "US", "Chicago, Illinois"),
        ("12 rue de Rivoli, Pariss", "FR", "Paris, Île-de-France"),
        ("12 rue de Rivoli, Pariss", None, "Paris, Île-de-France"),
        ("רחוב יפו 20, ירושליים", "IL", "Jerusalem, Israel"),
        ("ירושליים, רחוב יפו 20", None, "Jerusalem, Israel"),
        ("Calle Mayor 5, Barclona", "ES", "Barcelona, Catalonia"),
        ("Hauptstraße 12, Münchn", "DE", "Munich, Bavaria"),
        ("Kastanienallee 7, Belrin", None, "Berlin, Germany"),
        ("Via Roma 3, Milnao", "IT", "Milan, Lombardy"),
        ("ул. Ленина 5, Казнь", "RU", "Kazan"),
        ("King St 5 Sydny", "AU", "Sydney, New South Wales"),
        ("Vestergade 5, Kobenhvan", "DK", "Copenhagen"),
    ],
)
def test_the_town_behind_a_street_is_put_right(
    gazetteer: Gazetteer, typed: str, country: str | None, label: str
) -> None:
    found = gazetteer.find(typed, country=country)

    assert [f.place.label()[: len(label)] for f in found[:1]] == [label]
    assert (found[0].match, found[0].corrected) == ("fallback", True)


@pytest.mark.parametrize(
    "typed",
    [
        "12 rue de Rivoli, Xqzzt",
        "12 Lincoln St, Qwrtzp",
        "12 rue de la Paix",
        "Calle Toledo 5, Zzyxxq",
        "12 Main St, kitchen",
        "5 Park Rd, teacher",
        "רחוב יפו 20, קקקטטט",
    ],
)
def test_no_word_of_a_street_is_the_town(gazetteer: Gazetteer, typed: str) -> None:
    assert [f.place.label() for f in gazetteer.find(typed)] == []


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("12 rue de Rivoli, Paris", "Paris, Île-de-France"),
        ("12 rue de Rivoli Paris", "Paris, Île-de-France"),
        ("5 rue du Rhône Genève", "Geneva"),
        ("10 Elm St Boston MA", "Boston, Massachusetts"),
    ],
)
def test_a_town_spelled_right_stays_as_typed(gazetteer: Gazetteer, typed: str, label: str) -> None:
    (first, *_) = gazetteer.find(typed)

    assert first.place.label().startswith(label)
    assert not first.corrected
