"""The postman of the server's own process goes on, whatever is wrong with the folder."""

import time
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import Engine

from referral.config import Config
from referral.mail import postman
from tests.make import NOW


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")  # how the thread is ended
def test_a_folder_that_cannot_be_written_to_ends_no_postman(
    config: Config, engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postman, "EVERY", 0.01)
    looks, ended = list[float](), Event()

    def look(_self: postman.Postman, _transport: object) -> None:
        looks.append(time.monotonic())
        if ended.is_set():
            raise SystemExit  # else it would look for the rest of all tests

    monkeypatch.setattr(postman.Postman, "look", look)
    data = tmp_path / "away"
    sender = postman.Postman(replace(config, data=data), lambda: engine, lambda: NOW)
    sender.start()
    time.sleep(0.1)
    before = len(looks)

    data.mkdir()

    until = time.monotonic() + 10
    while not looks and time.monotonic() < until:
        time.sleep(0.01)
    is_alive = sender.is_alive()
    ended.set()
    sender.join(10)
    assert (before, bool(looks), is_alive, sender.is_alive()) == (0, True, True, False)
