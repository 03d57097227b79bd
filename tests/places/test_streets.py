"""An address less its streets and doors: what is left says where it is."""

import pytest

from referral.places import streets


@pytest.mark.parametrize(
    ("line", "left"),
    [("C/ Mayor 15, 2o B, 28013 Madrid", ["28013 Madrid"]), ("C/ Mayor 15 28013 Madrid", ["28013 Madrid"]),
     ("C/ Real, 5, Granada", ["Granada"]), ("Plaza Mayor, s/n, León", ["León"]),
     ("г. Казань, ул. Ленина, д. 5, кв. 3", ["Казань"]), ("Казань, Ленина, 5", ["Казань"]),
     ("Казань ул. Ленина 5", ["Казань"]), ("12 Main St, Naas, Co. Kildare", ["Naas", "Kildare, Ireland"]),
     ("10 Main St W Hamilton ON", ["Hamilton ON"]), ("1 Elm St North Bend, OR", None),
     ("Main Street, 2nd Floor, Sligo", ["Main Street", "Sligo"]), ("Rua Goiás, no 100, Londrina-PR", ["Londrina, PR"]),
     ("110 台北市信義區信義路五段7號", ["台北市信義區信義路五段7號"])],
)  # fmt: skip
def test_streets_and_doors_are_left_out(line: str, left: list[str] | None) -> None:
    address = streets.address(line)

    assert (address and [typed for typed, _ in address.told]) == left


@pytest.mark.parametrize(
    "line",
    ["Chicago", "Springfield, Illinois", "28013 Madrid", "Co. Cork", "Paris 10", "Naperville, near Chicago",
     "no, not 5", "Ocean Grove, NJ", "Maria Byrne, Galway", "мы с мужем, Казань", "couples therapist, 5 years", "s/n"],
)  # fmt: skip
def test_what_says_no_street_is_no_address(line: str) -> None:
    assert streets.address(line) is None


def test_a_county_lies_in_its_country_and_may_be_unknown() -> None:
    address = streets.address("The Square, Dingle, Co. Kerry")

    assert address is not None
    assert list(address.lines()) == ["The Square, Dingle, Kerry, Ireland", "The Square, Dingle, Ireland"]
    assert address.is_loose
    assert streets.address("Maria Byrne, Co. Kerry") == streets.Address(
        [("Maria Byrne", "Maria Byrne"), ("Kerry, Ireland", "Ireland")], is_loose=False
    )
