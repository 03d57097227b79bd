"""A paused listing comes back when it was promised, if it may."""

from datetime import timedelta

from sqlalchemy.orm import Session

from referral.listings import standing
from referral.model import Listing
from referral.nightly import clock
from referral.nightly.night import Night
from tests.make import NOW, TODAY
from tests.nightly.nights import DAY, at, kinds, listing, make, run


def test_a_paused_listing_comes_back_by_itself_after_a_reminder(night: Night) -> None:
    id = make(night.engine)
    with Session(night.engine) as session:
        standing.pause(session, id, TODAY + timedelta(10), NOW)
        session.commit()

    seen = []
    for days in range(0, 13):
        clock.pauses(at(night, TODAY + timedelta(days)))
        seen.append((listing(night.engine, id).status, len(kinds(night.engine))))

    assert seen[6] == ("paused", 0) and seen[7] == ("paused", 1) and seen[9] == ("paused", 1)
    assert seen[10] == ("active", 1) == seen[12]


def test_a_pause_longer_than_the_clock_ends_as_it_was_promised(night: Night) -> None:
    fresh, marked = make(night.engine), make(night.engine, name="Ben", attested_on=TODAY - timedelta(100))
    run(night)
    with Session(night.engine) as session:
        for id in (fresh, marked):
            standing.pause(session, id, TODAY + timedelta(130), NOW)
        session.commit()

    for days in (127, 130):
        run(at(night, TODAY + timedelta(days)))

    assert [listing(night.engine, id).status for id in (fresh, marked)] == ["active", "unconfirmed"]
    assert kinds(night.engine) == ["unconfirmed", "pause_ends", "pause_ends"]
    run(at(night, TODAY + timedelta(150)))
    assert [listing(night.engine, id).status for id in (fresh, marked)] == ["active", "hidden"]


def test_who_was_silent_for_too_long_before_a_pause_is_told_when_it_ends(night: Night) -> None:
    id = make(night.engine, attested_on=TODAY - timedelta(125))
    with Session(night.engine) as session:
        standing.pause(session, id, TODAY + timedelta(20), NOW)
        session.commit()

    run(at(night, TODAY + timedelta(20)))

    assert listing(night.engine, id).status == "hidden" and kinds(night.engine) == ["hidden"]


def test_a_listing_taken_down_while_paused_does_not_come_back(night: Night) -> None:
    id = make(night.engine)
    with Session(night.engine) as session:
        standing.pause(session, id, TODAY + DAY, NOW)
        session.get(Listing, id).held = True  # type: ignore[union-attr]
        session.commit()

    run(at(night, TODAY + 2 * DAY))

    assert listing(night.engine, id).status == "paused"
