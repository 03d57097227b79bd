"""The index follows the listings, whatever changed."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, delete, text, update
from sqlalchemy.orm import Session

from index import generation
from index.embedded import EmbeddedIndex
from index.types import Query
from referral import changes, db, model
from referral.errors import UsageError
from referral.listings import indexing, published, revisions
from tests.make import NOW, TODAY, make_listing, make_listings


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
