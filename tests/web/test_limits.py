"""Counting searches costs next to nothing, and nobody is counted longer than the limit lasts."""

import threading
from dataclasses import replace

import pytest
from flask import Flask
from limits import parse
from limits.strategies import MovingWindowRateLimiter
from sqlalchemy import Engine
from werkzeug.exceptions import TooManyRequests

from referral import create_app
from referral.config import Config
from referral.web import anyone, limits
from referral.web.limits import Memory
from tests.client import CheckingClient
from tests.make import NOW


def test_a_search_begins_no_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    counted, begun = MovingWindowRateLimiter(Memory()), list[threading.Timer]()
    counted.hit(parse("5 per second"), "somebody")
    monkeypatch.setattr(threading.Timer, "start", begun.append)

    fits = [counted.hit(parse("5 per second"), "somebody else") for _time in range(7)]

    assert fits == [True] * 5 + [False] * 2
    assert begun == []


def test_the_memory_is_swept_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SWEPT", 0.0)
    memory = Memory()
    before = memory.timer
    before.join()

    MovingWindowRateLimiter(memory).hit(parse("5 per second"), "somebody")

    assert memory.timer is not before
    memory.timer.join()


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (1, "in a short while. You can try again in about a minute."),
        (61, "You can try again in about 2 minutes."),
        (50 * 60, "You can try again in about 50 minutes."),
        (55 * 60, "That was often. You can try again in about an hour."),
        (5 * 3600 - 200, "You can try again in about 5 hours."),
        (86_000, "That was often. You can try again tomorrow."),
    ],
)
def test_who_is_asked_to_wait_is_told_how_long(app: Flask, client: CheckingClient, seconds: int, said: str) -> None:
    def busy() -> str:
        raise TooManyRequests(retry_after=seconds)

    app.add_url_rule("/busy", view_func=anyone(busy), endpoint="busy")

    answer = client.get("/busy")

    assert (answer.status_code, answer.headers["Retry-After"]) == (429, str(seconds))
    assert said in answer.text
    assert "demain" in client.get("/fr/busy").text if seconds > 80_000 else True


def test_a_limit_of_a_day_says_tomorrow_in_a_page_and_one_of_searches_how_long(config: Config, engine: Engine) -> None:
    app = create_app(replace(config, search_limit="1 per hour"), now=lambda: NOW)
    client, elsewhere = app.test_client(), {"environ_base": {"REMOTE_ADDR": "203.0.113.7"}}
    ask = {"data": {"email": "ann@example.org"}, "headers": {"Sec-Fetch-Site": "same-origin"}, **elsewhere}

    mailed = [client.post("/account/sign-in", **ask) for _time in range(6)][-1]  # type: ignore[arg-type]
    searched = [client.get("/api/v1/search?text=x", **elsewhere) for _time in range(2)][-1]  # type: ignore[arg-type]

    assert mailed.status_code == 429 and "tomorrow" in mailed.text and "One moment" not in mailed.text
    assert int(searched.headers["Retry-After"]) > 3500 and "in about an hour" in searched.json["detail"]
    app.extensions["referral"].engine.dispose()


def test_who_searched_too_often_is_not_asked_to_search(config: Config, engine: Engine) -> None:
    client = create_app(replace(config, search_limit="1 per hour"), now=lambda: NOW).test_client()
    elsewhere = {"environ_base": {"REMOTE_ADDR": "203.0.113.7"}}
    client.get("/search?in=US", **elsewhere)

    page = client.get("/search?in=US", **elsewhere).text

    assert "Try again" in page and "Where are you?" not in page


def test_every_search_of_the_open_api_is_counted_and_says_so_to_any_page(config: Config, engine: Engine) -> None:
    app = create_app(replace(config, search_limit="1 per hour"), now=lambda: NOW)
    paths = ["search", "map", "places", "networks", "workshops"]

    for number, path in enumerate(paths):
        client, elsewhere = app.test_client(), {"environ_base": {"REMOTE_ADDR": f"203.0.113.{number}"}}
        assert client.get(f"/api/v1/{path}?q=Chicago", **elsewhere).status_code == 200, path
        refused = client.get(f"/api/v1/{path}?q=Chicago", **elsewhere)
        assert (refused.status_code, refused.headers["Access-Control-Allow-Origin"]) == (429, "*"), path
        assert refused.json and refused.json["status"] == 429
