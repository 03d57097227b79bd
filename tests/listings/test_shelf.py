"""The shelf never shows what the database no longer holds."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from index.embedded import EmbeddedIndex
from referral import changes, db
from referral.listings import documents, indexing, published, revisions, sketches
from referral.listings.labels import no_names
from referral.listings.shelf import Shelf
from tests import pattern
from tests.make import NOW, TODAY, make_content, make_listing

SHORT = 3


def names(engine: Engine, shelf: Shelf, ids: list[int]) -> dict[int, str]:
    """What a page would show now."""
    with db.reading(engine) as session:
        found = shelf.cards(session, changes.latest(session), dict.fromkeys(ids), None, TODAY, no_names)
    return {id: card.name for id, card in found.items()}


def write(engine: Engine, change: Callable[[Session], object]) -> None:
    with Session(engine) as session:
        change(session)
        session.commit()


def test_a_changed_listing_is_shown_as_it_is_now(engine: Engine) -> None:
    shelf = Shelf()
    with Session(engine) as session:
        listing = make_listing(session, name="Before")
        id, public_id = listing.id, listing.public_id
        session.commit()
    assert names(engine, shelf, [id]) == {id: "Before"}

    write(engine, lambda s: revisions.publish(s, [make_content(name="After", public_id=public_id)], NOW, "test"))

    assert names(engine, shelf, [id]) == {id: "After"}


def test_a_withdrawn_listing_is_shown_no_more(engine: Engine) -> None:
    shelf = Shelf()
    with Session(engine) as session:
        id = make_listing(session).id
        session.commit()
    names(engine, shelf, [id])

    write(engine, lambda s: revisions.set_status(s, id, "hidden", NOW))

    assert names(engine, shelf, [id]) == {}


def test_what_an_older_page_reads_is_not_kept(engine: Engine) -> None:
    shelf = Shelf()
    with Session(engine) as session:
        listing = make_listing(session, name="Before")
        id, public_id = listing.id, listing.public_id
        session.commit()

    with db.reading(engine) as older:
        assert published.load_any(older, [id])[0].content.name == "Before"
        write(engine, lambda s: revisions.publish(s, [make_content(name="After", public_id=public_id)], NOW, "test"))
        names(engine, shelf, [id])
        shown = shelf.cards(older, changes.latest(older), {id: None}, None, TODAY, no_names)

    assert shown[id].name == "Before"
    assert names(engine, shelf, [id]) == {id: "After"}


def test_what_is_read_after_a_change_is_shown_with_the_others_as_of_that_change(engine: Engine) -> None:
    shelf = Shelf()
    with Session(engine) as session:
        ada, ben = make_listing(session, name="Ada before"), make_listing(session, name="Ben before")
        ids = {ada.id: ada.public_id, ben.id: ben.public_id}
        session.commit()
    names(engine, shelf, list(ids)[:1])
    with db.reading(engine) as session:
        looked = changes.glance(session).seq
        for public_id, name in zip(ids.values(), ("Ada after", "Ben after"), strict=True):
            content = make_content(name=name, public_id=public_id)
            write(engine, lambda s, content=content: revisions.publish(s, [content], NOW, "test"))  # type: ignore[misc]

        shown = shelf.cards(session, looked, dict.fromkeys(ids), None, TODAY, no_names)

    assert sorted(card.name for card in shown.values()) == ["Ada after", "Ben after"]


def test_a_glance_is_the_clock_of_the_moment_that_a_session_has_begun(engine: Engine) -> None:
    with db.reading(engine) as older, db.reading(engine) as newer:
        begun = changes.clock(older)
        write(engine, make_listing)

        assert changes.glance(older) == begun
        assert changes.glance(newer).seq == begun.seq + 1
        assert not newer.in_transaction()


def test_the_card_of_yesterday_is_not_the_card_of_today(engine: Engine) -> None:
    shelf = Shelf()
    with Session(engine) as session:
        id = make_listing(session, new_clients="accepting", new_clients_confirmed_on=TODAY).id
        session.commit()

    with db.reading(engine) as session:
        now = shelf.cards(session, changes.latest(session), {id: None}, None, TODAY, no_names)[id]
        later = shelf.cards(session, changes.latest(session), {id: None}, None, date(2027, 3, 1), no_names)[id]

    assert (now.new_clients.value, later.new_clients.value) == ("accepting", "ask")


@pytest.mark.parametrize(("behind", "shown"), [(0, "Stored"), (1, "Ada Example")])
def test_what_is_missing_comes_from_the_index_where_it_stands_at_the_same_change(
    engine: Engine, index: EmbeddedIndex, behind: int, shown: str
) -> None:
    with Session(engine) as session:
        id = make_listing(session).id
        session.commit()
    with db.reading(engine) as session:
        listing, seq = published.load(session, [id])[0], changes.latest(session)
    stored = sketches.written(sketches.sketch(listing)._replace(name="Stored"))
    index.rebuild([replace(documents.document(listing, TODAY), sketch=stored)], seq - behind)

    assert names(engine, Shelf(stored=index.sketches), [id]) == {id: shown}


class Model(RuleBasedStateMachine):
    """Whatever is written in whatever order, the shelf shows what the database holds."""

    folder: Path

    def __init__(self) -> None:
        super().__init__()
        pattern.copy(self.folder / "x.sqlite")
        self.engine = db.open_engine(f"sqlite:///{self.folder / 'x.sqlite'}")
        self.index = EmbeddedIndex(self.folder / f"index-{uuid4()}", {})
        self.shelf, self.listings = Shelf(SHORT, self.index.sketches), dict[int, str]()

    @rule()
    def add(self) -> None:
        with Session(self.engine) as session:
            listing = make_listing(session, name="New")
            self.listings[listing.id] = listing.public_id
            session.commit()

    @rule(data=st.data())
    def rename(self, data: st.DataObject) -> None:
        if self.listings:
            public_id = data.draw(st.sampled_from(sorted(self.listings.values())))
            content = make_content(name=data.draw(st.sampled_from("ABC")), public_id=public_id)
            write(self.engine, lambda s: revisions.publish(s, [content], NOW, "test"))

    @rule(data=st.data(), status=st.sampled_from(["active", "paused"]))
    def set_status(self, data: st.DataObject, status: str) -> None:
        if self.listings:
            id = data.draw(st.sampled_from(sorted(self.listings)))
            write(self.engine, lambda s: revisions.set_status(s, id, status, NOW))

    @rule()
    def follow(self) -> None:
        with db.reading(self.engine) as session:
            indexing.follow(session, self.index, TODAY)

    @rule()
    def look(self) -> None:
        with db.reading(self.engine) as session:
            expected = {p.id: p.content.name for p in published.load(session, list(self.listings))}
        assert names(self.engine, self.shelf, list(self.listings)) == expected

    def teardown(self) -> None:
        self.engine.dispose()


def test_the_shelf_shows_what_the_database_holds(tmp_path: Path) -> None:
    Model.folder = tmp_path
    case = Model.TestCase
    case.settings = settings(max_examples=15, stateful_step_count=15, deadline=None)

    case().runTest()


@pytest.mark.parametrize("count", [SHORT + 3])
def test_only_so_many_are_kept(engine: Engine, count: int) -> None:
    shelf = Shelf(SHORT)
    with Session(engine) as session:
        ids = [make_listing(session).id for _ in range(count)]
        session.commit()

    assert len(names(engine, shelf, ids)) == count
    assert len(shelf._kept) == SHORT


@pytest.mark.parametrize("damage", [b"\xff\xfe", b"{", b"[1]", b"[]"])
def test_a_sketch_that_the_disk_has_changed_is_read_from_the_tables(engine: Engine, damage: bytes) -> None:
    with Session(engine) as session:
        id = make_listing(session, name="Ada Example").id
        session.commit()
    shelf = Shelf(stored=lambda ids, seq: dict.fromkeys(ids, damage))

    assert names(engine, shelf, [id]) == {id: "Ada Example"}
