"""Who wanted no letters is known after an older copy was put back: marks alone, beside the database."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from index.embedded import EmbeddedIndex
from referral import copies, db, mail, nightly
from referral.config import Config
from referral.errors import UsageError
from referral.mail import stopping, unwanted
from referral.model import Unsubscribed
from referral.nightly import clearing
from referral.nightly.night import Night
from tests.accounts.people import make_account, sign_in
from tests.client import CheckingClient
from tests.make import HEAD, NOW, TODAY
from tests.postgres import ONLY_SQLITE

ADA, BEN = "ada@example.org", "ben@example.org"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def head(app: Flask) -> mail.Letterhead:
    found: mail.Letterhead = app.extensions["referral"].letterhead
    return found


def press(app: Flask, address: str) -> None:
    link = head(app).stop("hidden", address).link
    assert app.test_client().post(link.removeprefix(head(app).base_url), data=ONE_CLICK).status_code == 200


def marks(config: Config) -> set[str]:
    engine = db.open_engine(config.database_url)
    with db.reading(engine) as session:
        found = set(session.scalars(select(Unsubscribed.mark)))
    engine.dispose()
    return found


@ONLY_SQLITE
@pytest.mark.parametrize("told", ["folder", "database", "file"])
def test_who_said_no_since_the_copy_was_made_gets_no_letters_after_it(
    app: Flask, engine: Engine, config: Config, tmp_path: Path, told: str
) -> None:
    press(app, ADA)
    copy, there, more = tmp_path / "copy.tar", config, set[str]()
    copies.make(config, copy)
    press(app, BEN)
    both = {head(app).mark("reminders", one) for one in (ADA, BEN)}
    app.extensions["referral"].engine.dispose()
    engine.dispose()
    if told == "folder":
        (config.data / copies.DATABASE).unlink()
    elif told == "database":
        (config.data / unwanted.FILE).unlink()
    else:
        there, more = replace(config, data=tmp_path / "new", database_url=f"sqlite:///{tmp_path / 'new' / 'a'}"), both
        there.data.mkdir()

    report = copies.put_back(there, copy, NOW, replace=True, unwanted=more)

    assert (marks(there), report.unwanted, unwanted.listed(there.data)) == (both, 1, both)


def test_the_list_holds_no_address_and_its_owner_alone_reads_it(app: Flask, config: Config) -> None:
    press(app, ADA)

    file = config.data / unwanted.FILE
    assert file.read_text() == head(app).mark("reminders", ADA) + "\n"
    assert file.stat().st_mode & 0o777 == 0o600


def test_whoever_has_letters_again_is_taken_off_the_list(
    app: Flask, client: CheckingClient, engine: Engine, config: Config
) -> None:
    with Session(engine) as session:
        make_account(session, ADA)
        session.commit()
    press(app, ADA)
    press(app, BEN)
    sign_in(client, engine, ADA)

    assert client.post_form("/account/letters/again", topic="reminders").status_code == 303

    assert unwanted.listed(config.data) == {head(app).mark("reminders", BEN)}


def test_the_night_brings_the_list_up_to_the_database(engine: Engine, index: EmbeddedIndex, tmp_path: Path) -> None:
    with Session(engine) as session:
        stopping.stop(session, "a-mark", TODAY)
        session.commit()
    unwanted.remember(tmp_path, ["of-another-machine"])

    night = Night(engine, index, HEAD, NOW, tmp_path)
    found = [clearing.unwanted_letters(night) for _ in range(2)]

    assert found == [{"noted": 1}, {"noted": 0}]
    assert (tmp_path / unwanted.FILE).read_text() == "a-mark\nof-another-machine\n"
    assert ("unwanted letters", clearing.unwanted_letters) in nightly.JOBS


def test_of_many_who_say_no_in_the_same_moment_every_line_stays(tmp_path: Path) -> None:
    back = [f"back-{n}" for n in range(8)]
    unwanted.remember(tmp_path, back)

    with ThreadPoolExecutor(8) as many:
        said = [many.submit(unwanted.remember, tmp_path, [f"mark-{n}"]) for n in range(16)]
        said += [many.submit(unwanted.forget, tmp_path, mark) for mark in back]

    assert all(one.exception() is None for one in said)
    assert unwanted.listed(tmp_path) == {f"mark-{n}" for n in range(16)}


def test_where_the_list_cannot_be_written_that_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be written"):
        unwanted.remember(tmp_path / "nowhere", ["a-mark"])
