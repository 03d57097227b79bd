"""How the index sees listings, and follows them."""

import random
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from threading import Event, current_thread
from time import sleep
from typing import Any

import pytest
from sqlalchemy import Engine, delete, text, update
from sqlalchemy.orm import Session
from structlog.testing import capture_logs

from index import generation
from index.background import Background
from index.embedded import EmbeddedIndex
from index.types import Document, Query
from referral import changes, db, model
from referral.errors import UsageError
from referral.listings import documents, indexing, published, revisions
from referral.listings.content import Credential
from tests.make import NOW, TODAY, make_listing, make_listings


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


def test_an_index_follows_what_was_published_and_taken_away(session: Session, index: EmbeddedIndex) -> None:
    ada, ben = make_listing(session, name="Ada"), make_listing(session, name="Ben")
    assert indexing.follow(session, index, TODAY) == 2

    revisions.set_status(session, ada.id, "hidden", NOW)
    make_listing(session, name="Ben", public_id=ben.public_id, languages=["he"])
    cid = make_listing(session, name="Cid")

    assert indexing.follow(session, index, TODAY) == 3
    assert {id for id, _km in index.find(Query(), TODAY).hits} == {ben.id, cid.id}
    assert [id for id, _km in index.find(Query(terms=(("language", ("he",)),)), TODAY).hits] == [ben.id]
    assert indexing.verify(session, index, TODAY) == []
    assert indexing.follow(session, index, TODAY) == 0


def test_an_erased_listing_leaves_the_index(session: Session, index: EmbeddedIndex) -> None:
    ada = make_listing(session, name="Ada")
    indexing.follow(session, index, TODAY)

    revisions.erase(session, [ada.id], NOW)
    indexing.follow(session, index, TODAY)

    assert index.find(Query(), TODAY).total == 0


def test_verify_says_what_an_index_missed(session: Session, index: EmbeddedIndex) -> None:
    ada = make_listing(session, name="Ada")
    indexing.follow(session, index, TODAY)
    session.execute(update(model.Office).where(model.Office.listing_id == ada.id).values(country="CA", region=""))
    make_listing(session, name="Ben")

    said = indexing.verify(session, index, TODAY)

    assert said[0] == "The index stands at change 1, the database at 2."
    assert len(said) >= 3


