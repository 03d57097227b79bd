"""A therapist's own page."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from referral.listings import published, revisions
from referral.listings.checks import REACH_KM, coarse
from referral.listings.content import Answer, Credential, Licence, Price
from referral.listings.profile import Profile, profile, whereabouts
from referral.listings.published import load
from referral.places import distance
from tests.make import NOW, TODAY, make_listing


def shown(session: Session, **fields: object) -> Profile:
    listing = make_listing(session, **fields)
    return profile(
        load(session, [listing.id])[0], TODAY, lambda code, town="": town or {"US-IL": "Illinois"}.get(code, "")
    )


OFFICE = {"country": "US", "region": "US-IL", "locality": "Springfield", "street": "1 Mill Lane", "postcode": "62701"}
POINT = {"lat": 39.78171, "lon": -89.65012, "precision": "address"}


def test_how_well_a_language_is_spoken_stands_beside_it(session: Session) -> None:
    told = (Answer("language", "de", level="native"), Answer("language", "fr", level="?"), Answer("language", "en"))
    id = make_listing(session, languages=[]).id
    listing = published.load_any(session, [id])[0]

    seen = profile(replace(listing, content=replace(listing.content, terms=told)), TODAY)

    assert seen.languages == ("German (native)", "French", "English")
    assert seen.language_levels == {"de": "native"} and seen.card.language_labels == ("German", "French", "English")


def test_a_public_address_is_shown_whole(session: Session) -> None:
    office = shown(session, **OFFICE, **POINT, address_visibility="full").offices[0]

    assert (office.street, office.postcode, office.region_label) == ("1 Mill Lane", "62701", "Illinois")
    assert office.point == (39.78171, -89.65012) and office.exact
    assert office.precision == "The place is the address."


@pytest.mark.parametrize(
    ("seen", "country", "about"),
    [
        ("area", "US", "about a mile;"),
        ("none", "US", "about six miles"),
        ("area", "CA", "about two kilometres"),
        ("none", "CA", "about ten kilometres"),
    ],
)
def test_an_unseen_address_is_nowhere_on_the_page(session: Session, seen: str, country: str, about: str) -> None:
    found = shown(session, **OFFICE | {"country": country, "region": ""}, **POINT, address_visibility=seen)

    assert "Mill Lane" not in repr(found) and "62701" not in repr(found)
    assert "39.7817" not in repr(found) and "89.6501" not in repr(found)
    assert about in found.offices[0].precision and not found.offices[0].exact


def test_a_region_called_as_its_town_is_not_said_twice(session: Session) -> None:
    office = shown(session, country="US", region="US-IL", locality="Illinois").offices[0]

    assert (office.locality, office.region_label) == ("Illinois", "")


def test_an_office_without_a_point_says_nothing_of_precision(session: Session) -> None:
    office = shown(session, **OFFICE).offices[0]

    assert office.point is None and office.precision == ""


def test_who_meets_people_only_online_promises_no_address(session: Session) -> None:
    found = shown(session, **OFFICE, **POINT, address_visibility="area", delivery=["online"])

    assert found.offices[0].precision == ""


def test_the_map_shows_the_address_only_where_it_is_public(session: Session) -> None:
    open_door = whereabouts(shown(session, **OFFICE, **POINT, address_visibility="full").offices)
    hidden = whereabouts(shown(session, **OFFICE, **POINT, address_visibility="area").offices)
    town = whereabouts(shown(session, **OFFICE, **{**POINT, "precision": "town"}, address_visibility="full").offices)

    assert open_door is not None and open_door.points == [[39.78171, -89.65012]] and open_door.circles == []
    assert hidden is not None and hidden.points == [] and hidden.circles[0]["radius_km"] == 2.0
    assert "39.7817" not in repr(hidden)
    assert town is not None and town.points == [] and town.circles[0]["radius_km"] == 5.0
    assert whereabouts(shown(session, **OFFICE).offices) is None
    assert whereabouts(shown(session, **OFFICE, **POINT, delivery=["online"]).offices) is None


@given(st.floats(-89.9, 89.9), st.floats(-179.9, 179.9), st.sampled_from(["area", "none"]))
def test_the_circle_of_a_hidden_address_holds_it(lat: float, lon: float, seen: str) -> None:
    public = coarse(lat, lon, seen)

    assert public is not None
    assert distance.km(lat, lon, *public) < REACH_KM[seen]


def test_credentials_and_licences_come_with_who_checked_them(session: Session) -> None:
    held = Credential("certified_imago_therapist", "A Network", TODAY, None, "A Network", TODAY)
    expired = Credential("workshop_presenter", expires_on=TODAY - timedelta(1))
    licences = [Licence("LMFT", "US-IL", "166.1"), Licence("LCSW", "US-WI", expires_on=TODAY - timedelta(1))]

    found = shown(session, credentials=[held, expired], licences=licences)

    assert [(c.label, c.issuer, c.verified_by) for c in found.credentials] == [
        ("Certified Imago therapist", "A Network", "A Network")
    ]
    assert found.credentials[0].note
    assert [(n.title, n.jurisdiction_label) for n in found.licences] == [("LMFT", "Illinois, United States")]


def test_lists_are_labels(session: Session) -> None:
    found = shown(session, topics=["affair", "trust"], works_with=["couples"], payment=["cash", "sliding_scale"])

    assert found.topics[1] == "Trust" and len(found.topics) == 2
    assert found.works_with == ("Couples",)
    assert found.sliding_scale


def test_access_is_answered_not_claimed(session: Session) -> None:
    found = shown(session, accessibility={"lift": "yes", "parking": "no", "hearing_loop": "ask"})

    assert [(a.id, a.answer, a.answer_label) for a in found.accessibility] == [
        ("lift", "yes", "Yes"),
        ("parking", "no", "No"),
        ("hearing_loop", "ask", "Please ask"),
    ]


def test_where_online_clients_may_live_is_said_only_of_who_works_online(session: Session) -> None:
    assert shown(session, delivery=["online"], serves=["US-IL", "CA"]).serves == ("Canada", "Illinois, United States")
    assert shown(session, delivery=["in_person"], serves=["US-IL"]).serves == ()


def test_a_reader_sees_each_country_once_with_its_regions(session: Session) -> None:
    some = shown(session, delivery=["online"], serves=["US-IL", "US-XX", "CA"])
    whole = shown(session, delivery=["online"], serves=["US-IL", "US"])

    assert some.serves_people_in == ("Canada", "Illinois (United States)")
    assert whole.serves_people_in == ("United States",)


def test_a_phone_is_shown_as_people_write_it(session: Session) -> None:
    phone = shown(session, phone="+13125550123").phone

    assert phone and (phone.e164, phone.display) == ("+13125550123", "+1 312-555-0123")
    assert shown(session).phone is None


def test_prices_without_an_amount_are_left_out(session: Session) -> None:
    found = shown(session, costs=[Price("EUR", 120, 60, 80), Price("EUR", note="ask")])

    assert [(c.amount, c.least) for c in found.costs] == [(120, 80)]
    assert found.sliding_scale


def test_the_partner_is_linked_while_each_names_the_other_and_both_are_public(session: Session) -> None:
    ben = make_listing(session, name="Ben Example")
    ada = make_listing(session, name="Ada", partner=ben.public_id)

    named = profile(load(session, [ada.id])[0], TODAY).partner
    revisions.publish(session, [replace(load(session, [ben.id])[0].content, partner=ada.public_id)], NOW, "test")
    linked = profile(load(session, [ada.id])[0], TODAY).partner
    revisions.set_status(session, ben.id, "hidden", NOW)
    alone = profile(load(session, [ada.id])[0], TODAY).partner

    assert named is None
    assert linked and (linked.name, linked.url) == ("Ben Example", "/therapists/ben-example")
    assert linked.pair_url == "/therapists/ada/and/ben-example"
    assert alone is None


def test_a_page_never_holds_an_e_mail_address(session: Session) -> None:
    assert "ada@example.org" not in repr(shown(session, email="ada@example.org"))
