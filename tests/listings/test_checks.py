"""What a listing's content must keep to."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral.errors import UsageError
from referral.listings.checks import checked, coarse, web_address
from referral.listings.content import Answer, Content, Credential, Licence, Office, Price
from tests.make import make_content


def test_a_plain_content_passes() -> None:
    assert checked(make_content()).name == "Ada Example"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (Content(""), "name is missing"),
        (Content("\u200b"), "name is missing"),
        (Content("x" * 161), "161 characters"),
        (Content("x", bio="y" * 1201), "1201 characters"),
        (Content("x", status="published"), "Unknown status: published"),
        (Content("x", new_clients="maybe"), "new clients: maybe"),
        (Content("x", website="javascript:alert(1)"), "Not a web address"),
        (Content("x", website="https://[broken"), "Not a web address"),
        (Content("x", phone="555-0100"), "“555-0100” is not a telephone number"),
        (Content("x", public_id="../etc"), "Not a public id"),
        (Content("x", offices=(Office("XX"),)), "Unknown country: XX"),
        (Content("x", offices=(Office("EU"),)), "Unknown country: EU"),
        (Content("x", offices=(Office("US", "CA-ON"),)), "Wrong region: CA-ON"),
        (Content("x", offices=(Office("US", lat=90.0000001, lon=0.0),)), "Not a coordinate"),
        (Content("x", offices=(Office("US", lat=math.nan, lon=0.0),)), "Not a coordinate"),
        (Content("x", offices=(Office("US", lat=0.0, lon=math.inf),)), "Not a coordinate"),
        (Content("x", offices=(Office("US", lat=1.0),)), "latitude and longitude"),
        (Content("x", offices=(Office("US", address_visibility="all"),)), "Unknown visibility"),
        (Content("x", offices=(Office("US"),) * 301), "More entries"),
        (Content("x", terms=(Answer("topic", "astrology"),)), "Unknown term: topic astrology"),
        (Content("x", terms=(Answer("topic", "trust", "perhaps"),)), "Unknown answer: perhaps"),
        (Content("x", costs=(Price("dollars", 5),)), "Unknown currency"),
        (Content("x", costs=(Price("USD", -1),)), "Not a price"),
        (
            Content(
                "x",
                served=("US-IL", "ZZ"),
            ),
            "Unknown country: ZZ",
        ),
        (Content("x", credentials=(Credential("guru"),)), "Unknown credential"),
        (Content("x", licences=(Licence("", "US"),)), "licence has no name"),
    ],
)  # fmt: skip - one fault a line
def test_a_fault_is_named(wrong: Content, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        checked(wrong)


def test_an_address_never_stands_in_an_error() -> None:
    with pytest.raises(UsageError) as error:
        checked(Content("x", email="somebody@nowhere@example.org"))

    assert "somebody" not in error.value.text


def test_of_two_answers_on_one_term_the_last_counts() -> None:
    twice = (Answer("accessibility", "lift"), Answer("accessibility", "lift", "no"))

    assert checked(Content("x", terms=twice)).terms == twice[1:]


def test_a_public_address_has_its_own_point_and_an_unseen_one_does_not() -> None:
    assert coarse(51.50735, -0.12776, "full") == (51.50735, -0.12776)
    assert coarse(51.50735, -0.12776, "area") == (51.51, -0.13)
    assert coarse(51.50735, -0.12776, "none") == (51.55, -0.15)
    assert coarse(None, None, "full") is None


def test_minus_nought_becomes_nought() -> None:
    office = checked(Content("x", offices=(Office("GH", lat=-0.0, lon=-0.0),))).offices[0]

    assert str(office.lat) == str(office.lon) == "0.0"


@given(st.floats(-90, 90), st.floats(-180, 180), st.sampled_from(["area", "none"]))
def test_a_coarse_point_is_in_range_near_and_the_same_for_the_whole_square(lat: float, lon: float, seen: str) -> None:
    point = coarse(lat, lon, seen)

    step = {"area": 0.02, "none": 0.1}[seen]
    assert point is not None
    assert abs(point[0]) <= 90 and abs(point[1]) <= 180
    assert abs(point[0] - lat) <= step / 2 + 1e-4 and abs(point[1] - lon) <= step / 2 + 1e-4
    assert coarse(*point, seen) == point


@pytest.mark.parametrize(
    ("address", "may_be"),
    [
        ("https://user:pw@evil.example/", False),
        ("https://good.example@evil.example/", False),
        ("http://127.0.0.1:22/", False),
        ("https://ada.example/@ada", True),
        ("https://ada.example:8443/", True),
    ],
)
def test_a_website_has_a_name_and_no_user(address: str, may_be: bool) -> None:
    assert web_address(address) is may_be
