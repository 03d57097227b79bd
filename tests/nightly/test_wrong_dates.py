"""Nights with a wrong date leave no trace once the date is right again.

The invariant, after a night with the right date, whatever nights came between: status, end of a pause, clock and last
word of every listing are those of a directory that had right nights alone, and so is the index. Each letter that the
right nights of that directory wrote was written by the same right night here. Nothing else is written by a right night,
but for one thing: a letter that had left, and that a night more than thirty days ahead made forgotten, is written once
more (its link was forgotten with it). What left on a wrong day has left. Pauses here end on days that have a right
night: of one that ends between two, the clock begins at the earliest date on which a night has ended it.
"""

import email
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, select, update
from sqlalchemy.orm import Session

from index.embedded import EmbeddedIndex
from index.types import Query
from referral import db, mail, nightly
from referral.listings import attestations, indexing, revisions
from referral.listings.content import Credential, Licence
from referral.mail import folder, outbox
from referral.mail.transport import Folder
from referral.model import Letter, Listing, Membership
from referral.networks import rosters
from referral.nightly import clock
from referral.nightly.midnight import Midnight
from referral.nightly.night import Counts, Night
from referral.web import INDEXED
from tests import pattern
from tests.coordinating.people import make_network
from tests.make import HEAD, NOW, TODAY, make_account, make_listing
from tests.postgres import ONLY_SQLITE

RIGHT = (0, 1, 2, 5, 6, 9, 10, 11, 12, 17, 18, 20, 21, 26, 35, 36, 45)
"""Days, from the first, that have a night with the right date."""

IDLE = ("addresses", "links", "disk")
"""Jobs that have nothing to do here."""

Numbers = frozenset[str]
State = Mapping[str, tuple[object, ...]]


def at(night: Night, day: int) -> Night:
    """The same directory in the first minute of another day."""
    return Night(night.engine, night.index, night.head, datetime.combine(TODAY + timedelta(day), time(0, 0, 1), UTC))


def run(night: Night, day: int) -> Mapping[str, Counts]:
    reports = nightly.run(at(night, day), [one for one in nightly.JOBS if one[0] not in IDLE])
    assert [r.failed for r in reports if r.failed] == [], reports
    return {r.job: r.counts for r in reports}


def make(session: Session, name: str, **fields: object) -> Listing:
    told = {"attested_on": TODAY, "email": f"{name}@example.org", "public_id": f"{name:0<12}"[:12]}
    return make_listing(session, **{**told, "name": name, **fields})


def fill(session: Session) -> None:
    """Somebody for everything the calendar does within the days."""
    ago = {"asked": 57, "marked": 84, "hidden": 110, "long": 118, "gone": 200, "fresh": 3}
    for name, days in ago.items():
        make(session, name, attested_on=TODAY - timedelta(days))
    soon = Credential("certified_imago_therapist", "Example Network", expires_on=TODAY + timedelta(9))
    late = Licence("Psychotherapist", "US-IL", expires_on=TODAY + timedelta(30))
    make(session, "papers", credentials=[soon], licences=[late])
    for name, until, silent in (("away", 21, 70), ("awaylong", 90, 10), ("awaysilent", 20, 130), ("forgood", 0, 80)):
        listing = make(session, name, attested_on=TODAY - timedelta(silent))
        revisions.pause(session, listing.id, TODAY + timedelta(until) if until else None, NOW - timedelta(3))
    net, member = make_network(session), make(session, "member")
    rosters.enrol(session, net.id, [member.practitioner_id], TODAY - timedelta(9))
    session.execute(update(Membership).values(until=TODAY + timedelta(11)))


def live(session: Session, day: int) -> None:
    """What people do on some of the days, by a clock that is right."""
    now = NOW + timedelta(day)
    named = {row.email: row.id for row in session.execute(select(Listing.email, Listing.id))}

    def whose(name: str) -> int:
        return named[f"{name}@example.org"]

    if day == 6:
        revisions.pause(session, whose("fresh"), (now + timedelta(14)).date(), now)
        attestations.confirm(session, whose("awaysilent"), now)
    if day == 12:
        attestations.confirm(session, whose("hidden"), now)
    if day == 21:
        moderator = make_account(session, "moderator").id
        attestations.resume(session, whose("awaylong"), now, moderator)
        revisions.set_status(session, whose("asked"), "hidden", now, "asked for")


