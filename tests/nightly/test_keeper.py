"""What looks after the index beside all requests: the first is built, and bytes that changed are found out."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from index.embedded import EmbeddedIndex
from index.types import Query
from referral import terms
from referral.listings import documents, indexing
from referral.nightly.keeper import EVERY, Keeper
from referral.nightly.night import Night
from tests.index.make import make_document
from tests.make import HEAD, NOW, TODAY, make_listing

FACETS = {**terms.combine_rules(), documents.COUNTRY: "any", documents.NETWORK: "any"}


@dataclass
class Kept:
    """A directory with one person who speaks Hebrew, and a process that looks after its index."""

    engine: Engine
    folder: Path
    index: EmbeddedIndex
    seconds: float = 0.0

    def __post_init__(self) -> None:
        self.keeper = Keeper(lambda: Night(self.engine, self.index, HEAD, NOW), lambda: self.seconds)

    def speak_hebrew(self) -> int:
        return self.index.find(Query(terms=(("language", ("he",)),)), TODAY).total

    def looks(self) -> None:
        assert self.keeper.look()
        indexing._background.wait()

    def damage(self) -> None:
        """Forget what anybody speaks, where the disk holds it: nothing fails, and all is answered wrongly."""
        held = self.index._view.base.snapshot.terms.tobytes()
        path = self.folder / self.index.state().generation / "arrays"
        whole = path.read_bytes()
        assert held and whole.count(held) == 1
        with path.open("r+b") as file:
            file.seek(whole.index(held))
            file.write(bytes(len(held)))
        self.index = EmbeddedIndex(self.folder, FACETS)  # what a day makes of it is in memory


@pytest.fixture
def kept(engine: Engine, session: Session, tmp_path: Path) -> Kept:
    make_listing(session, name="Ada", languages=["he"])
    session.commit()
    return Kept(engine, tmp_path / "index", EmbeddedIndex(tmp_path / "index", FACETS))


def test_the_first_index_is_built_before_anybody_asks(kept: Kept) -> None:
    kept.looks()

    assert kept.speak_hebrew() == 1


def test_bytes_that_changed_and_raise_nothing_are_found_out_and_mended(kept: Kept) -> None:
    kept.looks()
    kept.damage()
    assert kept.speak_hebrew() == 0

    kept.seconds += EVERY
    kept.looks()

    assert kept.speak_hebrew() == 1 and not kept.index.state().is_lost


def test_a_generation_is_looked_at_when_it_has_come(kept: Kept, session: Session) -> None:
    kept.looks()
    indexing.rebuild(session, kept.index, TODAY)
    kept.damage()

    kept.looks()

    assert kept.speak_hebrew() == 1


def test_the_generation_before_answers_until_another_is_built(kept: Kept, session: Session) -> None:
    kept.looks()
    make_listing(session, name="Bea", languages=["he"])
    session.commit()
    indexing.rebuild(session, kept.index, TODAY)
    kept.damage()

    assert kept.index.is_damaged()

    assert (kept.speak_hebrew(), kept.index.state().is_lost) == (1, True)
    assert indexing.follow(session, kept.index, TODAY) == 1
    assert kept.speak_hebrew() == 2
    indexing._background.wait()
    assert not kept.index.state().is_lost and indexing.verify(session, kept.index, TODAY) == []


def test_a_damaged_generation_of_another_history_is_not_answered_from_one_before(kept: Kept) -> None:
    kept.looks()
    kept.index.rebuild([make_document(1)], 0)  # of a restored database
    path = kept.folder / kept.index.state().generation / "arrays"
    path.write_bytes(bytes(path.stat().st_size))

    assert kept.index.is_damaged() and kept.index.state().generation == ""


def test_a_database_that_is_away_is_asked_again_later() -> None:
    def away() -> Night:
        raise OSError("away")

    assert not Keeper(away).look()
