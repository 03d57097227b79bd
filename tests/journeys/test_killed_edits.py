"""Killed at random points of 400 edits: what was acknowledged is there, index and letters agree with it."""

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from referral import db, mail, utc_now
from referral.config import ROOT
from referral.listings import published
from referral.model import AuditEntry, Letter, Listing
from tests.journeys.processes import run
from tests.mail.servers import Postbox
from tests.mail.servers import server as mail_server
from tests.make import make_listings

pytestmark = pytest.mark.slow

EDITS, LISTINGS = 400, 20

EDITING = """
import json, os, random, signal, sys, time
from dataclasses import replace
from referral import db, mail, utc_now
from referral.listings import published, revisions

chance, done = random.Random(11), 0
engine_of = lambda: db.open_engine(sys.argv[1])

def edit(said, number):
    engine = engine_of()
    while True:
        with db.writing(engine) as session:
            there = published.load_any(session, [1 + number % int(sys.argv[3])])[0]
            text = f"Edit {number}"
            revisions.submit(session, there.id, replace(there.content, bio=text), there.version, None, utc_now())
            mail.post(session, "ada@example.org", "approved", {"link": "https://d.example/"}, utc_now(), key=text)
            session.commit()
        os.write(said, f"{number} {there.id}\\n".encode())
        number += 1

number, acknowledged = 0, []
while len(acknowledged) < int(sys.argv[2]):
    heard, said = os.pipe()
    child = os.fork()
    if child == 0:
        edit(said, number)
    os.close(said)
    time.sleep(chance.uniform(0.1, 0.9))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(heard) as lines:
        told = [tuple(map(int, line.split())) for line in lines]
    acknowledged += told
    number = max([number, *(n + 1 for n, _id in told)]) + 1  # the one that was under way may be there or not
print(json.dumps(acknowledged))
"""
"""Forks, because starting Python takes seconds; each child edits until it is killed, and says what was committed."""


def test_no_acknowledged_edit_is_lost_and_no_letter_is_doubled(
    environment: dict[str, str],
    engine: Engine,
    tmp_path: Path,
) -> None:
    with Session(engine) as session:
        make_listings(session, [{"name": f"Person {n}"} for n in range(LISTINGS)])
        session.commit()

    command = [sys.executable, "-c", EDITING, str(engine.url), str(EDITS), str(LISTINGS)]
    told = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    acknowledged: list[tuple[int, int]] = [tuple(one) for one in json.loads(told.stdout)]

    latest = {id: number for number, id in acknowledged}
    with db.reading(engine) as session:
        texts = {one.id: one.content.bio for one in published.load_any(session, sorted(latest))}
        written = {int(text.split()[1]) for text in texts.values()}
        assert all(int(texts[id].split()[1]) >= number for id, number in latest.items())
        submitted = session.scalar(select(func.count()).where(AuditEntry.action == "submit")) or 0
        letters = set(session.scalars(select(Letter.message_id)))
        versions = session.scalar(select(func.sum(Listing.version))) or 0
    print(f"{len(acknowledged)} edits acknowledged, {submitted} committed")
    assert EDITS <= len(acknowledged) <= submitted == len(letters) == versions - LISTINGS
    assert written
    verified = run(environment, "index", "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr
    box = Postbox()
    with mail_server(box) as transport:
        mail.send_due(engine, transport, utc_now() + timedelta(minutes=1))
    assert box.delivered == {f"<{id}@directory.example>" for id in letters}
    assert len(box.arrivals) == len(letters)