def state(session: Session) -> State:
    told = (Listing.status, Listing.paused_until, Listing.next_due, Listing.attested_on)
    return {name: tuple(rest) for name, *rest in session.execute(select(Listing.email, *told))}


def written(session: Session, day: int) -> Numbers:
    moment = datetime.combine(TODAY + timedelta(day), time(0, 0, 1), UTC)
    return frozenset(session.scalars(select(Letter.message_id).where(Letter.made_at == moment)))


def lived(wrong: Mapping[int, Sequence[int]], *, sent: bool, looked: bool) -> list[tuple[int, State, Numbers]]:
    """What is there after each right night, with `wrong` nights (place in RIGHT -> days) after some of them."""
    seen = []
    with directory() as night:
        with Session(night.engine) as session:
            fill(session)
            session.commit()
        for place, day in enumerate(RIGHT):
            run(night, day)
            with Session(night.engine) as session:
                seen.append((day, state(session), written(session, day)))
                if looked:
                    assert indexing.verify(session, night.index, TODAY + timedelta(day)) == []
                live(session, day)
                session.commit()
            _leave(night.engine, sent)
            for other in wrong.get(place, ()):
                run(night, other)
                _leave(night.engine, sent)
    return seen


def _leave(engine: Engine, sent: bool) -> None:
    """Let everything leave at the moment it was written, if anything does."""
    if sent:
        with Session(engine) as session:
            session.execute(update(Letter).where(Letter.sent_at.is_(None)).values(sent_at=Letter.made_at))
            session.commit()


@contextmanager
def directory() -> Iterator[Night]:
    """A directory of its own for each example."""
    with TemporaryDirectory() as folder:
        pattern.copy(Path(folder) / "referral.sqlite")
        engine = db.open_engine(f"sqlite:///{folder}/referral.sqlite")
        try:
            yield Night(engine, EmbeddedIndex(Path(folder) / "index", INDEXED), HEAD, NOW)
        finally:
            engine.dispose()


@cache
def as_it_should_be(sent: bool) -> list[tuple[int, State, Numbers]]:
    return lived({}, sent=sent, looked=True)


@dataclass(frozen=True)
class Jumps:
    """Wrong nights: after which right one, and by how many days ahead of the next or behind."""

    made: tuple[tuple[int, int], ...]
    sent: bool
    days: Mapping[int, list[int]] = field(init=False, hash=False)

    def __post_init__(self) -> None:
        days: dict[int, list[int]] = {}
        for place, jump in self.made:
            following = RIGHT[min(place + 1, len(RIGHT) - 1)]
            days.setdefault(place, []).append(following + jump if jump > 0 else RIGHT[place] + jump)
        object.__setattr__(self, "days", days)


PLACES = st.integers(0, len(RIGHT) - 2)
AHEAD, EITHER = st.integers(1, 400), st.integers(1, 400) | st.integers(-4000, -1)


def jumps(how_far: st.SearchStrategy[int]) -> st.SearchStrategy[Jumps]:
    made = st.lists(st.tuples(PLACES, how_far), min_size=1, max_size=5).map(tuple)
    return st.builds(Jumps, made, st.booleans())


PHASES = [Phase.explicit, Phase.generate]
"""An example takes a second: smaller ones are looked for by hand."""


@ONLY_SQLITE
@settings(max_examples=6, phases=PHASES)
@given(jumps(AHEAD))
@example(Jumps(((3, 200), (7, 40), (7, 300), (15, 365)), sent=False))
@example(Jumps(((1, 1), (2, 9), (8, 400), (9, 2)), sent=True))
@example(Jumps(((0, 390), (7, 229), (7, 7), (14, 373), (7, 311)), sent=True))
def test_nights_that_ran_ahead_leave_no_trace(jumps: Jumps) -> None:
    _compare(jumps)


