"""The card of a listing."""

from datetime import date, timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from sqlalchemy.orm import Session

from referral.listings.cards import Card, CredentialLine, by_verifier, card, load, new_clients, placed
from referral.listings.content import Credential, Price
from referral.listings.labels import cut, excerpt, plain
from referral.listings.sketches import initials
from tests.make import NOW, TODAY, make_listing

ILLINOIS = {"US-IL": "Illinois", "CA-ON": "Ontario", "DE-HH": "Hamburg"}


def shown(session: Session, **fields: object) -> Card:
    listing = make_listing(session, **fields)
    return card(load(session, [listing.id])[0], TODAY, place_names=lambda code, town="": town or ILLINOIS.get(code, ""))


def test_a_card_says_who_where_and_how(session: Session) -> None:
    found = shown(session, suffix="MS", languages=["es", "en"], delivery=["in_person", "online"])

    assert (found.name, found.suffix, found.role_label) == ("Ada Example", "MS", "Imago therapist")
    assert (found.locality, found.country_label) == ("Springfield, Illinois", "United States")
    assert found.language_labels == ("Spanish", "English")
    assert found.delivery_labels == ("In person", "Online")
    assert found.url == "/therapists/ada-example"


def test_a_town_that_is_its_own_region_is_named_once(session: Session) -> None:
    assert shown(session, country="DE", region="DE-HH", locality="Hamburg").locality == "Hamburg"


def test_a_town_is_called_as_the_places_call_it(session: Session) -> None:
    found = load(session, [make_listing(session, country="CH", region="CH-ZH", locality="Zürich").id])[0]
    german, korean = {"CH-ZH": "Zurich"}, {"CH-ZH": "취리히", "Zürich": "취리히시"}

    assert card(found, TODAY, place_names=lambda c, town="": german.get(town or c, town)).locality == "Zürich"
    assert card(found, TODAY, place_names=lambda c, town="": korean.get(town or c, town)).locality == "취리히시, 취리히"


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("I work with couples who argue. They learn to listen to each other.", "I work with couples who argue."),
        ("Short. They learn to listen to each other, and to speak anew.", "Short. They learn to listen to each…"),
        ("Trained with Mr. B. Example, years ago, for a long time in all.", "Trained with Mr. B. Example, years…"),
        ("“What do you need from me?” I ask. Then they talk to each other.", "“What do you need from me?” I ask."),
    ],
)
def test_their_words_end_with_a_sentence_where_half_of_them_are_left(words: str, shown: str) -> None:
    assert cut(words, 40) == shown


def test_who_works_only_online_has_no_town(session: Session) -> None:
    found = shown(session, offices=[], delivery=["online"])

    assert (found.locality, found.country, found.country_label, found.point) == ("", "", "", None)


@pytest.mark.parametrize(
    ("tracks", "credentials", "called"),
    [
        (["clinical"], ["certified_imago_therapist"], "Imago therapist"),
        (["facilitator"], ["certified_imago_facilitator"], "Imago facilitator"),
        (["clinical", "facilitator"], ["certified_imago_therapist"], "Imago therapist"),
        (["clinical"], ["imago_trainee"], "Imago therapist in training"),
        (["clinical"], ["imago_trainee", "certified_imago_therapist"], "Imago therapist"),
        ([], [], "Imago practitioner"),
    ],
)
def test_nobody_is_called_what_they_are_not(
    session: Session, tracks: list[str], credentials: list[str], called: str
) -> None:
    found = shown(session, tracks=tracks, credentials=credentials)

    assert found.role_label == called
    assert found.facilitator is (tracks == ["facilitator"])
    assert ("therapist" in found.role_label.lower()) is ("clinical" in tracks)


