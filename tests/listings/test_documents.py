"""How the index sees a listing: only what is public of it, under every name it has."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from index.embedded import EmbeddedIndex
from index.types import Document, Query
from referral.listings import documents, indexing, published
from referral.listings.content import Credential
from tests.make import TODAY, make_listing


def seen(session: Session, **fields: object) -> Document:
    listing = make_listing(session, **fields)
    return documents.document(published.load(session, [listing.id])[0], TODAY)


def test_a_document_knows_only_coarse_points(session: Session) -> None:
    found = seen(session, lat=39.78171, lon=-89.65012, address_visibility="area")

    assert found.points == ((39.79, -89.65),)
    assert found.areas == {"US", "US-IL"}
    assert found.terms[documents.COUNTRY] == {"US"}


def test_two_offices_in_one_square_are_one_point(session: Session) -> None:
    near = [{"country": "US", "lat": 39.781, "lon": -89.651}, {"country": "US", "lat": 39.782, "lon": -89.652}]

    assert len(seen(session, offices=near).points) == 1


def test_only_yes_is_searched(session: Session) -> None:
    found = seen(session, accessibility={"lift": "yes", "parking": "no", "hearing_loop": "ask"})

    assert found.terms["accessibility"] == {"lift"}


def test_an_expired_credential_is_not_searched(session: Session) -> None:
    held = [Credential("imago_supervisor", expires_on=TODAY - timedelta(1)), Credential("workshop_presenter")]

    found = seen(session, credentials=held)

    assert found.terms["credential"] == {"workshop_presenter"}
    assert found.called["credentials"]["en"] == ["imago workshop presenter"]


@pytest.mark.parametrize(
    ("said", "accepts", "term"),
    [("accepting", True, None), ("existing_only", False, "existing_only"), ("no", False, "no")],
)
def test_what_a_day_can_change_is_left_to_the_index(
    session: Session, said: str, accepts: bool, term: str | None
) -> None:
    found = seen(session, new_clients=said)

    assert found.accepts is accepts and found.confirmed_on == TODAY
    assert found.terms.get("new_clients", frozenset()) == ({term} if term else frozenset())


def test_where_clients_may_live_counts_only_online(session: Session) -> None:
    assert seen(session, delivery=["online"], serves=["US-IL"]).serves == {"US-IL"}
    assert seen(session, delivery=["in_person"], serves=["US-IL"]).serves == frozenset()


def test_a_topic_is_found_by_its_other_names(session: Session, index: EmbeddedIndex) -> None:
    listing = make_listing(session, topics=["affair"], bio="I *listen*.")
    make_listing(session, name="Ben")

    indexing.follow(session, index, TODAY)

    assert [id for id, _km in index.find(Query(text="infidelity"), TODAY).hits] == [listing.id]
    assert [id for id, _km in index.find(Query(text="listen"), TODAY).hits] == [listing.id]


@pytest.mark.parametrize("language", ["en", "de", "fr", "pl"])
def test_what_a_term_is_called_elsewhere_has_no_stems_of_the_listings_language(
    session: Session, index: EmbeddedIndex, language: str
) -> None:
    """ "pary" is Polish for couples; with an English stemmer it would be the town of Paris."""
    make_listing(session, works_with=["couples"], topics=["affair"], bio="hello", bio_language=language)
    indexing.follow(session, index, TODAY)

    found = [line for line in ("paris", "pary", "couple", "affairs") if index.find(Query(text=line), TODAY).total]
    assert found == ["pary", "couple", "affairs"]
    assert list(index.differences(indexing.documents(session, TODAY), TODAY)) == []


@pytest.mark.parametrize(("visibility", "found"), [("full", True), ("area", False), ("none", False)])
def test_only_a_public_address_is_found_by_its_postcode(session: Session, visibility: str, found: bool) -> None:
    words = seen(session, country="GB", locality="Leeds", postcode="LS1 4AP", address_visibility=visibility).texts

    assert ("LS1 4AP" in words["places"]) is found
    assert "Leeds" in words["places"] and "United Kingdom" in words["places"]


@pytest.mark.parametrize(
    ("about", "line"),
    [({"bio": "I also work with emotionally focused therapy."}, "EFT"), ({"bio": "EFT and Imago."}, "emotionally"),
     ({"name": "Jutta Baumgärtner"}, "Baumgaertner"), ({"name": "Jutta Baumgärtner"}, "Baumgartner"),
     ({"name": "Søren Größl"}, "Groessl"), ({"name": "Søren Größl"}, "Soeren")],
)  # fmt: skip
def test_a_listing_is_found_by_what_else_its_words_are_called(
    session: Session, index: EmbeddedIndex, about: dict[str, str], line: str
) -> None:
    listing = make_listing(session, **about)
    indexing.follow(session, index, TODAY)

    assert [id for id, _km in index.find(Query(text=line), TODAY).hits] == [listing.id]


def test_an_unconfirmed_listing_is_not_attested(session: Session) -> None:
    assert seen(session).attested
    assert not seen(session, status="unconfirmed").attested
