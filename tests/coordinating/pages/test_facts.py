"""What a network says of itself: changed at once, or after a moderator."""

from typing import Any

import pytest

from referral import model
from referral.coordinating import form
from referral.errors import UsageError
from referral.model import NetworkRevision
from referral.places.gazetteer import Gazetteer
from tests.client import CheckingClient
from tests.coordinating.pages.hands import HOME, count
from tests.people import Write


def facts_form(page: str, **changed: Any) -> dict[str, Any]:
    plain = {"website": "", "directory_url": "", "workshops_url": "", "phone": "", "email": "", "city": "",
             "postal_address": "", "offers": "", "training": "", "areas": "US-IL Illinois",
             "own_language": "en"}  # fmt: skip
    base = page.partition('name="base" value="')[2].partition('"')[0]
    return {**plain, "base": base, **changed}


def test_a_network_is_changed_at_once_or_after_a_moderator(
    me: CheckingClient, net: model.Network, write: Write
) -> None:
    path = f"{HOME}/facts"
    page = me.get(path).text
    assert "US-IL Illinois" in page

    first = me.post(path, data={"csrf_token": me.csrf_token(), **facts_form(
        page, phone="+1 312 555 0100", areas="US-IL\nCanada\nbavaria", languages=["es"], level_imago_trainee="Student",
    )})  # fmt: skip

    assert (first.status_code, first.location) == (303, f"{path}?said=both#said")
    page = me.get(first.location).text
    assert "What waits for a moderator" in page and "Canada" in page and "Bavaria" in page and "Student" in page
    there = write(lambda s: s.get(model.Network, net.id))
    assert (there.phone, there.languages, there.version) == ("+1 312 555 0100", ["en"], 2)
    assert me.post_form(f"{path}/take-back").status_code == 303
    assert me.post_form(f"{path}/take-back").status_code == 409
    assert "What waits" not in me.get(path).text


def test_what_cannot_be_said_is_told_beside_its_field(me: CheckingClient, write: Write) -> None:
    path = f"{HOME}/facts"
    form = facts_form(me.get(path).text, website="javascript:x", areas="Atlantis of yore", level_imago_trainee="x" * 99)

    page = me.post(path, data={"csrf_token": me.csrf_token(), **form})

    assert page.status_code == 400 and page.text.count("Please mend:") == 3
    for said in ("not a web address", "no country, state or province", "at most 80", "Atlantis of yore"):
        assert said in page.text
    assert count(write, NetworkRevision) == 0


@pytest.mark.parametrize(
    ("typed", "code"),
    [("La Rioja, Spain", "ES-RI"), ("US-IL Illinois", "US-IL"), ("DE Deutschland", "DE"), ("de", "DE")],
)
def test_an_area_is_what_people_call_it(typed: str, code: str, gazetteer: Gazetteer) -> None:
    assert form.read_area(typed, gazetteer) == code


@pytest.mark.parametrize("typed", ["Atlantis", "Germny", "Georgia", "FR Nowhere"])
def test_an_area_that_would_be_guessed_is_asked_about(typed: str, gazetteer: Gazetteer) -> None:
    with pytest.raises(UsageError):
        form.read_area(typed, gazetteer)


def test_of_two_coordinators_the_later_sees_both(me: CheckingClient) -> None:
    path, token = f"{HOME}/facts", me.csrf_token()
    form = facts_form(me.get(path).text)
    me.post(path, data={"csrf_token": token, **form, "phone": "+1 312 555 0100"})

    late = me.post(path, data={"csrf_token": token, **form, "phone": "+1 312 555 0199"})

    assert late.status_code == 409 and "Somebody changed this meanwhile" in late.text
    assert "+1 312 555 0100" in late.text and "+1 312 555 0199" in late.text
    again = me.post(path, data={"csrf_token": token, **facts_form(late.text, phone="+1 312 555 0199")})
    assert again.status_code == 303
