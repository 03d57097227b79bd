"""Each section of the page: what is not touched stays, what is typed is read as people mean it."""

from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from referral import terms
from referral.editing import reading
from referral.editing.sections import SECTIONS, section
from referral.editing.where import OfficeForm, sees
from referral.listings.checks import checked
from referral.listings.content import Answer, Content, Credential, Licence, Office, Price
from referral.places.gazetteer import Gazetteer
from referral.search.sources import area_name
from tests.editing.sent import sent
from tests.make import TODAY, make_content

FULL = make_content(
    suffix="MS, MFT",
    pronouns="she/her",
    identity={"faith": "Quaker", "other": "kept"},
    bio="I work slowly.\n\nAnd *gladly*.",
    website="https://ada.example",
    phone="+12175550123",
    email="ada@example.org",
    languages=["en", "he"],
    delivery=["in_person", "online"],
    topics=["trust"],
    session_minutes=["90"],
    payment=["cash"],
    accessibility={"lift": "no", "parking": "ask"},
    costs=[Price("USD", 150, 90, 90, "evenings")],
    serves=["US-IL", "US-WI"],
    credentials=[
        Credential("certified_imago_therapist", "IRNA", date(2015, 5, 1), None, "IRNA", date(2025, 1, 1)),
        Credential("workshop_presenter", "IRNA"),
    ],
    licences=[Licence("LCSW", "US-IL", "149.0", date(2027, 1, 1), "IRNA", date(2025, 1, 1))],
    next_opening=date(2027, 1, 4),
    waitlist=True,
    intro_call_minutes=20,
    street="1 Old Street",
    postcode="62701",
    precision="address",
)


def saved(content: Content, id: str, places: Gazetteer, **changed: object) -> Content:
    """The content after the section was saved with these fields changed."""
    one = section(id)
    assert one is not None
    form = reading.filled(one, content, sent(reading.filled(one, content), **changed))
    told, wrong = reading.read(form, content, places, TODAY)
    assert told is not None, wrong
    return told


def refused(content: Content, id: str, places: Gazetteer, **changed: object) -> list[str]:
    """The sentences said instead of reading."""
    one = section(id)
    assert one is not None
    form = reading.filled(one, content, sent(reading.filled(one, content), **changed))
    told, wrong = reading.read(form, content, places, TODAY)
    assert told is None
    return [sentence for _id, sentence in wrong]


@pytest.mark.parametrize("content", [checked(FULL), checked(Content("Bo"))], ids=["full", "bare"])
@pytest.mark.parametrize("id", [one.id for one in SECTIONS])
def test_saving_a_section_untouched_changes_nothing(content: Content, id: str, gazetteer: Gazetteer) -> None:
    if id == "work" and not content.chosen("delivery"):
        assert refused(content, id, gazetteer) == ["Choose at least one way to meet."]
        return
    confirmed = {"new_clients_confirmed_on": TODAY} if id == "availability" else {}

    assert saved(content, id, gazetteer) == checked(replace(content, **confirmed))


def test_every_field_of_a_listing_can_be_edited_in_exactly_one_section(gazetteer: Gazetteer) -> None:
    ids = [one.id for one in SECTIONS]

    assert len(ids) == len(set(ids))


def test_a_telephone_number_is_read_as_people_of_the_country_write_it(gazetteer: Gazetteer) -> None:
    assert saved(FULL, "contact", gazetteer, phone="(217) 555-0199").phone == "+12175550199"
    assert saved(FULL, "contact", gazetteer, phone="+44 20 7946 0958").phone == "+442079460958"
    assert saved(FULL, "contact", gazetteer, phone="").phone == ""
    assert "“call me” is not a telephone number" in refused(FULL, "contact", gazetteer, phone="call me")[0]


def test_a_website_needs_no_beginning(gazetteer: Gazetteer) -> None:
    assert saved(FULL, "contact", gazetteer, website="www.ada.example").website == "https://www.ada.example"
    assert refused(FULL, "contact", gazetteer, website="javascript://alert(1)")