@pytest.mark.parametrize(
    ("said", "days", "value"),
    [
        ("accepting", 0, "accepting"),
        ("accepting", 30, "accepting"),
        ("accepting", 31, "ask"),
        ("accepting", None, "ask"),
        ("existing_only", 300, "existing_only"),
        ("no", None, "no"),
    ],
)
def test_accepting_holds_for_thirty_days_after_it_was_confirmed(said: str, days: int | None, value: str) -> None:
    confirmed = None if days is None else TODAY - timedelta(days)

    found = new_clients(said, confirmed, TODAY)

    assert (found.value, found.confirmed_on) == (value, confirmed)


@pytest.mark.parametrize(("said", "days", "is_recent"), [("no", 300, True), ("ask", 301, False), ("no", None, False)])
def test_a_day_of_this_year_needs_no_year(said: str, days: int | None, is_recent: bool) -> None:
    confirmed = None if days is None else TODAY - timedelta(days)

    assert new_clients(said, confirmed, TODAY).is_recent is is_recent


def test_an_expired_credential_is_not_shown(session: Session) -> None:
    gone = Credential("imago_supervisor", expires_on=TODAY - timedelta(1))
    last_day = Credential("workshop_presenter", expires_on=TODAY)

    found = shown(session, credentials=[gone, last_day])

    assert [line.id for line in found.credentials] == ["workshop_presenter"]


def test_the_office_nearest_to_the_search_is_named(session: Session) -> None:
    offices = [
        {"country": "US", "locality": "Chicago", "lat": 41.88, "lon": -87.63},
        {"country": "US", "locality": "Somewhere"},
        {"country": "US", "locality": "Peoria", "lat": 40.69, "lon": -89.59},
    ]
    listing = load(session, [make_listing(session, offices=offices).id])[0]

    assert card(listing, TODAY).locality == "Chicago"
    assert card(listing, TODAY, 3.0, near=(40.7, -89.6)).locality == "Peoria"


def test_a_card_has_only_the_coarse_point(session: Session) -> None:
    hidden = shown(session, lat=39.78171, lon=-89.65012, address_visibility="area", street="1 Mill Lane")

    assert hidden.point == (39.79, -89.65)
    assert "Mill Lane" not in repr(hidden)


def test_the_lowest_price_is_the_one_a_card_names(session: Session) -> None:
    found = shown(session, costs=[Price("USD", 200, 90), Price("USD", 150, 60, 80), Price("USD", 100, 50)])

    assert found.cost_from and (found.cost_from.amount, found.cost_from.least) == (150, 80)


def test_an_opening_that_has_passed_is_not_shown(session: Session) -> None:
    assert shown(session, next_opening=TODAY - timedelta(1)).next_opening is None
    assert shown(session, next_opening=TODAY).next_opening == TODAY


def test_an_unconfirmed_listing_says_so(session: Session) -> None:
    assert shown(session, status="unconfirmed").unconfirmed
    assert not shown(session).unconfirmed


