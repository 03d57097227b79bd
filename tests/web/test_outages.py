"""The storage is full, may only be read, is busy or fails: reading goes on, nothing is said to be saved that is not."""

import errno
import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm import Session

from referral import db, outages
from referral.web import anyone
from tests.client import CheckingClient
from tests.editing.test_signed_out import carried
from tests.editing.therapist import Therapist, ann  # noqa: F401 - a fixture among them
from tests.make import make_listing

BIO = "✉ listening " * 98

FULL, READ_ONLY = "PRAGMA max_page_count=1", "PRAGMA query_only=ON"


class Refused(Exception):
    """As psycopg says what PostgreSQL refuses: with its code."""

    def __init__(self, sqlstate: str) -> None:
        super().__init__("refused")
        self.sqlstate = sqlstate


def rooms_engine(app: Flask) -> Engine:
    engine = app.extensions["referral"].engine
    assert isinstance(engine, Engine)
    return engine


def failing(app: Flask, pragma: str) -> None:
    """From now on every connection of the application's fails to write, as SQLite itself fails."""
    engine = rooms_engine(app)
    event.listen(engine, "connect", lambda connection, _record: connection.execute(pragma))
    engine.dispose()


@contextmanager
def no_file_grows() -> Iterator[None]:
    """Writing past the first bytes of any file fails with an error of the system."""
    was = resource.getrlimit(resource.RLIMIT_FSIZE)
    assert signal.getsignal(signal.SIGXFSZ) == signal.SIG_IGN
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, was[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, was)


def test_what_loses_a_race_at_a_door_is_not_answered_past_it(app: Flask, client: CheckingClient) -> None:
    def raced() -> None:
        raise OperationalError("", {}, Refused("40001"))

    app.before_request_funcs[None].insert(0, raced)

    answer = client.get("/moderation")

    assert answer.status_code >= 500 and "What waits" not in answer.text


@pytest.mark.parametrize(("pragma", "status"), [(FULL, 507), (READ_ONLY, 503)])
def test_what_cannot_be_saved_comes_back_to_be_sent_again(
    ann: Therapist,  # noqa: F811
    app: Flask,
    pragma: str,
    status: int,
) -> None:
    failing(app, pragma)

    for number in range(30):  # there is a little room in the pages that exist
        before, bio = ann.listing.content.bio, BIO + str(number)
        out = ann.client.post("/listing/words", data=ann.fields("words", bio=bio))
        if out.status_code != 303:
            break

    assert (out.status_code, out.headers["Retry-After"]) == (status, "60")
    assert "This was not saved yet" in out.text and "What you typed is still here." in out.text
    assert "Please try again in a few minutes" in out.text and ">Try again</button>" in out.text
    assert carried(out.text)["words-bio"] == [bio]
    assert ann.listing.content.bio == before


@pytest.mark.parametrize("pragma", [FULL, READ_ONLY])
def test_reading_goes_on(client: CheckingClient, app: Flask, session: Session, pragma: str) -> None:
    make_listing(session, name="Ada")
    session.commit()
    failing(app, pragma)

    paths = (
        "/",
        "/search?q=Chicago",
        "/therapists/ada",
        "/networks",
        "/questions",
        "/api/v1/search?q=Paris",
        "/readyz",
    )

    assert [client.get(path, follow_redirects=True).status_code for path in paths] == [200] * len(paths)


def test_a_program_is_told_too(client: CheckingClient, app: Flask, engine: Engine) -> None:
    @app.get("/api/v1/broken")
    @anyone
    def broken() -> str:
        raise OperationalError("SELECT 1", {}, Refused("53100"))

    answer = client.get("/api/v1/broken")

    assert (answer.status_code, answer.mimetype) == (507, "application/problem+json")
    assert answer.headers["Retry-After"] == "60"


