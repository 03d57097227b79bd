"""What is wrong is said beside its own field, everything at once, and each sentence leads to what is to be mended."""

import re
from typing import Any

import pytest

from tests.editing.therapist import Therapist, ann

__all__ = ["ann"]

LONG = "x" * 1500

MISTAKES: dict[str, tuple[dict[str, Any], list[str]]] = {
    "words": ({"bio": LONG}, ["words-bio"]),
    "work": ({"delivery": []}, ["work-delivery-0"]),
    "languages": ({"spoken__0__language": "", "spoken__0__level": "native"}, ["languages-spoken-0-language"]),
    "online": ({"served": "Qxyzzy"}, ["online-served"]),
    "costs": ({"costs__0__note": "For two"}, ["costs-costs-0-amount"]),
    "contact": (
        {"phone": "call me", "website": "not a site", "email": "me@"},
        ["contact-phone", "contact-website", "contact-email"],
    ),
    "training": (
        {"licences__0__number": "17", "credentials__0__level": "", "credentials__0__issued_on": "2020-01-01"},
        ["training-credentials-0-level", "training-licences-0-title"],
    ),
    "name": ({"name": "", "suffix": LONG}, ["name-name", "name-suffix"]),
    "identity": ({"gender": LONG, "faith": LONG}, ["identity-gender", "identity-faith"]),
    "partner": ({"partner": "https://example.org/nobody"}, ["partner-partner"]),
    "availability": (
        {"new_clients": "maybe", "intro_call_minutes": "500"},
        ["availability-new_clients-0", "availability-intro_call_minutes"],
    ),
}


@pytest.mark.parametrize("id", MISTAKES)
def test_every_mistake_is_said_beside_its_field_and_in_the_summary(ann: Therapist, id: str) -> None:
    typed, controls = MISTAKES[id]

    page = ann.save(id, **typed)

    assert page.status_code == 400
    summary = page.text.split('id="mend"')[1].split("</div>")[0]
    assert re.findall(r'href="#([^"]+)"', summary) == controls
    for control in controls:
        assert f'id="{control}"' in page.text
        assert f'id="{control.removesuffix("-0")}-wrong"' in page.text
    assert ann.listing.version == 1


def test_the_summary_names_the_field_of_each_sentence(ann: Therapist) -> None:
    page = ann.save("costs", costs__0__note="For two", costs__1__note="For one")

    summary = page.text.split('id="mend"')[1].split("</div>")[0]
    said = re.findall(r'href="#[^"]+">([^<]+)', summary)
    assert [one.split(":")[0] for one in said] == ["Price 1, Price", "Price 2, Price"]


def test_a_place_where_a_licence_holds_that_is_none_is_said_beside_it(ann: Therapist) -> None:
    page = ann.save("training", licences__0__title="LMFT", licences__0__jurisdiction="Qxyzzy")

    assert 'href="#training-licences-0-jurisdiction"' in page.text
    assert page.text.count('aria-invalid="true"') == 1


def test_letters_where_a_number_belongs_reach_us_and_stay(ann: Therapist) -> None:
    page = ann.save("costs", costs__0__amount="about 90")

    assert "This is not a whole number." in page.text
    assert 'value="about 90"' in page.text
    # of a field for numbers a browser sends no letters, and a screen reader reads an empty one as “0.0”
    assert 'type="number"' not in page.text
