"""How long an answer takes says nothing of who has an account."""

import random
from collections.abc import Callable
from itertools import product
from math import sqrt
from time import perf_counter

import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

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