def test_who_cannot_be_counted_gets_back_what_they_typed(app: Flask, client: CheckingClient, engine: Engine) -> None:
    with Session(engine) as session:
        path = f"/therapists/{make_listing(session, name='Ada Example', email='ada@example.org').slug}/report"
        session.commit()
    message, mark = "They moved away in spring, and nobody answers. " * 2, client.get(path).text
    app.extensions["referral"].limits._storage._open().execute(READ_ONLY)

    typed = {"message": message, "mark": mark.partition('name="mark" value="')[2].split('"')[0]}
    out = client.post(path, data=typed, environ_base={"REMOTE_ADDR": "203.0.113.7"})

    assert (out.status_code, out.headers["Retry-After"]) == (503, "60")
    assert message.strip() in out.text and "What you typed is still here." in out.text


@pytest.mark.parametrize(("number", "status"), [(errno.ENOSPC, 507), (errno.EROFS, 503), (errno.ENOENT, None)])
def test_a_file_that_cannot_be_written_is_no_mistake_of_ours(number: int, status: int | None) -> None:
    assert outages.of_a_file(OSError(number, "a photo")) == status


def test_after_a_failure_of_the_file_it_is_looked_at_before_it_is_trusted(
    client: CheckingClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outages, "_AGAIN_SECONDS", 0.0)
    assert client.get("/readyz").status_code == 200

    with no_file_grows():
        with pytest.raises(DBAPIError) as failed, rooms_engine(app).begin() as connection:
            connection.execute(text("CREATE TABLE more (a)"))
        while_it_fails = client.get("/readyz")
    afterwards = client.get("/readyz")

    assert outages.status(failed.value) == 503
    assert (while_it_fails.status_code, while_it_fails.text) == (503, "the storage failed")
    assert afterwards.status_code == 200


def test_a_file_that_is_not_whole_is_not_trusted_again(app: Flask, engine: Engine, tmp_path: Path) -> None:
    assert outages.Health(engine).sound()
    assert db.checkpoint(engine)
    engine.dispose()
    rooms_engine(app).dispose()
    file = tmp_path / "referral.sqlite"
    whole = file.read_bytes()
    file.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    health = outages.Health(engine)

    with pytest.raises(DBAPIError), engine.connect() as connection:
        connection.execute(text("SELECT count(*) FROM listing")).all()

    assert not health.sound()


def test_a_mistake_of_ours_is_no_outage() -> None:
    assert outages.status(IntegrityError("INSERT", {}, Refused("23505"))) is None
    assert outages.status(OperationalError("SELECT 1", {}, Refused("57P01"))) == 503


def test_a_mistake_in_a_statement_is_no_outage(engine: Engine) -> None:
    with pytest.raises(OperationalError) as failed, engine.connect() as connection:
        connection.execute(text("SELECT * FROM nowhere"))

    assert outages.status(failed.value) is None


def test_a_database_that_does_not_answer_is_not_said_to_be_read_only() -> None:
    nowhere = db.open_engine("postgresql+psycopg://nobody@127.0.0.1:1/none?connect_timeout=2")

    with pytest.raises(OperationalError) as failed, nowhere.connect():
        pass

    said = str(outages.sentence(failed.value))
    assert said.startswith("The database does not answer: nothing was changed.") and "127.0.0.1" in said
    assert "does not answer" in str(outages.sentence(OperationalError("SELECT 1", {}, Refused("57P03"))))
    assert "cannot be written to" in str(outages.sentence(OperationalError("SELECT 1", {}, Refused("25006"))))


def test_who_comes_second_to_something_unique_is_told_from_who_breaks_another_rule(engine: Engine) -> None:
    def told(statement: str) -> DBAPIError:
        with pytest.raises(DBAPIError) as raised, engine.begin() as connection:
            connection.exec_driver_sql("CREATE TEMP TABLE one (a INTEGER UNIQUE NOT NULL)")
            connection.exec_driver_sql("INSERT INTO one VALUES (1)")
            connection.exec_driver_sql(statement)
        return raised.value

    assert outages.was_raced(told("INSERT INTO one VALUES (1)"))
    assert not outages.was_raced(told("INSERT INTO one VALUES (NULL)"))
