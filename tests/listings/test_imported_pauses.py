"""A pause that came or went by an import: its days count as little as those of any other."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy.orm import Session

from referral.listings import attestations, published, revisions
from referral.model import Listing
from tests.make import NOW, TODAY, make_account, make_listing


def imported(session: Session, listing: Listing, status: str, days: int) -> None:
    """An import brings the listing again, with this status, that many days after NOW."""
    told = published.load_any(session, [listing.id])[0].content
    revisions.publish(session, [replace(told, status=status)], NOW + timedelta(days), "import")


def test_a_pause_that_came_by_an_import_begins_with_it(session: Session) -> None:
    ada, me = make_listing(session, attested_on=TODAY), make_account(session)
    imported(session, ada, "paused", 10)
    imported(session, ada, "paused", 40)  # the same file again begins no other pause

    seen = attestations.resume(session, ada.id, NOW + timedelta(200), me.id)

    session.refresh(ada)
    assert seen and ada.status == "active"
    assert attestations.counted_from(TODAY, ada.next_due) == TODAY + timedelta(190)


def test_who_is_paused_from_the_first_import_on_was_paused_then(session: Session) -> None:
    ada, me = make_listing(session, attested_on=TODAY, status="paused"), make_account(session)

    assert attestations.resume(session, ada.id, NOW + timedelta(200), me.id)


def test_an_import_that_ends_a_pause_does_not_count_its_days(session: Session) -> None:
    ada = make_listing(session, attested_on=TODAY)
    imported(session, ada, "paused", 10)

    imported(session, ada, "active", 130)

    session.refresh(ada)
    assert (ada.status, attestations.counted_from(TODAY, ada.next_due)) == ("active", TODAY + timedelta(120))
    assert attestations.stale(session, TODAY + timedelta(130)) == []