def test_commands_build_an_index_far_behind_anew(
    session: Session, index: EmbeddedIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_listing(session, name="Ada")
    indexing.follow(session, index, TODAY)
    before = index.state().generation
    monkeypatch.setattr(indexing, "FAR_BEHIND", 3)
    make_listings(session, [{"name": f"Person {n}"} for n in range(4)])

    assert indexing.catch_up(session, index, TODAY)

    state = index.state()
    assert state.generation != before and (state.documents, state.delta, state.seq) == (5, 0, 5)


def test_commands_catch_up_in_steps(session: Session, index: EmbeddedIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    make_listing(session, name="Ada")
    indexing.follow(session, index, TODAY)
    monkeypatch.setattr(indexing, "STEP", 2)
    monkeypatch.setattr(indexing, "STRIDE", 2)
    make_listings(session, [{"name": f"Person {n}"} for n in range(5)])

    assert indexing.catch_up(session, index, TODAY)

    assert (index.state().delta, indexing.verify(session, index, TODAY)) == (5, [])


def test_an_index_ahead_of_a_restored_database_is_built_anew(session: Session, index: EmbeddedIndex) -> None:
    make_listings(session, [{"name": "Ada"}, {"name": "Ben"}])
    indexing.follow(session, index, TODAY)
    session.execute(delete(model.Listing).where(model.Listing.id == 2))
    session.execute(text("DELETE FROM change WHERE seq = 2"))
    session.execute(text("UPDATE change_clock SET seq = 1"))
    session.commit()

    indexing.follow(session, index, TODAY)

    indexing._background.wait()
    assert (index.state().seq, index.state().documents) == (1, 1)
    assert indexing.verify(session, index, TODAY) == []


def test_a_page_that_began_before_a_change_builds_nothing(engine: Engine, index: EmbeddedIndex) -> None:
    with Session(engine) as first:
        make_listing(first, name="Ada")
        first.commit()
        indexing.follow(first, index, TODAY)
    with db.reading(engine) as older:
        changes.latest(older)
        with Session(engine) as newer:
            make_listing(newer, name="Ben")
            newer.commit()
            indexing.follow(newer, index, TODAY)
        before = index.state()

        indexing.follow(older, index, TODAY)

    indexing._background.wait()
    assert index.state() == before


def test_an_index_whose_changes_were_tidied_away_is_built_anew(session: Session, index: EmbeddedIndex) -> None:
    ids = make_listings(session, [{"name": "Ada"}, {"name": "Ben"}])
    indexing.follow(session, index, TODAY)
    for id in ids:
        revisions.set_status(session, id, "hidden", NOW)
    session.execute(text("DELETE FROM change WHERE seq < 4"))
    session.commit()

    indexing.follow(session, index, TODAY)

    indexing._background.wait()
    assert index.find(Query(), TODAY).total == 0


@pytest.fixture
def behind(session: Session, index: EmbeddedIndex, monkeypatch: pytest.MonkeyPatch) -> EmbeddedIndex:
    """An index of one listing in a database of six, where that is far behind; the background is as at the start."""
    monkeypatch.setattr(indexing, "_background", Background())
    monkeypatch.setattr(indexing, "STEP", 2)
    monkeypatch.setattr(indexing, "FAR_BEHIND", 3)
    make_listing(session, name="Ada")
    session.commit()
    indexing.follow(session, index, TODAY)
    make_listings(session, [{"name": f"Person {n}"} for n in range(5)])
    session.commit()
    return index


def test_a_search_far_behind_waits_for_nobody(
    session: Session, behind: EmbeddedIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, may_go_on, built, rebuild = Event(), Event(), [], indexing.rebuild

    def slowly(*given: Any) -> int:
        begun.set()
        built.append(current_thread().name)
        assert may_go_on.wait(10)
        return rebuild(*given)

    monkeypatch.setattr(indexing, "rebuild", slowly)

    for _search in range(3):
        assert indexing.follow(session, behind, TODAY) == 0
        assert begun.wait(10)
    assert behind.state().documents == 1

    may_go_on.set()
    indexing._background.wait()
    assert built == ["index"]
    assert (behind.state().documents, behind.state().delta, behind.state().seq) == (6, 0, 6)


def test_an_edit_is_found_at_once_while_the_index_is_built_anew(
    session: Session, behind: EmbeddedIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    indexing.catch_up(session, behind, TODAY)
    begun, may_go_on, rebuild = Event(), Event(), indexing.rebuild
    monkeypatch.setattr(indexing, "PATCHED", 0)

    def slowly(*given: Any) -> int:
        begun.set()
        assert may_go_on.wait(10)
        return rebuild(*given)

    monkeypatch.setattr(indexing, "rebuild", slowly)
    make_listing(session, name="Ben")
    session.commit()
    assert indexing.follow(session, behind, TODAY) == 1
    assert begun.wait(10)

    cid = make_listing(session, name="Cid")
    session.commit()
    assert indexing.follow(session, behind, TODAY) == 1

    assert [id for id, _km in behind.find(Query(text="cid"), TODAY).hits] == [cid.id]
    may_go_on.set()
    indexing._background.wait()
    assert behind.state().delta <= 2
    indexing.follow(session, behind, TODAY)
    assert indexing.verify(session, behind, TODAY) == []


def test_a_rebuild_that_fails_is_told_once_a_minute_and_searches_help_themselves(
    session: Session, behind: EmbeddedIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_given: Any) -> int:
        raise OSError("no space left on device")

    monkeypatch.setattr(indexing, "rebuild", broken)

    with capture_logs() as told:
        assert indexing.follow(session, behind, TODAY) == 0
        indexing._background.wait()
        followed = [indexing.follow(session, behind, TODAY) for _search in range(4)]
        indexing._background.wait()

    assert [line["event"] for line in told] == ["index not brought up to date"]
    assert followed == [2, 2, 1, 0]
    assert indexing.verify(session, behind, TODAY) == []


def test_a_process_leaves_the_rebuild_to_another_that_is_at_it(
    session: Session, behind: EmbeddedIndex, tmp_path: Path
) -> None:
    with generation.rebuilding(tmp_path / "index"), capture_logs() as told:
        assert indexing.follow(session, behind, TODAY) == 0
        indexing._background.wait()
        assert indexing.follow(session, behind, TODAY) == 0

    assert told == []
    assert (indexing.catch_up(session, behind, TODAY), behind.state().documents) == (True, 6)


def test_an_index_that_the_disk_lost_goes_on_and_is_built_anew_beside(
    session: Session, behind: EmbeddedIndex, tmp_path: Path
) -> None:
    indexing.catch_up(session, behind, TODAY)
    (tmp_path / "index" / "CURRENT").unlink()
    sleep(0.01)

    assert behind.state().is_lost
    assert indexing.follow(session, behind, TODAY) == 0
    assert behind.find(Query(), TODAY).total == 6

    indexing._background.wait()
    assert not behind.state().is_lost and behind.state().documents == 6


def test_nobody_is_said_to_be_there_by_an_index_that_is_not_built_yet(
    session: Session, index: EmbeddedIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_listing(session, name="Ada")
    session.commit()
    monkeypatch.setattr(indexing, "PATIENCE", 0.1)

    with generation.rebuilding(tmp_path / "index"), pytest.raises(UsageError) as refused:
        indexing.follow(session, index, TODAY)

    assert refused.value.status == 503
    indexing.follow(session, index, TODAY)
    assert index.state().documents == 1


def test_a_rebuild_tells_how_far_it_is(session: Session, index: EmbeddedIndex) -> None:
    make_listings(session, [{"name": f"Person {n}"} for n in range(published.CHUNK + 1)])
    told: list[tuple[int, int]] = []

    count = indexing.rebuild(session, index, TODAY, lambda done, all: told.append((done, all)))

    assert count == indexing.count(session) == published.CHUNK + 1
    assert told == [(500, 501), (501, 501)]


def _publish(session: Session, chance: random.Random, ids: list[int]) -> None:
    ids.append(make_listing(session, name=f"Person {len(ids)}", languages=chance.choice([["en"], ["es", "en"]])).id)


def _revise(session: Session, chance: random.Random, ids: list[int]) -> None:
    listing = session.get(model.Listing, chance.choice(ids), populate_existing=True)
    if listing is not None:
        make_listing(session, public_id=listing.public_id, name="Other", topics=["trust"], lat=chance.uniform(30, 40))


def _status(session: Session, chance: random.Random, ids: list[int]) -> None:
    id = chance.choice(ids)
    if session.get(model.Listing, id, populate_existing=True) is not None:
        revisions.set_status(session, id, chance.choice(["active", "paused", "hidden", "unconfirmed"]), NOW)


def _erase(session: Session, chance: random.Random, ids: list[int]) -> None:
    revisions.erase(session, [chance.choice(ids)], NOW)


@pytest.mark.parametrize("seed", range(6))
def test_following_every_kind_of_change_ends_where_a_rebuild_does(
    session: Session, index: EmbeddedIndex, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    ids: list[int] = []
    kinds: list[Callable[[Session, random.Random, list[int]], None]] = [_publish, _publish, _revise, _status, _erase]
    _publish(session, chance, ids)

    for _n in range(25):
        chance.choice(kinds)(session, chance, ids)
        if chance.random() < 0.4:
            indexing.follow(session, index, TODAY)
    indexing.follow(session, index, TODAY)

    assert indexing.verify(session, index, TODAY) == []
    anew = EmbeddedIndex(tmp_path / "anew", index._facets)
    indexing.rebuild(session, anew, TODAY)
    assert {id for id, _km in anew.find(Query(per_page=50), TODAY).hits} == {
        id for id, _km in index.find(Query(per_page=50), TODAY).hits
    }
    assert index.state().seq == anew.state().seq == changes.latest(session)
