"""How often a listing was shown, opened and written to."""

import threading
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import Engine, event, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from referral import model
from referral.listings import counts, revisions
from referral.listings.counts import EVERY, Counts
from tests.client import CheckingClient
from tests.make import NOW, TODAY, make_listing

MONDAY = TODAY - timedelta(TODAY.weekday())


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def ids(engine: Engine) -> list[tuple[int, str]]:
    """(number, public id) of three listings."""
    with Session(engine) as session:
        made = [make_listing(session, name=name) for name in ("Ada", "Ben", "Cid")]
        session.commit()
        return [(one.id, one.public_id) for one in made]


@pytest.fixture
def commits(engine: Engine) -> Iterator[list[str]]:
    """A line for each write transaction."""
    told: list[str] = []
    event.listen(engine, "commit", lambda connection: told.append("commit"))
    yield told


def row(engine: Engine, id: int, week: date = MONDAY) -> tuple[int, int, int] | None:
    with Session(engine.execution_options(reading=True)) as session:
        found = session.get(model.WeeklyCount, (id, week))
        return (found.shown, found.opened, found.written) if found else None


def test_counts_of_a_week_add_up_over_writes_and_processes(engine: Engine, ids: list[tuple[int, str]]) -> None:
    (ada, ada_id), (ben, ben_id), _cid = ids
    one, other = Counts(lambda: engine), Counts(lambda: engine)

    one.note("shown", [ada_id, ben_id], TODAY)
    one.note("opened", [ada_id], MONDAY)
    one.write()
    other.note("shown", [ada_id], MONDAY + timedelta(6))
    other.note("written", [ada_id], MONDAY + timedelta(7))
    other.write()

    assert row(engine, ada) == (2, 1, 0) and row(engine, ben) == (1, 0, 0)
    assert row(engine, ada, MONDAY + timedelta(7)) == (0, 0, 1)


def test_a_thousand_pages_are_one_write_a_minute(
    engine: Engine, ids: list[tuple[int, str]], commits: list[str]
) -> None:
    clock = Clock()
    counted = Counts(lambda: engine, clock)
    for number in range(1000):
        clock.now = number * (EVERY - 1) / 1000
        counted.note("shown", [public_id for _n, public_id in ids], TODAY)
    assert commits == [] and row(engine, ids[0][0]) is None

    clock.now = EVERY
    counted.note("shown", [ids[0][1]], TODAY)
    for thread in threading.enumerate():
        if thread.name == "counts":
            thread.join()

    assert commits == ["commit"]
    assert [row(engine, id) for id, _public in ids] == [(1001, 0, 0), (1000, 0, 0), (1000, 0, 0)]


def test_threads_lose_no_count(engine: Engine, ids: list[tuple[int, str]]) -> None:
    counted = Counts(lambda: engine)

    def many() -> None:
        for _number in range(300):
            counted.note("opened", [ids[0][1]], TODAY)

    threads = [threading.Thread(target=many) for _n in range(4)]
    for thread in threads:
        thread.start()
    counted.write()
    for thread in threads:
        thread.join()
    counted.write()

    assert row(engine, ids[0][0]) == (0, 1200, 0)


def test_who_is_gone_is_left_out_and_nothing_else(engine: Engine, ids: list[tuple[int, str]]) -> None:
    counted = Counts(lambda: engine)
    counted.note("shown", [public_id for _n, public_id in ids] + ["nobodyhere12"], TODAY)
    with Session(engine) as session:
        revisions.erase(session, [ids[0][0]], NOW)
        session.commit()

    counted.write()

    assert [row(engine, id) for id, _public in ids] == [None, (1, 0, 0), (1, 0, 0)]


def test_what_could_not_be_written_is_kept(engine: Engine, ids: list[tuple[int, str]]) -> None:
    counted = Counts(lambda: engine)
    counted.note("shown", [ids[0][1]], TODAY)
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE weekly_count RENAME TO elsewhere"))
    with pytest.raises(DBAPIError):
        counted.write()
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE elsewhere RENAME TO weekly_count"))

    counted.write()

    assert row(engine, ids[0][0]) == (1, 0, 0)


def test_few_are_not_told_exactly_nor_that_there_was_nobody(engine: Engine, ids: list[tuple[int, str]]) -> None:
    counted = Counts(lambda: engine)
    for kind, many in (("shown", 10), ("opened", 9)):
        for _n in range(many):
            counted.note(kind, [ids[0][1]], TODAY)
    counted.write()

    with Session(engine) as session:
        told = counts.weeks(session, ids[0][0], MONDAY + timedelta(7))
        nobody = counts.weeks(session, ids[1][0], MONDAY + timedelta(7))

    assert len(told) == counts.BACK and told[0] == counts.Week(MONDAY, "10", "under 10", "under 10")
    assert told[1].monday == MONDAY - timedelta(7)
    assert {(w.shown, w.opened, w.written) for w in nobody} == {("under 10",) * 3}


def test_a_week_is_told_once_it_has_ended_so_that_nobody_sees_one_visit_happen(
    engine: Engine, ids: list[tuple[int, str]]
) -> None:
    counted = Counts(lambda: engine)
    for day in (MONDAY - timedelta(1), MONDAY, MONDAY + timedelta(6)):
        for _n in range(20):
            counted.note("opened", [ids[0][1]], day)
    counted.write()

    with Session(engine) as session:
        on_sunday = counts.weeks(session, ids[0][0], MONDAY + timedelta(6))
        next_day = counts.weeks(session, ids[0][0], MONDAY + timedelta(7))

    assert [(w.monday, w.opened) for w in on_sunday[:2]] == [
        (MONDAY - timedelta(7), "20"),
        (MONDAY - timedelta(14), "under 10"),
    ]
    assert (next_day[0].monday, next_day[0].opened) == (MONDAY, "40")


def test_pages_are_counted_and_write_nothing(app: Flask, client: CheckingClient, engine: Engine) -> None:
    with Session(engine) as session:
        id = make_listing(session, name="Ada Example").id
        session.commit()

    assert "/therapists/ada-example" in client.get("/search?text=ada").text
    assert client.get("/therapists/ada-example").status_code == 200
    assert client.head("/therapists/ada-example").status_code == 200
    assert row(engine, id) is None
    app.extensions["referral"].counts.write()

    assert row(engine, id) == (1, 1, 0)
    with Session(engine) as session:
        assert session.scalars(select(model.WeeklyCount.week)).all() == [MONDAY]