@ONLY_SQLITE
@settings(max_examples=4, phases=PHASES)
@given(jumps(EITHER))
@example(Jumps(((5, -3), (11, -4000), (14, -20), (14, 60)), sent=True))
def test_nor_do_nights_that_ran_behind(jumps: Jumps) -> None:
    """As a machine does that forgot the time when it was switched off."""
    _compare(jumps)


def _compare(jumps: Jumps) -> None:
    before: set[str] = set()
    here = lived(jumps.days, sent=jumps.sent, looked=True)
    for (day, should, letters), (_day, is_, found) in zip(as_it_should_be(jumps.sent), here, strict=True):
        assert is_ == should, day
        assert letters <= found, day
        assert found <= letters | before, day
        if not jumps.sent and all(jump > 0 for _place, jump in jumps.made):
            assert found == letters, day
        before |= letters


@ONLY_SQLITE
def test_a_directory_with_right_dates_alone_does_all_that_is_looked_at() -> None:
    """Else the others would compare nothing."""
    seen = as_it_should_be(False)

    assert sum(len(letters) for _day, _state, letters in seen) > 12
    statuses = {status for _day, rows, _letters in seen for status, *_rest in rows.values()}
    assert statuses == {"active", "unconfirmed", "hidden", "paused"}


def made(night: Night, **fields: object) -> int:
    with Session(night.engine) as session:
        id = make(session, "ada", **fields).id
        session.commit()
        return id


def there(night: Night, id: int) -> Listing:
    with Session(night.engine) as session:
        return session.get_one(Listing, id)


def told(night: Night) -> list[tuple[str, int]]:
    """Kind of each letter, and the day it was written."""
    with Session(night.engine) as session:
        rows = session.execute(select(Letter.kind, Letter.made_at).order_by(Letter.id))
        return [(kind, (at.date() - TODAY).days) for kind, at in rows]


def test_a_pause_that_a_wrong_date_ended_goes_on_to_its_day(night: Night) -> None:
    id = made(night, attested_on=TODAY - timedelta(40))
    with Session(night.engine) as session:
        revisions.pause(session, id, TODAY + timedelta(100), NOW)
        session.commit()
    run(night, 200)
    ahead = there(night, id).status

    counts = run(night, 1)["wrong dates"]

    assert ahead == "active" and counts["paused again"] == 1
    assert (there(night, id).status, there(night, id).paused_until) == ("paused", TODAY + timedelta(100))
    assert night.index.find(Query(), TODAY).total == 0
    assert run(night, 2)["wrong dates"]["paused again"] == 0
    for day in (97, 100, 119, 120):
        run(night, day)
    assert told(night) == [("pause_ends", 97), ("still_correct", 120)], "the days before the pause count, and only they"


def paused_and_wronged(night: Night) -> int:
    """The number of a listing whose pause a night with a wrong date has ended."""
    id = made(night)
    with Session(night.engine) as session:
        revisions.pause(session, id, TODAY + timedelta(100), NOW)
        session.commit()
    run(night, 200)
    return id


@pytest.mark.parametrize("deed", ["resumed", "paused", "withdrawn", "removed", "taken down"])
def test_what_somebody_did_themselves_after_a_wrong_date_stays(night: Night, deed: str) -> None:
    id = paused_and_wronged(night)
    with Session(night.engine) as session:
        moderator = make_account(session, "moderator").id
        if deed in ("resumed", "paused"):
            revisions.pause(session, id, TODAY + timedelta(9), NOW)
        if deed == "resumed":
            attestations.resume(session, id, NOW, moderator)
        if deed == "withdrawn":
            revisions.set_status(session, id, "hidden", NOW, "asked for")
        if deed == "removed":
            revisions.set_status(session, id, "removed", NOW)
        if deed == "taken down":
            revisions.take_down(session, id, moderator, NOW)
        session.commit()
    before = (there(night, id).status, there(night, id).paused_until)

    run(night, 1)

    assert (there(night, id).status, there(night, id).paused_until) == before


