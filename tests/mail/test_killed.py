"""Senders killed at any moment, and the thread of the real server: every letter arrives, once for each Message-ID."""

import os
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from referral import db, mail, utc_now
from referral.config import ROOT
from referral.model import Letter
from tests.journeys.processes import free_port, run, server
from tests.mail.servers import Postbox
from tests.mail.servers import server as mail_server

pytestmark = pytest.mark.slow

KILLING = """
import os, random, signal, sys, time
from datetime import timedelta
from referral import db, mail, utc_now
from referral.mail import outbox, smtp
from tests.mail.test_killed import post
outbox.LEASE = timedelta(seconds=0.3)  # for a shorter test
chance = random.Random(5)

def work(number):
    transport = smtp.Smtp(smtp.Server("127.0.0.1", int(sys.argv[2]), plain=True), "letters@directory.example")
    engine = db.open_engine(sys.argv[1])
    while True:
        post(engine, 5, f"{os.getpid()} {number}")
        mail.send_due(engine, transport, utc_now())
        number += 1

for _ in range(60):
    child = os.fork()
    if child == 0:
        work(0)
    time.sleep(chance.uniform(0.05, 0.5))
    os.kill(child, signal.SIGKILL)
    assert os.waitpid(child, 0)[1] == signal.SIGKILL
"""
"""Forks, because starting Python sixty times takes minutes; each child works until it is killed."""


def post(engine: Engine, count: int, name: str = "letter") -> None:
    with Session(engine) as session:
        for number in range(count):
            values = {"link": "https://d.example/s3cret"}
            mail.post(session, f"ada{number}@example.org", "sign_in", values, utc_now(), key=f"{name} {number}")
        session.commit()


def unsent(engine: Engine) -> int:
    with db.reading(engine) as session:
        return len(session.scalars(select(Letter.id).where(Letter.sent_at.is_(None))).all())


def test_senders_killed_at_random_points_lose_nothing_and_double_nothing(engine: Engine) -> None:
    post(engine, 200)
    box = Postbox()
    box.pause = 0.01  # so that some are killed between the handing over and the noting

    with mail_server(box) as transport:
        command = [sys.executable, "-c", KILLING, str(engine.url), str(transport.server.port)]
        subprocess.run(command, cwd=ROOT, check=True)
        left = unsent(engine)
        mail.send_due(engine, transport, utc_now() + timedelta(minutes=1))

    with db.reading(engine) as session:
        ids = {f"<{id}@directory.example>" for id in session.scalars(select(Letter.message_id))}
    doubled = len(box.arrivals) - len(box.delivered)
    print(f"{len(ids)} letters, {left} left for the next sender, {doubled} came twice with the same Message-ID")
    assert box.delivered == ids and len(ids) >= 200
    assert unsent(engine) == 0
    assert doubled <= 60  # nothing but what was on its way at a kill comes again


def test_the_server_sends_by_itself(environment: dict[str, str], tmp_path: Path) -> None:
    run(environment, "setup")
    engine = db.open_engine(f"sqlite:///{tmp_path / 'referral.sqlite'}")
    box, port = Postbox(), free_port()
    took = []

    with mail_server(box) as transport:
        way = {"REFERRAL_MAIL_URL": f"smtp://127.0.0.1:{transport.server.port}?plain"}
        with server(environment | way, port):
            for number in range(20):
                before = len(box.arrivals)
                with Session(engine) as session:
                    values = {"link": "https://d.example/s3cret"}
                    mail.post(session, "ada@example.org", "sign_in", values, utc_now(), key=f"letter {number}")
                    session.commit()
                begun = time.monotonic()
                while len(box.arrivals) == before and time.monotonic() - begun < 20:
                    time.sleep(0.01)
                took.append(time.monotonic() - begun)

    engine.dispose()
    print("seconds until it arrived:", [round(t, 2) for t in sorted(took)])
    assert sorted(took)[18] < 10 and len(box.delivered) == 20


def test_two_servers_over_one_folder_send_each_letter_once(environment: dict[str, str], tmp_path: Path) -> None:
    run(environment, "setup")
    engine = db.open_engine(f"sqlite:///{tmp_path / 'referral.sqlite'}")

    with server(environment, free_port()), server(environment, free_port()):
        post(engine, 50)
        begun = time.monotonic()
        while unsent(engine) and time.monotonic() - begun < 30:
            time.sleep(0.1)

    engine.dispose()
    assert len(list((tmp_path / "mail").glob("*.eml"))) == 50
    assert os.stat(tmp_path / "mail").st_mode & 0o077 == 0
