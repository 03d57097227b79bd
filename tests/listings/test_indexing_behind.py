"""An index far behind is brought up to date beside the searches, which wait for nobody."""

from pathlib import Path
from threading import Event, current_thread
from time import sleep
from typing import Any

import pytest
from sqlalchemy.orm import Session
from structlog.testing import capture_logs

from index import generation
from index.background import Background
from index.embedded import EmbeddedIndex
from index.types import Query
from referral.listings import indexing
from tests.make import TODAY, make_listing, make_listings


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