def test_a_listing_put_back_after_a_wrong_date_is_paused_as_before(night: Night) -> None:
    id = paused_and_wronged(night)
    with Session(night.engine) as session:
        moderator = make_account(session, "moderator").id
        revisions.take_down(session, id, moderator, NOW)
        revisions.put_back(session, id, moderator, NOW)
        session.commit()

    run(night, 1)

    assert (there(night, id).status, there(night, id).paused_until) == ("paused", TODAY + timedelta(100))


def found(night: Night, day: int) -> int:
    """How many are found under the credential on that day, after the index has followed."""
    today = TODAY + timedelta(day)
    with db.reading(night.engine) as session:
        indexing.follow(session, night.index, today)
        assert indexing.verify(session, night.index, today) == []
    return night.index.find(Query(terms=(("credential", ("certified_imago_therapist",)),)), today).total


@pytest.mark.parametrize("by", ["night", "midnight"])
def test_papers_that_a_wrong_date_ended_hold_again_and_end_on_their_day(night: Night, by: str) -> None:
    made(night, credentials=[Credential("certified_imago_therapist", expires_on=TODAY + timedelta(20))])
    run(night, 0)
    run(night, 40)

    if by == "night":
        run(night, 1)
    else:
        days = [TODAY + timedelta(40), TODAY + timedelta(1)]
        Midnight(lambda: at(night, 1), lambda: days.pop(0)).look()
    again = found(night, 1)
    before = [dict(clock.credentials(at(night, day))) for day in (2, 20)]
    last = found(night, 20)
    counts = clock.credentials(at(night, 21))

    assert (again, last, found(night, 21)) == (1, 1, 0)
    assert before == [{"expired": 0, "told": 0}] * 2 and dict(counts) == {"expired": 1, "told": 1}
    assert told(night) == [("credential_expired", 21)]
    assert dict(clock.credentials(at(night, 22))) == {"expired": 0, "told": 0}


@pytest.mark.parametrize("sent", [False, True])
def test_who_is_hidden_is_told_though_a_wrong_date_had_told_it_before(night: Night, sent: bool) -> None:
    id = made(night)
    run(night, 200)
    _leave(night.engine, sent)

    for day in (1, 61, 92, 121):
        run(night, day)
        _leave(night.engine, sent)

    assert there(night, id).status == "hidden"
    assert told(night)[-1] == ("hidden", 121)
    with Session(night.engine) as session:
        due = select(Letter.due_at).where(Letter.kind == "hidden")
        assert [at.date() for at in session.scalars(due)] == [TODAY + timedelta(121)]


def test_a_reminder_written_again_is_another_letter_to_the_mailbox_that_has_the_first(
    night: Night, tmp_path: Path
) -> None:
    """Some drop whatever has a Message-ID they know."""
    made(night)
    letters = Folder(tmp_path / "mail", "letters@directory.example")
    for day in (200, 1, 121):
        run(night, day)
        mail.send_due(night.engine, letters, at(night, day).now)

    files = sorted((tmp_path / "mail").glob("*.eml"))
    ids = {email.message_from_bytes(one.read_bytes())["Message-ID"] for one in files}

    assert len(files) == len(ids) == 2
    with Session(night.engine) as session:
        assert folder.forget(session, tmp_path / "mail") == 0
        session.execute(delete(Letter))
        assert folder.forget(session, tmp_path / "mail") == 2


def test_what_people_caused_under_a_wrong_date_is_sent_with_the_right_one(night: Night) -> None:
    """Unlike a reminder, nobody would write it again."""
    with Session(night.engine) as session:
        for days in (0, 200):
            values = {"link": "https://directory.example/listing"}
            mail.post(session, "ada@example.org", "approved", values, NOW + timedelta(days))
        session.commit()
        held = outbox.hold(session, NOW + timedelta(200))  # killed while it sent with that date
        session.commit()
    assert held is not None

    run(night, 1)

    with Session(night.engine) as session:
        now = NOW + timedelta(1)
        due = [outbox.hold(session, now), outbox.hold(session, now)]
        assert len({one.id for one in due if one}) == 2
