"""How long an answer takes says nothing of who has an account."""

import json
import os
import random
import subprocess
import sys
from collections.abc import Callable
from itertools import product
from math import sqrt
from statistics import median
from time import perf_counter

import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from referral.config import ROOT, Config
from tests.accounts.people import make_account
from tests.client import CheckingClient
from tests.make import make_listings

LOOKS = (range(400), range(400, 2000))
"""Who is asked for at the first look, and at the second."""

ERRORS = 3
"""How many standard errors from even it may be which of two took longer."""


def ask(client: CheckingClient, path: str, email: str, n: int) -> float:
    """Seconds until the answer, to somebody who asks from somewhere else each time."""
    base = {"REMOTE_ADDR": f"203.0.{n // 250}.{n % 250}"}
    began = perf_counter()
    answer = super(CheckingClient, client).open(
        path,
        method="POST",
        data={"email": email},
        environ_base=base,
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    took = perf_counter() - began
    assert answer.status_code == 303
    return took


def more_often(these: list[float], those: list[float]) -> float:
    """How often one of these is longer than one of those: 0.5 when nobody could tell them apart (Mann and Whitney)."""
    wins = sum(1.0 if a > b else 0.5 if a == b else 0.0 for a, b in product(these, those))
    return wins / (len(these) * len(those))


def known_took_longer(client: CheckingClient, path: str, numbers: range) -> float:
    """How often an address that is known took longer than one that is not, asked in no order."""
    asked = [f"{kind}{n}@example.org" for kind in ("known", "other") for n in numbers]
    random.Random(5).shuffle(asked)
    for n in range(20):
        ask(client, path, f"warm{n}@example.org", 20_000 + n)
    took = [(email, ask(client, path, email, 2 * numbers.start + n)) for n, email in enumerate(asked)]
    these, those = ([t for email, t in took if email.startswith(kind)] for kind in ("known", "other"))
    share = more_often(these, those)
    print(f"{path}: known took longer than other in {share:.3f} of pairs")
    return share


def check_that_nobody_can_tell(client: CheckingClient, path: str, make: Callable[[range], None]) -> None:
    """Chance alone goes too far once in 370 looks: what did is looked at four times as closely, with other people."""
    for numbers in LOOKS:
        make(numbers)
        many = len(numbers)
        error = sqrt((2 * many + 1) / (12 * many**2))  # of Mann and Whitney's statistic, as a share of all pairs
        if (far := abs(known_took_longer(client, path, numbers) - 0.5)) < ERRORS * error:
            return
    raise AssertionError(f"{path}: {far:.3f} from even")


@pytest.mark.slow
def test_signing_in_does_not_tell_who_has_an_account(app: Flask, engine: Engine) -> None:
    def make(numbers: range) -> None:
        with Session(engine) as session:
            for n in numbers:
                make_account(session, f"known{n}@example.org")
            session.commit()

    client = app.test_client()
    assert isinstance(client, CheckingClient)

    check_that_nobody_can_tell(client, "/account/sign-in", make)


@pytest.mark.slow
@pytest.mark.parametrize("count", [1, 3])
def test_claiming_does_not_tell_who_is_on_file(app: Flask, engine: Engine, count: int) -> None:
    def make(numbers: range) -> None:
        many = [{"name": f"Ada {n} {k}", "status": "pending", "email": f"known{n}@example.org"}
                for n in numbers for k in range(count)]  # fmt: skip
        with Session(engine) as session:
            make_listings(session, many)
            session.commit()

    client = app.test_client()
    assert isinstance(client, CheckingClient)

    check_that_nobody_can_tell(client, "/listing/claim", make)


FIRST = """
import json, os, sys
from time import process_time
from referral import create_app

def asked(path, email):
    began = process_time()
    answer = app.test_client().post(path, data={"email": email}, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 303
    return process_time() - began

app, took = create_app(), []
for path, email in json.loads(sys.argv[1]):
    heard, said = os.pipe()
    if os.fork() == 0:
        os.write(said, str(asked(path, email)).encode())
        os._exit(0)
    os.close(said)
    os.wait()
    took.append(float(os.read(heard, 99)))
    os.close(heard)
print(json.dumps(took))
"""
"""What each asks is the first request of a process that has just begun: forked, because starting Python takes seconds.

Counted are the seconds of the processor, so that whatever else runs on this machine hides no difference.
"""

STARTS = 30
"""Of a process, for each kind of address."""


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/account/sign-in", "/listing/claim"])
def test_nor_does_the_first_answer_after_a_start_in_a_language_nobody_spoke_yet(
    config: Config, app: Flask, engine: Engine, path: str
) -> None:
    """Nobody types "other"; "known" has an account whose letters are in Korean, or a listing in it."""
    with Session(engine) as session:
        for n in range(STARTS):
            make_account(session, f"known{n}@example.org", language="ko")
        make_listings(session, [{"name": f"Ada {n}", "status": "pending", "languages": ["ko"],
                                 "email": f"filed{n}@example.org"} for n in range(STARTS)])  # fmt: skip
        session.commit()
    known = "known" if path.endswith("sign-in") else "filed"
    asked = [f"{kind}{n}@example.org" for kind in (known, "other") for n in range(STARTS)]
    random.Random(5).shuffle(asked)

    said = {"DATA": config.data, "DATABASE_URL": config.database_url, "GAZETTEER": config.gazetteer}
    environment = {**os.environ, **{f"REFERRAL_{name}": str(value) for name, value in said.items()}}
    command = [sys.executable, "-c", FIRST, json.dumps([(path, email) for email in asked])]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)

    took = list(zip(asked, json.loads(done.stdout.splitlines()[-1]), strict=True))
    these, those = ([t for email, t in took if email.startswith(kind)] for kind in (known, "other"))
    error = sqrt((2 * STARTS + 1) / (12 * STARTS**2))
    share = more_often(these, those)
    print(f"{path}: {1000 * median(these):.1f} and {1000 * median(those):.1f} ms, known longer in {share:.3f} of pairs")
    assert abs(share - 0.5) < (ERRORS + 1) * error
