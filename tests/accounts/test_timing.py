"""How long an answer takes says nothing of who has an account."""

import random
from itertools import product
from time import perf_counter

import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.accounts.people import make_account
from tests.client import CheckingClient

MANY = 400

FAR = 0.06
"""How far from even it may be which of two took longer: three standard errors of this many of each."""


def ask(client: CheckingClient, email: str, n: int) -> float:
    """Seconds until the answer, to somebody who asks from somewhere else each time."""
    base = {"REMOTE_ADDR": f"203.0.{n // 250}.{n % 250}"}
    began = perf_counter()
    answer = super(CheckingClient, client).open(
        "/account/sign-in",
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


@pytest.mark.slow
def test_known_and_unknown_addresses_take_equally_long(app: Flask, engine: Engine) -> None:
    with Session(engine) as session:
        for n in range(MANY):
            make_account(session, f"known{n}@example.org")
        session.commit()
    client = app.test_client()
    assert isinstance(client, CheckingClient)
    asked = [f"{kind}{n}@example.org" for kind in ("known", "other") for n in range(MANY)]
    random.Random(5).shuffle(asked)
    for n in range(20):
        ask(client, f"warm{n}@example.org", 20_000 + n)

    took = [(email, ask(client, email, n)) for n, email in enumerate(asked)]

    known = [t for email, t in took if email.startswith("known")]
    other = [t for email, t in took if email.startswith("other")]
    share = more_often(known, other)
    print(f"known took longer in {share:.3f} of pairs")
    assert abs(share - 0.5) < FAR
