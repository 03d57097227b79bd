"""The postman of the server's own process goes on, whatever is wrong with the folder."""

import time
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine

from referral.config import Config
from referral.mail import postman
from tests.make import NOW


def test_a_folder_that_cannot_be_written_to_ends_no_postman(
    config: Config, engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postman, "EVERY", 0.01)
    looks: list[float] = []
    monkeypatch.setattr(postman.Postman, "look", lambda self, transport: looks.append(time.monotonic()))
    data = tmp_path / "away"
    sender = postman.Postman(replace(config, data=data), lambda: engine, lambda: NOW)
    sender.start()
    time.sleep(0.1)
    before = len(looks)

    data.mkdir()

    until = time.monotonic() + 10
    while not looks and time.monotonic() < until:
        time.sleep(0.01)
    assert (before, bool(looks), sender.is_alive()) == (0, True, True)
