"""Listings read back from the tables."""

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from referral.listings import published, revisions
from referral.model.practitioner import PUBLIC_STATUSES, STATUSES
from tests.make import NOW, make_listing, make_listings


def test_listings_come_in_the_asked_order_and_only_those_there_are(session: Session) -> None:
    ids = make_listings(session, [{"name": name} for name in ("Ada", "Ben", "Cid")])

    found = published.load(session, [ids[2], 999, ids[0]])

    assert [p.content.name for p in found] == ["Cid", "Ada"]


@pytest.mark.parametrize("status", STATUSES)
def test_only_public_listings_are_given(session: Session, status: str) -> None:
    listing = make_listing(session, status=status)

    shown = status in PUBLIC_STATUSES
    assert bool(published.load(session, [listing.id])) is shown
    assert (published.by_slug(session, listing.slug) is not None) is shown
    assert (published.by_public_id(session, listing.public_id) is not None) is shown
    assert bool(list(published.each(session))) is shown
    assert len(list(published.each(session, public=False))) == 1


def test_nobody_is_found_by_a_name_nobody_has(session: Session) -> None:
    assert published.by_slug(session, "nobody") is None
    assert published.by_public_id(session, "nobody") is None
    assert published.load(session, []) == []


def test_many_listings_cost_no_more_queries_than_one(session: Session) -> None:
    ids = make_listings(session, [{"name": f"Person {n}"} for n in range(20)])
    asked: list[str] = []
    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", lambda *args: asked.append(args[2]))

    published.load(session, ids)

    assert len(asked) == 1


def test_all_are_read_once_by_number_however_many(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(published, "CHUNK", 3)
    ids = make_listings(session, [{"name": f"Person {n}"} for n in range(10)])
    revisions.set_status(session, ids[4], "hidden", NOW)

    assert [p.id for p in published.each(session)] == [id for id in ids if id != ids[4]]


def test_every_digit_of_a_point_is_read_back(session: Session) -> None:
    listing = make_listing(session, offices=[{"country": "US", "lat": 41.87811000000001, "lon": -87.62980000000002}])

    (office,) = published.load(session, [listing.id])[0].content.offices

    assert (office.lat, office.lon) == (41.87811000000001, -87.62980000000002)