def test_a_card_never_holds_an_e_mail_address(session: Session) -> None:
    assert "ada@example.org" not in repr(shown(session, email="ada@example.org"))


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Ada Example", "AE"),
        ("Ada", "A"),
        ("Jean-Baptiste de la Roche", "JR"),
        ("김서연", "김"),
        ("יעל כהן", "י"),
        ("…", ""),
        ('J. R. "Bobbie" Lee', "JL"),
    ],
)
def test_initials_stand_for_a_photo(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_an_excerpt_is_plain_words_cut_between_two() -> None:
    text = "# Hello\n\n* I *listen* to [both](https://example.org/x) of you.\n\n1. Slowly"

    assert plain(text) == "Hello I listen to both of you. Slowly"
    assert excerpt(text, 20) == "Hello I listen to…"
    assert plain("snake_case and 2 * 3") == "snake_case and 2 3"


def test_a_cut_leaves_no_full_stop_before_its_dots() -> None:
    assert cut("Oh, see z. B. this way", 14) == "Oh, see z…"
    assert cut("Oh, it is. You talk slowly", 12) == "Oh, it is."
    assert cut("I listen", 12) == "I listen"
    assert cut("... and then some more", 6) == "…"


@given(st.text(max_size=400), st.integers(2, 200))
def test_an_excerpt_is_never_longer_than_it_may_be(text: str, most: int) -> None:
    assert len(excerpt(text, most)) <= most


def test_cards_are_made_at_the_time_asked_about(session: Session) -> None:
    listing = load(session, [make_listing(session, now=NOW).id])[0]

    assert card(listing, TODAY + timedelta(30)).new_clients.value == "accepting"
    assert card(listing, TODAY + timedelta(31)).new_clients.value == "ask"


def test_a_card_that_was_drawn_before_says_its_own_distance(app: Flask, session: Session) -> None:
    drawn, found = app.jinja_env.globals["card_html"], shown(session)

    assert ["3\xa0km" in drawn(found._replace(distance_km=far)) for far in (3.0, 8.0, 3.0, None)] == [
        True, False, True, False,
    ]  # fmt: skip
    assert "8\xa0km" in drawn(found._replace(distance_km=8.0))


def test_a_card_of_kept_pieces_is_the_one_that_is_drawn_whole(app: Flask, session: Session) -> None:
    drawn, whole = app.jinja_env.globals["card_html"], app.jinja_env.get_template("parts/card.html").module.card  # type: ignore[attr-defined]  # a macro
    said: list[dict[str, object]] = [
        {"new_clients": "accepting", "new_clients_confirmed_on": TODAY},
        {"new_clients": "accepting", "new_clients_confirmed_on": TODAY - timedelta(31)},
        {"new_clients": "no", "credentials": ["imago_trainee"]},
        {"new_clients": "accepting", "new_clients_confirmed_on": TODAY, "next_opening": TODAY + timedelta(9)},
    ]
    cards = [shown(session, **fields) for fields in said]

    with app.test_request_context():
        for found in cards * 2:
            far = placed(found, 3.0, (("words", True),))
            assert drawn(found) == whole(card=found)
            assert drawn(far) == whole(card=far, far="3\xa0km")


def test_a_card_that_is_placed_differs_in_nothing_else(session: Session) -> None:
    before = shown(session, languages=["es"])

    after = placed(before, 3.5, (("words", True),))

    assert after == before._replace(distance_km=3.5, marks=(("words", True),))
    assert after.distance_km == 3.5


NETWORK, OTHER = "Imago Example", "Another Network"
LEVELS = (
    CredentialLine("a", "Certified", NETWORK, date(2026, 1, 3)),
    CredentialLine("b", "Advanced", "", None),
    CredentialLine("c", "Presenter", NETWORK, date(2025, 11, 5)),
    CredentialLine("d", "Supervisor", OTHER, date(2025, 3, 1)),
    CredentialLine("e", "Trainer", OTHER, date(2025, 3, 30)),
)


def test_levels_checked_by_one_network_stand_together_with_the_days_of_the_first_and_last_check() -> None:
    assert [(one.labels, one.verified_by, one.first, one.last) for one in by_verifier(LEVELS)] == [
        (("Certified", "Presenter"), NETWORK, date(2025, 11, 5), date(2026, 1, 3)),
        (("Advanced",), "", None, None),
        (("Supervisor", "Trainer"), OTHER, date(2025, 3, 1), date(2025, 3, 30)),
    ]


def test_a_card_says_of_every_level_who_verified_it_and_when(app: Flask, session: Session) -> None:
    with app.test_request_context():
        html = app.jinja_env.globals["card_html"](shown(session)._replace(credentials=LEVELS))
        said = Markup(html).striptags().replace("\N{THIN SPACE}", " ")

    assert "Certified, Presenter verified by Imago Example, Nov 2025 – Jan 2026" in said
    assert "Advanced as stated, not verified" in said
    assert "Supervisor, Trainer verified by Another Network, March 2025" in said
