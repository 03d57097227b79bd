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
from tests.make import make_listings

MANY = 400

FAR = 0.06
"""How far from even it may be which of two took longer: three standard errors of this many of each."""


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


def known_took_longer(client: CheckingClient, path: str, kinds: tuple[str, str]) -> float:
    """How often an address of the first kind took longer than one of the second, asked in no order."""
    asked = [f"{kind}{n}@example.org" for kind in kinds for n in range(MANY)]
    random.Random(5).shuffle(asked)
    for n in range(20):
        ask(client, path, f"warm{n}@example.org", 20_000 + n)
    took = [(email, ask(client, path, email, n)) for n, email in enumerate(asked)]
    these, those = ([t for email, t in took if email.startswith(kind)] for kind in kinds)
    share = more_often(these, those)
    print(f"{path}: {kinds[0]} took longer than {kinds[1]} in {share:.3f} of pairs")
    return share


@pytest.mark.slow
def test_signing_in_does_not_tell_who_has_an_account(app: Flask, engine: Engine) -> None:
    with Session(engine) as session:
        for n in range(MANY):
            make_account(session, f"known{n}@example.org")
        session.commit()
    client = app.test_client()
    assert isinstance(client, CheckingClient)

    share = known_took_longer(client, "/account/sign-in", ("known", "other"))

    assert abs(share - 0.5) < FAR


@pytest.mark.slow
@pytest.mark.parametrize("count", [1, 3])
def test_claiming_does_not_tell_who_is_on_file(app: Flask, engine: Engine, count: int) -> None:
    with Session(engine) as session:
        many = [{"name": f"Ada {n} {k}", "status": "pending", "email": f"known{n}@example.org"}
                for n in range(MANY) for k in range(count)]  # fmt: skip
        make_listings(session, many)
        session.commit()
    client = app.test_client()
    assert isinstance(client, CheckingClient)

    share = known_took_longer(client, "/listing/claim", ("known", "other"))

    assert abs(share - 0.5) < FAR
