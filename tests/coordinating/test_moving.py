"""Members who moved: a roster with their new town never leaves half of the old address beside it."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from referral.accounts.permissions import Actor
from referral.coordinating import comparing, files, importing
from referral.listings.content import Office
from referral.model import Network
from referral.places.distance import km
from referral.places.gazetteer import Gazetteer
from tests.coordinating.people import make_member
from tests.coordinating.test_importing import everybody
from tests.make import HEAD, NOW, TODAY

HOME = {"country": "US", "region": "US-NJ", "locality": "Bridgeton", "postcode": "08302", "street": "3 Orchard Road"}
AT_HOME = {**HOME, "address_visibility": "full", "lat": 39.4273, "lon": -75.2341, "precision": "postcode"}
FIELDS = {"country": "country", "region": "region", "locality": "town", "postcode": "postcode", "street": "street"}


def compare(
    session: Session, net: Network, me: Actor, places: Gazetteer, cells: dict[str, str]
) -> comparing.Comparison:
    text = f"name,{','.join(FIELDS[c] for c in cells)}\nAda Example,{','.join(cells.values())}\n"
    file = files.keep(session, net.id, me.account_id, "roster.csv", text.encode(), NOW)
    return comparing.compare(session, net, file, None, places, TODAY)


def moved(session: Session, net: Network, me: Actor, places: Gazetteer, **cells: str) -> tuple[Office, list[str]]:
    """Where Ada is after a roster said that of her, and what it remarked."""
    shown = compare(session, net, me, places, cells)
    assert shown.bad == []
    found = importing.looked_at(session, net, shown.digest, me, places, NOW)
    importing.take_over(session, net, found, (), me, HEAD, NOW)
    return everybody(session)["Ada Example"].offices[0], [one.reason for one in shown.remarks]


@pytest.fixture
def ada(session: Session, net: Network) -> None:
    """Somebody nobody looks after, in New Jersey, whose address is shown."""
    make_member(session, net, name="Ada Example", offices=[AT_HOME])


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"locality": "Chicago"}, ("US", "US-IL", "Chicago", "", "")),
        ({"locality": "Boston", "street": "1 Beacon Street"}, ("US", "US-MA", "Boston", "", "1 Beacon Street")),
        ({"locality": "Seattle", "postcode": "98101"}, ("US", "US-WA", "Seattle", "98101", "")),
        ({"country": "Germany", "locality": "Köln"}, ("DE", "DE-NW", "Köln", "", "")),
        ({"locality": "Springfield", "region": "IL"}, ("US", "US-IL", "Springfield", "", "")),
        ({"locality": "Springfield", "region": "Illinois"}, ("US", "US-IL", "Springfield", "", "")),
        ({"locality": "bridgeton", "street": "4 Oak Road"}, ("US", "US-NJ", "bridgeton", "08302", "4 Oak Road")),
        ({"region": "US-IL", "locality": "Springfield"}, ("US", "US-IL", "Springfield", "", "")),
        ({"region": "NJ", "street": "4 Oak Road"}, ("US", "US-NJ", "Bridgeton", "08302", "4 Oak Road")),
    ],
)
@pytest.mark.usefixtures("ada")
def test_a_new_town_takes_nothing_of_the_old_along(
    session: Session, net: Network, me: Actor, gazetteer: Gazetteer, cells: dict[str, str], told: tuple[str, ...]
) -> None:
    office, remarks = moved(session, net, me, gazetteer, **cells)

    assert (office.country, office.region, office.locality, office.postcode, office.street) == told
    assert office.lat is not None and office.public_lat is not None and remarks == []


@pytest.mark.parametrize(
    ("cells", "place"),
    [
        ({"locality": "Nirgendsburg"}, "Nirgendsburg, US"),
        ({"locality": "Chicago", "region": "TX"}, "Chicago, TX, US"),
        ({"country": "CA"}, "CA"),
        ({"country": "CA", "locality": "Chicago", "street": "1 Beacon Street"}, "1 Beacon Street, Chicago, CA"),
        ({"region": "US-IL"}, "Bridgeton, US-IL, US"),
    ],
)
@pytest.mark.usefixtures("ada")
def test_who_cannot_be_found_there_stays_and_is_named(
    session: Session, net: Network, me: Actor, gazetteer: Gazetteer, cells: dict[str, str], place: str
) -> None:
    before = everybody(session)["Ada Example"].offices[0]

    office, remarks = moved(session, net, me, gazetteer, **cells)

    assert office == before
    former = "Bridgeton, US-NJ, US"
    assert remarks == [f"We do not know “{place}”. Ada Example stays at the former address: {former}."]


@pytest.mark.usefixtures("ada")
def test_a_postcode_of_another_town_is_left_out_and_said(
    session: Session, net: Network, me: Actor, gazetteer: Gazetteer
) -> None:
    office, remarks = moved(session, net, me, gazetteer, locality="Boston", postcode="98101")

    assert (office.locality, office.postcode, office.precision) == ("Boston", "", "locality")
    assert remarks == ["The postcode 98101 is not of Boston; left out."]


@pytest.mark.usefixtures("ada")
def test_the_same_roster_again_changes_nothing(session: Session, net: Network, me: Actor, gazetteer: Gazetteer) -> None:
    moved(session, net, me, gazetteer, locality="Chicago")

    assert compare(session, net, me, gazetteer, {"locality": "Chicago"}).same == 1


CELLS: dict[str, list[str]] = {
    "country": ["US", "CA", "Germany"],
    "region": ["IL", "US-MO", "Missouri", "NB", "CA-NB", "New Jersey", "US-NJ", "DE-NW", "Nowhere"],
    "locality": ["Springfield", "Moncton", "Köln", "Chicago", "Bridgeton", "Columbia", "Nirgendsburg"],
    "postcode": ["62701", "65806", "50667", "60601", "08302", "E1C 1A1", "99999"],
    "street": ["1 Beacon Street"],
}


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells=st.fixed_dictionaries({}, optional={k: st.sampled_from(["", *v]) for k, v in CELLS.items()}))
@pytest.mark.usefixtures("ada")
def test_whatever_a_row_says_they_are_in_the_town_that_is_shown(
    session: Session, net: Network, me: Actor, gazetteer: Gazetteer, cells: dict[str, str]
) -> None:
    shown = compare(session, net, me, gazetteer, {"locality": "", **cells})

    office = shown.changed[0].after.offices[0] if shown.changed else Office(**AT_HOME)  # type: ignore[arg-type]
    assert shown.bad == [] and office.lat is not None and office.lon is not None
    here = (office.lat, office.lon)
    found = gazetteer.find(office.locality, country=office.country, limit=40)
    towns = [f.place for f in found if f.place.country == office.country and km(*here, f.place.lat, f.place.lon) < 40]
    assert office.region in ("", *(town.region_code for town in towns)) and towns
    code: Any = next(iter(gazetteer.find(office.postcode, country=office.country)), None) if office.postcode else None
    is_known = code is not None and (code.match, code.place.country) == ("postcode", office.country)
    assert not is_known or km(*here, code.place.lat, code.place.lon) < 40
    is_home = (office.country, office.locality, office.region) == ("US", "Bridgeton", "US-NJ")
    kept = {name for name in ("region", "postcode", "street") if getattr(office, name) == HOME[name]}
    assert is_home or {name for name in kept if not cells.get(name)} == set()