def test_a_new_office_is_found_by_its_town_or_postcode(gazetteer: Gazetteer) -> None:
    told = saved(
        FULL, "offices", gazetteer, offices__0__locality="Evanston", offices__0__postcode="", offices__0__street=""
    )

    office = told.offices[0]
    assert (office.region, office.precision, office.point_source) == ("US-IL", "locality", "gazetteer")
    assert office.lat == pytest.approx(42.04, abs=0.05)
    by_code = saved(FULL, "offices", gazetteer, offices__0__locality="", offices__0__postcode="60201").offices[0]
    assert (by_code.locality, by_code.precision) == ("Evanston", "postcode")


@pytest.mark.parametrize("typed", ["Springfield, Missouri", "Springfield, MO", "Springfield, MO, USA"])
def test_the_region_behind_a_town_says_which_and_is_not_kept_twice(gazetteer: Gazetteer, typed: str) -> None:
    other = saved(FULL, "offices", gazetteer, offices__0__locality=typed, offices__0__postcode="")
    again = saved(other, "offices", gazetteer, offices__0__street="2 Oak Street")

    assert [(o.offices[0].locality, o.offices[0].region) for o in (other, again)] == [("Springfield", "US-MO")] * 2


def test_a_town_goes_on_to_be_the_one_it_was(gazetteer: Gazetteer) -> None:
    here = saved(FULL, "offices", gazetteer, offices__0__postcode="", offices__0__street="2 Oak Street").offices[0]

    assert (here.region, here.precision) == ("US-IL", "locality")


def test_an_unknown_town_is_said_and_nothing_guessed(gazetteer: Gazetteer) -> None:
    assert refused(FULL, "offices", gazetteer, offices__0__locality="Qwxyzt", offices__0__postcode="") == [
        "We do not know “Qwxyzt”. Check the spelling, or give the postcode too."
    ]


def test_an_office_without_a_town_is_asked_for_one(gazetteer: Gazetteer) -> None:
    said = refused(FULL, "offices", gazetteer, offices__0__locality="", offices__0__postcode="")

    assert said == ["Name the town of this office, or its postcode."]


def test_what_visitors_see_can_change_without_moving_the_office(gazetteer: Gazetteer) -> None:
    office = saved(FULL, "offices", gazetteer, offices__0__address_visibility="none").offices[0]

    assert (office.lat, office.lon, office.address_visibility) == (39.7817, -89.6501, "none")
    assert (office.public_lat, office.public_lon) != (39.7817, -89.6501)


def seen(places: Gazetteer, *offices: Office, **typed: str) -> list[str]:
    """What visitors read of an address with the choices full, area and none."""
    row = OfficeForm(data={"country": "US", "locality": "Springfield", "postcode": "", "street": ""} | typed)
    return list(sees(row, 0, offices, places, partial(area_name, places)).values())


def test_choices_that_would_read_alike_are_not_told_apart(gazetteer: Gazetteer) -> None:
    assert set(seen(gazetteer)) == {""}
    assert len(set(seen(gazetteer, street="1 Old Street"))) == 2


def test_what_visitors_see_names_the_region_that_saving_would_find(gazetteer: Gazetteer) -> None:
    whole, *rough = seen(gazetteer, street="1 Old Street", postcode="62701")
    assert whole == "1 Old Street, Springfield, Illinois 62701, United States"
    assert set(rough) == {"Springfield, Illinois, United States"}

    there = Office("US", "US-MA", "Springfield", street="1 Old Street")
    assert seen(gazetteer, there, street="1 Old Street")[1] == "Springfield, Massachusetts, United States"
    assert seen(gazetteer, there, street="2 Old Street")[1] == "Springfield, Massachusetts, United States"
    assert seen(gazetteer, there, street="2 Old Street", country="XX") == ["", "", ""]


def test_a_pin_set_by_hand_counts_unless_it_lies_far_away(gazetteer: Gazetteer) -> None:
    near = saved(FULL, "offices", gazetteer, offices__0__lat="39.790000", offices__0__lon="-89.640000").offices[0]

    assert (near.lat, near.lon, near.precision, near.point_source) == (39.79, -89.64, "address", "pin")
    assert "far from Springfield" in refused(FULL, "offices", gazetteer, offices__0__lat="48.1")[0]
    for bad in ("nan", "1e309", "x"):
        assert refused(FULL, "offices", gazetteer, offices__0__lat=bad)


