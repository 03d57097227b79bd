"""Demonstration workshops, clearly marked: as many as make the pages alive, always ahead of whoever looks."""

import tomllib
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from referral.model import Network, Workshop
from referral.places.gazetteer import Gazetteer
from referral.workshops.planning import Dates, Plan, repeated
from referral.workshops.publishing import add, forget_invented

FACTS = Path(__file__).parent / "invented.toml"


def refresh(session: Session, gazetteer: Gazetteer, now: datetime) -> int:
    """Replace the invented workshops where none is ahead any more; how many were made. The caller commits."""
    ahead = exists().where(Workshop.demonstration, Workshop.starts_at > now)
    if session.scalar(select(ahead)):
        return 0
    forget_invented(session)
    networks = {n.slug: n for n in session.scalars(select(Network))}
    entries = tomllib.loads(FACTS.read_text("utf-8"))["workshop"]
    for entry in entries:
        network = networks[entry["network"]]
        add(session, _plan(entry, gazetteer), _dates(entry, now), now, network_id=network.id, demonstration=True)
    return len(entries)


def _plan(entry: dict[str, Any], gazetteer: Gazetteer) -> Plan:
    found = gazetteer.find(entry["town"], country=None)[:1] if "town" in entry else []
    place = found[0].place if found else None
    return Plan(
        programme=entry["programme"],
        title=entry["title"],
        language=entry["language"],
        time_zone=entry["zone"],
        online=place is None,
        locality=place.name if place else "",
        country=place.country if place else "",
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        presenters=("Ada Example", "Ben Example"),
        price=entry["price"],
        currency=entry["currency"],
        about=entry["about"],
    )


def _dates(entry: dict[str, Any], now: datetime) -> list[Dates]:
    """Its dates: whole weekends begin on a Saturday, three days on a Friday, evenings on a Tuesday."""
    weekday = 1 if "town" not in entry else 4 if entry["days"] == 3 else 5
    first = now.date() + timedelta(weeks=entry["in"])
    first += timedelta((weekday - first.weekday()) % 7)
    start = datetime.combine(first, time.fromisoformat(entry["starts"]))
    end = datetime.combine(first + timedelta(entry["days"] - 1), time.fromisoformat(entry["ends"]))
    return repeated(start, end, entry.get("rhythm", "week"), entry.get("times", 1))
