"""Demonstration workshops: marked, ahead, and made anew when the last is over."""

from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from referral.model import Workshop
from referral.networks import rosters
from referral.places.gazetteer import Gazetteer
from referral.workshops import invented, publishing
from tests.make import NOW
from tests.workshops.test_publishing import PLAN, WEEKEND


def test_they_are_marked_and_lie_ahead(session: Session, gazetteer: Gazetteer) -> None:
    rosters.load(session)

    made = invented.refresh(session, gazetteer, NOW)

    found = session.scalars(select(Workshop)).all()
    assert made >= 15 and len(found) > made
    assert all(w.demonstration and w.starts_at > NOW for w in found)
    assert all(w.online or (w.lat and w.country) for w in found)
    assert {w.language for w in found} >= {"en", "de", "fr", "nl", "da", "ro", "tr", "ko"}
    countries = {w.locality: w.country for w in found if w.locality}
    assert countries["Vienna"] == "AT" and countries["Melbourne"] == "AU" and countries["Paris"] == "FR"


def test_they_are_made_anew_only_when_all_are_over_and_no_real_one_is_touched(
    session: Session, gazetteer: Gazetteer
) -> None:
    rosters.load(session)
    publishing.add(session, PLAN, [WEEKEND], NOW, network_id=None)
    invented.refresh(session, gazetteer, NOW)
    count = session.scalar(select(func.count()).select_from(Workshop))

    again = invented.refresh(session, gazetteer, NOW + timedelta(days=1))
    later = invented.refresh(session, gazetteer, NOW + timedelta(days=300))

    assert again == 0 and later > 0
    assert session.scalar(select(func.count()).select_from(Workshop)) == count
    assert session.scalars(select(Workshop).where(~Workshop.demonstration)).one().title == PLAN.title
