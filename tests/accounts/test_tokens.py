"""A mailed secret opens one thing, for a few minutes, once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from referral import db
from referral.accounts import tokens
from referral.model import Token
from tests.make import NOW

MINUTE = timedelta(minutes=1)


@pytest.fixture
def secret(session: Session) -> str:
    """A secret for ten minutes."""
    made = tokens.give(session, "sign_in", "ann@example.org", NOW, minutes=10, detail={"to": "x"})
    session.commit()
    return made


def test_a_secret_has_256_bits_and_stands_nowhere_in_the_database(session: Session, secret: str) -> None:
    row = session.scalars(select(Token)).one()

    assert len(secret) == 43
    assert secret not in repr([getattr(row, c.key) for c in Token.__table__.columns])


def test_looking_uses_nothing(session: Session, secret: str) -> None:
    found = [tokens.look(session, secret, "sign_in", NOW) for _ in range(2)]

    assert [t and t.address for t in found] == ["ann@example.org"] * 2
    assert tokens.use(session, secret, "sign_in", NOW) is not None


def test_a_secret_works_once(session: Session, secret: str) -> None:
    first, second = (tokens.use(session, secret, "sign_in", NOW) for _ in range(2))

    assert first is not None and first.detail == {"to": "x"} and first.used_at == NOW
    assert second is None and tokens.look(session, secret, "sign_in", NOW) is None


def test_a_secret_opens_nothing_else(session: Session, secret: str) -> None:
    assert tokens.use(session, secret, "claim", NOW) is None
    assert tokens.use(session, secret[:-1], "sign_in", NOW) is None
    assert tokens.use(session, "", "sign_in", NOW) is None


def test_a_secret_ends_with_its_time(session: Session, secret: str) -> None:
    assert tokens.look(session, secret, "sign_in", NOW + 10 * MINUTE) is None
    assert tokens.use(session, secret, "sign_in", NOW + 10 * MINUTE) is None
    assert tokens.use(session, secret, "sign_in", NOW + 9 * MINUTE) is not None


def test_a_revoked_secret_opens_nothing(session: Session) -> None:
    from tests.accounts.people import make_account

    one = make_account(session)
    secret = tokens.give(session, "sign_in", one.email, NOW, minutes=10, account_id=one.id)
    session.flush()
    tokens.revoke(session, one.id, "sign_in", NOW)

    assert tokens.use(session, secret, "sign_in", NOW) is None


def test_of_twenty_who_use_a_secret_at_once_one_wins(engine: Engine, secret: str) -> None:
    def use(_n: int) -> bool:
        with db.writing(engine) as session:
            won = tokens.use(session, secret, "sign_in", NOW) is not None
            session.commit()
            return won

    with ThreadPoolExecutor(20) as threads:
        won = list(threads.map(use, range(20)))

    assert sum(won) == 1
