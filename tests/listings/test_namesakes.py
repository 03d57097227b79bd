"""Who else bears somebody's name or address."""

import pytest
from sqlalchemy.orm import Session

from referral.listings import namesakes, published
from tests.make import make_listing


@pytest.mark.parametrize(("fields", "is_told"), [
    ({"name": "ÄDA Example", "email": "other@example.org"}, True),
    ({"name": "Cleo Example", "email": "ADA@example.org", "status": "pending"}, True),
    ({"name": "Cleo Example", "email": "cleo@example.org"}, False),
    ({"name": "Äda Example", "email": "", "status": "removed"}, False),
])  # fmt: skip
def test_another_listing_of_the_name_or_the_address_is_told(
    session: Session, fields: dict[str, str], is_told: bool
) -> None:
    ada = make_listing(session, name="Äda Example", email="ada@example.org")
    other = make_listing(session, **fields)

    found = namesakes.of(session, published.load_any(session, [ada.id])[0])

    assert [one.id for one in found] == ([other.id] if is_told else [])


def test_who_has_no_address_shares_none(session: Session) -> None:
    ada, _ben = make_listing(session, name="Ada Example", email=""), make_listing(session, name="Ben Example", email="")

    assert list(namesakes.of(session, published.load_any(session, [ada.id])[0])) == []
