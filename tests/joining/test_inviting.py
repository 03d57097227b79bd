"""Inviting whom a roster brought: once, and in the language they read."""

from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from referral.joining import claims
from referral.text import speaking
from tests.accounts.people import letters, make_account
from tests.make import HEAD, NOW, make_listing


def test_an_invitation_is_sent_once(engine: Engine, session: Session) -> None:
    ids = [make_listing(session, name="Ann", email="ann@example.org", status="pending").id]
    ids.append(make_listing(session, name="Bo", status="pending").id)

    assert claims.invite(session, ids, NOW, HEAD) == 1
    claims.invite(session, ids, NOW, HEAD)
    session.commit()

    assert [letter.to for letter in letters(engine, "invited")] == ["ann@example.org"]


@pytest.mark.parametrize(
    ("told", "language"),
    [
        ({"bio": "Ich höre zu.", "bio_language": "de"}, "de"),
        ({"bio_language": "nl"}, "nl"),
        ({"bio": "I listen.", "languages": ["fr"]}, "en"),
        ({"languages": ["hu", "fr", "es"]}, "fr"),
        ({"languages": ["fr", "en"]}, "en"),
        ({"email": "Has-Account@example.org", "bio_language": "de"}, "da"),
    ],
)
def test_an_invitation_is_in_the_language_of_who_reads_it_not_of_who_sent_it(
    engine: Engine, session: Session, told: dict[str, Any], language: str
) -> None:
    make_account(session, "has-account@example.org", "coordinator", language="da")
    listing = make_listing(session, **{"email": "ann@example.org", "status": "pending", **told})

    with speaking("ro"):
        claims.invite(session, [listing.id], NOW, HEAD)
    session.commit()

    assert [letter.body["language"] for letter in letters(engine, "invited")] == [language]
