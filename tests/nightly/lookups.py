"""Offices whose street a geocoder on this machine knows, and what is kept of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from referral.listings import published, revisions
from referral.listings.content import Office
from referral.listings.published import Published
from referral.nightly.night import Night
from tests.make import NOW, make_listing
from tests.places.servers import Server, at, serving

TOWN = (39.7817, -89.6501)
HOUSE = (39.801234, -89.643211)
"""In Springfield, Illinois, two kilometres from its middle."""

STREET = "17 Example Street"
ROUGH: dict[str, Any] = {"street": STREET, "postcode": "62701", "precision": "locality"}


@contextmanager
def of_a_house() -> Iterator[Server]:
    """A geocoder on this machine that knows one street."""
    with serving() as server:
        server.told[STREET] = at(*HOUSE)
        yield server


def later(night: Night, days: int) -> Night:
    return replace(night, now=night.now + timedelta(days))


def make(engine: Engine, **fields: Any) -> int:
    with Session(engine) as session:
        id = make_listing(session, **({} if "offices" in fields else ROUGH) | fields).id
        session.commit()
        return id


def listing(engine: Engine, id: int) -> Published:
    with Session(engine) as session:
        return published.load_any(session, [id])[0]


def office(engine: Engine, id: int) -> Office:
    return listing(engine, id).content.offices[0]


def submit(engine: Engine, id: int, **changed: Any) -> None:
    """What the therapist saves of the first office."""
    with Session(engine) as session:
        there = published.load_any(session, [id])[0]
        offices = (replace(there.content.offices[0], **changed),)
        revisions.submit(session, id, replace(there.content, offices=offices), there.version, None, NOW)
        session.commit()


def bytes_of(folder: Path) -> bytes:
    """Everything that lies in a folder, names too."""
    return b"".join(str(path).encode() + path.read_bytes() for path in folder.rglob("*") if path.is_file())
