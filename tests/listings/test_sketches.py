"""What is stored of a listing for cards: the same as the tables say, on every day."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from referral.listings.cards import card, load, of_sketch
from referral.listings.content import Credential, Price
from referral.listings.labels import no_names
from referral.listings.sketches import Cost, Held, Sketch, Spot, read, sketch, written
from tests.make import TODAY, make_listing

HERE = {"country": "US", "region": "US-IL", "locality": "Springfield", "lat": 39.78213, "lon": -89.65}

words = st.text(st.characters(codec=None), max_size=12)
days = st.none() | st.dates()
ids = st.lists(words, max_size=3).map(tuple)
degrees = st.none() | st.floats(allow_nan=False, allow_infinity=False)
sketches = st.builds(
    Sketch,
    *[words] * 8,
    st.booleans(),
    st.booleans(),
    words,
    *[ids] * 3,
    st.lists(st.integers(0, 999), max_size=3).map(tuple),
    words,
    *[days] * 3,
    *[words] * 3,
    st.none() | st.builds(Cost, st.integers(0), words, st.none() | st.integers(0), st.none() | st.integers(0)),
    st.lists(st.builds(Spot, words, words, degrees, degrees), max_size=3).map(tuple),
    st.lists(st.builds(Held, words, words, days, days), max_size=3).map(tuple),
)


@given(st.lists(sketches, max_size=4))
def test_what_was_stored_is_read_back(some: list[Sketch]) -> None:
    assert list(read([written(one) for one in some])) == some


def test_a_stored_sketch_makes_the_card_of_its_listing(session: Session) -> None:
    listing = make_listing(
        session,
        costs=[Price("EUR", 120, 60, 80)],
        bio="Some *words* of [theirs](https://example.org).",
        offices=[HERE, {"country": "CA"}],
    )
    found = load(session, [listing.id])[0]

    for near in (None, (39.8, -89.6), (45.0, -75.0)):
        stored = next(read([written(sketch(found))]))
        assert of_sketch(stored, TODAY, no_names, near) == card(found, TODAY, near=near)


@pytest.mark.parametrize(
    ("days", "new_clients", "next_opening", "levels"),
    [
        (0, "accepting", True, 2),
        (29, "accepting", True, 2),
        (30, "accepting", True, 2),
        (31, "ask", True, 2),
        (90, "ask", True, 2),
        (91, "ask", False, 2),
        (120, "ask", False, 2),
        (121, "ask", False, 1),
    ],
)
def test_what_the_days_make_untrue_is_decided_on_the_day(
    session: Session, days: int, new_clients: str, next_opening: bool, levels: int
) -> None:
    listing = make_listing(
        session,
        new_clients="accepting",
        new_clients_confirmed_on=TODAY,
        next_opening=TODAY + timedelta(90),
    )
    found = load(session, [listing.id])[0]
    held = (Credential("imago_trainee"), Credential("certified_imago_therapist", expires_on=TODAY + timedelta(120)))
    kept = sketch(found)._replace(held=tuple(Held(c.level, "", None, c.expires_on) for c in held))

    shown = of_sketch(next(read([written(kept)])), TODAY + timedelta(days), no_names)

    assert shown.new_clients.value == new_clients
    assert (shown.next_opening is not None) is next_opening
    assert len(shown.credentials) == levels
    assert shown.role_label == ("Imago therapist" if levels == 2 else "Imago therapist in training")


def test_no_hidden_place_stands_in_a_sketch(session: Session) -> None:
    hidden = {"street": "Hidden Lane", "postcode": "62701", "address_visibility": "none"}
    listing = make_listing(session, offices=[HERE | hidden], email="me@example.org")

    stored = written(sketch(load(session, [listing.id])[0])).decode()

    assert not [secret for secret in ("Hidden", "62701", "39.78213", "me@") if secret in stored]
