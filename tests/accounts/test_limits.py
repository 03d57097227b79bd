"""Limits are one count for all processes, outlive a restart, and lock nobody else out."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session
from time_machine import Traveller

from referral import create_app
from referral.config import Config
from referral.limiting import FileStorage, Limits
from tests.accounts.people import letters, link_of, make_account
from tests.accounts.test_second_factor import travel
from tests.client import CheckingClient
from tests.conftest import NOW

__all__ = ["travel"]
RULE = "3 per 5 minutes"


def test_the_count_is_kept_over_a_restart(tmp_path: Path) -> None:
    before = [Limits(tmp_path / "limits.sqlite", "secret").hit(RULE, "ann") for _ in range(3)]
    after = Limits(tmp_path / "limits.sqlite", "secret")

    assert before == [0, 0, 0]
    assert 0 < after.hit(RULE, "ann") <= 300
    assert after.hit(RULE, "ben") == 0


@pytest.mark.parametrize("_again", range(8))
def test_it_is_one_count_for_all_who_count_from_the_first_moment(tmp_path: Path, _again: int) -> None:
    each = [Limits(tmp_path / "limits.sqlite", "secret") for _ in range(8)]

    with ThreadPoolExecutor(8) as threads:
        waits = list(threads.map(lambda n: each[n % 8].hit("10 per hour", "ann"), range(40)))

    assert waits.count(0) == 10


def test_nothing_in_the_file_says_who_it_was(tmp_path: Path) -> None:
    Limits(tmp_path / "limits.sqlite", "secret").hit(RULE, "sign-in", "203.0.113.7", "ann@example.org")

    kept = b"".join(p.read_bytes() for p in tmp_path.iterdir())
    assert b"203.0" not in kept and b"example" not in kept


def test_the_storage_keeps_what_the_library_asks_of_one(tmp_path: Path) -> None:
    storage = FileStorage(f"referral+sqlite://{tmp_path / 'x.sqlite'}")

    assert storage.check() and storage.get("a") == 0
    assert [storage.incr("a", 60), storage.incr("a", 60, 2)] == [1, 3]
    assert storage.get_expiry("a") > 0 and storage.get_moving_window("a", 5, 60)[1] == 3
    storage.clear("a")
    assert storage.get("a") == 0
    storage.incr("b", 60)
    assert storage.reset() == 1


def ask(client: CheckingClient, email: str, remote: str) -> int:
    data, base = {"email": email}, {"REMOTE_ADDR": remote}
    return client.post("/account/sign-in", data=data, environ_base=base).status_code


def followed(client: CheckingClient, engine: Engine, remote: str) -> int:
    """Sign in by the last letter, with a browser that is not."""
    return used(client, link_of(letters(engine)[-1]), remote)


def used(client: CheckingClient, path: str, remote: str) -> int:
    other = client.application.test_client()
    other.may_get_cookie = True  # type: ignore[attr-defined]  # it is a CheckingClient
    return other.post(path, environ_base={"REMOTE_ADDR": remote}).status_code


def test_ten_tries_in_five_minutes_from_one_address(client: CheckingClient) -> None:
    tries = [ask(client, f"a{n}@example.org", "203.0.113.7") for n in range(11)]

    assert tries == [303] * 10 + [429]
    assert ask(client, "a1@example.org", "203.0.113.8") == 303


def test_one_household_is_one_address(client: CheckingClient) -> None:
    tries = [ask(client, f"a{n}@example.org", f"2001:db8:0:1::{n}") for n in range(11)]

    assert tries[-1] == 429 and ask(client, "a1@example.org", "2001:db8:0:2::1") == 303


@pytest.mark.parametrize("email", ["ann@example.org", "nobody@example.org"])
def test_five_links_a_day_known_or_not(client: CheckingClient, app: Flask, engine: Engine, email: str) -> None:
    with Session(engine) as session:
        make_account(session)
        session.commit()

    tries = [ask(client, email, "203.0.113.7") for _ in range(6)]

    assert tries == [303] * 5 + [429]


def test_who_signs_in_by_each_link_is_never_asked_to_wait_for_a_day(
    client: CheckingClient, engine: Engine, travel: Traveller
) -> None:
    with Session(engine) as session:
        make_account(session, role="moderator")
        session.commit()

    for _pause in range(12):
        travel.shift(timedelta(minutes=31))
        assert ask(client, "ann@example.org", "203.0.113.7") == 303
        assert followed(client, engine, "203.0.113.7") == 303

    left = [ask(client, "ann@example.org", "203.0.113.7") for _ in range(6)]
    assert left == [303] * 5 + [429]


def test_a_link_that_is_followed_elsewhere_tells_nothing_to_who_asked_for_it(
    client: CheckingClient, engine: Engine
) -> None:
    with Session(engine) as session:
        make_account(session)
        session.commit()
    for _ in range(5):
        ask(client, "ann@example.org", "203.0.113.7")

    assert followed(client, engine, "198.51.100.1") == 303

    assert ask(client, "ann@example.org", "203.0.113.7") == 429


def test_who_looks_at_a_link_or_tries_it_twice_gets_nothing_back(client: CheckingClient, engine: Engine) -> None:
    with Session(engine) as session:
        make_account(session)
        session.commit()
    for _ in range(5):
        ask(client, "ann@example.org", "203.0.113.7")

    path = link_of(letters(engine)[-1])
    client.get(path)
    tries = [used(client, path, "203.0.113.7") for _ in range(3)]

    assert tries == [303, 410, 410]
    assert [ask(client, "ann@example.org", "203.0.113.7") for _ in range(2)] == [303, 429]


def test_who_asks_for_somebodys_links_does_not_lock_them_out(client: CheckingClient, engine: Engine) -> None:
    with Session(engine) as session:
        make_account(session)
        session.commit()
    for _ in range(6):
        ask(client, "ann@example.org", "203.0.113.7")

    assert ask(client, "ann@example.org", "198.51.100.1") == 303
    assert letters(engine)[-1].to == "ann@example.org"


def test_who_is_asked_to_wait_hears_how_long_and_still_after_a_restart(config: Config, engine: Engine) -> None:
    for _ in range(2):
        app = create_app(replace(config), now=lambda: NOW)
        app.test_client_class = CheckingClient
        client = app.test_client()
        tries = [ask(client, f"a{n}@example.org", "203.0.113.7") for n in range(10)]
        app.extensions["referral"].engine.dispose()

    assert tries == [429] * 10
    answer = client.post("/account/sign-in", data={"email": "a@b.org"}, environ_base={"REMOTE_ADDR": "203.0.113.7"})
    assert 0 < int(answer.headers["Retry-After"]) <= 300
