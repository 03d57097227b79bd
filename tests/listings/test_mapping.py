"""Which column of a file is which of ours."""

from pathlib import Path

import pytest

from referral.errors import UsageError
from referral.listings.mapping import columns

HEADER = ("Full name", "ZIP", "a=b", "Country")


def test_pairs_are_read_in_the_order_of_our_fields() -> None:
    assert columns("postcode=ZIP, country = Country,name=Full name", HEADER) == {
        "name": "Full name",
        "country": "Country",
        "postcode": "ZIP",
    }


def test_without_a_mapping_equal_names_are_taken() -> None:
    assert columns("", ("Name", "SHOES", "postcode", "id")) == {"name": "Name", "postcode": "postcode", "id": "id"}


def test_without_a_mapping_columns_are_known_by_what_people_call_them() -> None:
    header = ("Full name", "PLZ", "Ort", "Land", "Valid until", "Shoe size")

    assert columns("", header) == {"name": "Full name", "postcode": "PLZ", "locality": "Ort", "country": "Land"}


def test_a_column_that_bears_our_own_name_comes_before_a_guess() -> None:
    assert columns("", ("Full name", "Place", "name", "locality")) == {"name": "name", "locality": "locality"}


def test_a_column_may_hold_a_comma_or_an_equals_sign() -> None:
    assert columns('name=a=b,"street=Road, number"', ("a=b", "Road, number")) == {
        "name": "a=b",
        "street": "Road, number",
    }


@pytest.mark.parametrize(
    ("name", "content"),
    [("m.toml", 'name = "Full name"\npostcode = "ZIP"\n'), ("m.csv", "name,Full name\npostcode,ZIP\n")],
)
def test_a_mapping_may_be_a_file(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content)

    assert columns(str(tmp_path / name), HEADER) == {"name": "Full name", "postcode": "ZIP"}


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        ("name=Name", "no column Name; it has Full name, ZIP"),
        ("surname=Full name", "no field surname; there are"),
        ("postcode=ZIP", 'to name. The file has Full name, ZIP, a=b, Country. .* --map "name=COLUMN,country=COLUMN"'),
        ("name=ZIP,name=Country", "names a field twice: name"),
        ("nothing.toml", "is not a mapping"),
        ("nothing", "is not a mapping"),
    ],
)
def test_a_mapping_that_cannot_be_used_says_why(mapping: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        columns(mapping, HEADER)


def test_a_mapping_file_that_is_broken_says_why(tmp_path: Path) -> None:
    (tmp_path / "m.toml").write_text("name = ")

    with pytest.raises(UsageError, match="is not a mapping"):
        columns(str(tmp_path / "m.toml"), HEADER)
