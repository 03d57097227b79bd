"""What is left of who was erased is swept again: soon where that may help, over PostgreSQL not before the night."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from index.embedded import EmbeddedIndex
from referral import db, nightly
from referral.listings import forgetting, revisions
from referral.model import Listing
from referral.nightly import clearing
from referral.nightly.night import Night
from referral.nightly.sweeper import A_DAY, EVERY, Sweeper
from tests.make import HEAD, NOW, make_listing
from tests.postgres import ONLY_POSTGRES, ONLY_SQLITE

Swept = Callable[[float], bool]


@pytest.fixture
def night(engine: Engine, index: EmbeddedIndex, tmp_path: Path) -> Night:
    """Somebody was erased, and the process that was to sweep after them died."""
    forgetting.begin(tmp_path)
    with Session(engine) as session:
        revisions.erase(session, [make_listing(session).id], NOW, "left")
        session.commit()
    return Night(engine, index, HEAD, NOW, data=tmp_path)


@pytest.fixture
def swept(night: Night) -> Swept:
    """Whether a look sweeps, that many seconds after it was asked for: a sweep builds the index anew."""
    sweeper = Sweeper(lambda: night)

    def look(seconds: float) -> bool:
        before = night.index.state().generation
        if pending(night):
            os.utime(night.data / forgetting.PENDING, (time.time() - seconds,) * 2)  # type: ignore[operator]  # it is set
        sweeper.look()
        return night.index.state().generation != before

    return look


def pending(night: Night) -> bool:
    assert night.data is not None
    return (night.data / forgetting.PENDING).exists()


@ONLY_SQLITE
def test_what_somebody_still_reads_is_swept_ever_more_rarely(night: Night, swept: Swept) -> None:
    with db.reading(night.engine) as session:
        session.scalars(select(Listing)).all()
        assert [swept(0), swept(EVERY - 9), swept(EVERY), swept(EVERY), swept(2 * EVERY)] == [1, 0, 1, 0, 1]

    assert swept(4 * EVERY) and not pending(night)
    assert not swept(4 * EVERY)


@ONLY_POSTGRES
def test_over_postgresql_what_is_left_after_the_start_is_for_the_night(night: Night, swept: Swept) -> None:
    assert [swept(0), swept(EVERY), swept(A_DAY - 9)] == [1, 0, 0]
    assert pending(night)

    report = nightly.run(night, [("disk", clearing.disk)])

    assert report[0].counts["erasings left to finish"] == 0 and not pending(night)
    assert not swept(A_DAY)


@ONLY_POSTGRES
def test_over_postgresql_where_no_night_comes_it_is_swept_ever_more_rarely(night: Night, swept: Swept) -> None:
    assert [swept(0), swept(A_DAY), swept(A_DAY + EVERY), swept(2 * A_DAY)] == [1, 1, 0, 1]
