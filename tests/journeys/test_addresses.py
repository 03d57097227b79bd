"""The real server looks up an address that was saved, by itself; killed while it asks, the next one goes on."""

import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from referral import db
from referral.config import ROOT
from tests.journeys.processes import free_port, run, server
from tests.make import make_listing
from tests.nightly.lookups import HOUSE, ROUGH, STREET, office
from tests.places.servers import Server, at, serving

pytestmark = pytest.mark.slow

PATIENCE = 60
"""Seconds for what takes one on a quiet machine."""


@pytest.fixture
def geocoder() -> Iterator[Server]:
    with serving() as server:
        server.told[STREET] = at(*HOUSE)
        yield server


@contextmanager
def database(environment: dict[str, str]) -> Iterator[Engine]:
    engine = db.open_engine(f"sqlite:///{Path(environment['REFERRAL_DATA']) / 'referral.sqlite'}")
    yield engine
    engine.dispose()


def write(engine: Engine) -> int:
    with Session(engine) as session:
        id = make_listing(session, public_id="annexample", name="Ann Example", **ROUGH).id
        session.commit()
        return id


def test_a_saved_address_is_found_by_the_server_itself(environment: dict[str, str], geocoder: Server) -> None:
    asking = environment | {"REFERRAL_GEOCODER": geocoder.setting}
    assert run(environment, "setup").returncode == 0
    said, geocoder.answer = geocoder.told.pop(STREET), "hanging"
    with database(environment) as engine:
        with server(asking, free_port()):
            id = write(engine)
            until = time.monotonic() + PATIENCE
            while not geocoder.queries and time.monotonic() < until:
                time.sleep(0.05)
        assert office(engine, id).precision == "locality"  # killed while it asked

        geocoder.answer, geocoder.told[STREET] = "right", said
        port = free_port()
        with server(asking, port):
            until = time.monotonic() + PATIENCE
            while office(engine, id).precision == "locality" and time.monotonic() < until:
                time.sleep(0.05)
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/v1/search?in=US", timeout=20) as answer:
                [found] = json.load(answer)["results"]

        assert office(engine, id).lat == HOUSE[0] and geocoder.asked == 2
        assert f"Imago referral directory (http://127.0.0.1:{port})" in geocoder.agents
        assert found["point"] == [39.81, -89.65]  # the square, not the house


def test_a_geocoder_nobody_knows_is_said_at_the_start(environment: dict[str, str]) -> None:
    wrong = environment | {"REFERRAL_GEOCODER": "nobody knows"}
    done = run(wrong, "serve", "--port", str(free_port()))
    other = subprocess.run([sys.executable, "-c", "import wsgi"], cwd=ROOT, env=wrong, capture_output=True, check=False)

    assert done.returncode != 0 and "REFERRAL_GEOCODER names no geocoder" in done.stderr
    assert "Traceback" not in done.stderr
    assert other.returncode != 0 and b"REFERRAL_GEOCODER names no geocoder" in other.stderr