def test_an_office_is_removed_by_its_box(gazetteer: Gazetteer) -> None:
    assert saved(FULL, "offices", gazetteer, offices__0__removed="y").offices == ()


def test_where_online_clients_may_live_is_read_by_name_and_code(gazetteer: Gazetteer) -> None:
    assert saved(FULL, "online", gazetteer, served="Illinois, Germany; US-WI").served == ("DE", "US-IL", "US-WI")
    assert refused(FULL, "online", gazetteer, served="Illinois, Qwxyzt") == [
        "“Qwxyzt” is no country, state or province we know."
    ]


def test_nobody_may_serve_people_in_honduras_for_having_written_atlantis(gazetteer: Gazetteer) -> None:
    assert "“Atlantis” is no country" in refused(FULL, "online", gazetteer, served="Illinois, Atlantis")[0]
    assert "Did you mean Wisconsin" in refused(FULL, "training", gazetteer, licences__0__jurisdiction="Wisconson")[0]


def test_a_code_of_two_meanings_stays_what_it_was(gazetteer: Gazetteer) -> None:
    served = replace(FULL, served=("IL", "US-IL"))

    assert saved(served, "online", gazetteer).served == ("IL", "US-IL")
    assert "more than one place" in refused(FULL, "online", gazetteer, served="IL")[0]


def test_a_level_that_was_changed_is_no_longer_verified(gazetteer: Gazetteer) -> None:
    told = saved(FULL, "training", gazetteer, credentials__0__issuer="Somebody else")

    assert [c.verified_by for c in told.credentials] == ["", ""]
    assert told.licences == FULL.licences


def test_a_price_needs_a_currency(gazetteer: Gazetteer) -> None:
    assert refused(FULL, "costs", gazetteer, costs__0__currency="") == ["Choose the currency."]
    assert refused(FULL, "costs", gazetteer, costs__0__amount="a lot") == ["This is not a whole number."]
    assert saved(FULL, "costs", gazetteer, costs__0__removed="y").costs == ()


def test_languages_keep_their_order_and_how_well(gazetteer: Gazetteer) -> None:
    told = saved(FULL, "languages", gazetteer, spoken__1__level="fluent")

    assert [a for a in told.terms if a.facet == "language"] == [
        Answer("language", "en"),
        Answer("language", "he", "yes", "fluent"),
    ]


def test_what_no_list_holds_is_refused(gazetteer: Gazetteer) -> None:
    assert refused(FULL, "work", gazetteer, topic=["trust", "<b>"]) == ["Choose from the list."]
    assert refused(FULL, "availability", gazetteer, new_clients="perhaps") == ["Choose one of these."]
    assert refused(FULL, "languages", gazetteer, spoken__0__language="xx") == ["Choose one of the list."]
    assert refused(FULL, "availability", gazetteer, next_opening="tomorrow")


def test_a_text_that_is_too_long_is_said_with_its_length(gazetteer: Gazetteer) -> None:
    assert "1201 characters" in refused(FULL, "words", gazetteer, bio="x" * 1201)[0]


def test_one_more_row_can_be_asked_for_without_losing_what_was_typed() -> None:
    one = section("costs")
    assert one is not None
    form = reading.filled(one, FULL, sent(reading.filled(one, FULL), costs__0__note="typed"))

    reading.with_one_more(one, form, "costs")

    assert len(form["costs"]) == 2 and form["costs"][0].form["note"].data == "typed"
    assert reading.with_one_more(one, form, "payment") is form


def test_an_empty_office_row_says_nothing(gazetteer: Gazetteer) -> None:
    assert saved(checked(Content("Bo", offices=())), "offices", gazetteer).offices == ()
    assert Office("US") != Office("DE")


BY_OTHERS = {"credential", "new_clients", "track"}
"""Facets that follow from other fields, or are a network's to say."""


@pytest.mark.parametrize("facet", sorted(set(terms.facets()) - BY_OTHERS))
def test_every_facet_can_be_said_by_its_therapist(facet: str) -> None:
    content = replace(FULL, terms=(Answer(facet, next(iter(terms.facets()[facet].terms))),))

    told = [one.form.told(content) for one in SECTIONS]

    assert told != [one.form.told(replace(FULL, terms=())) for one in SECTIONS]
