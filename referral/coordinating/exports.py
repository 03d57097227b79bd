"""A roster as a CSV file: for people to read, and for an import to read back with what they changed. Reads only.

No address of anybody stands in it; what a spreadsheet would run as a formula is defused.
"""

import csv
from collections.abc import Iterator
from datetime import date
from io import StringIO

from sqlalchemy.orm import Session

from referral.coordinating import members
from referral.listings.columns import COLUMNS
from referral.listings.content import Content
from referral.listings.tables import guarded
from referral.model import Network
from referral.text import _

HEADER = (
    "public_id", "name", "suffix", "standing", "member_since", "listing", "last_confirmed", "in_words", "credentials",
)  # fmt: skip
"""The first three and the last are read back; an import says of the others that they are not used."""


def roster(session: Session, network: Network, today: date, only: str = "", words: str = "") -> str:
    """Everybody on the roster, or `only` some of them, by name."""
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow(HEADER)
    for one in members.everybody(session, network, today, only, words):
        writer.writerow(map(guarded, _cells(one)))
    return "\ufeff" + file.getvalue()


def _cells(one: members.Member) -> Iterator[str]:
    yield from (one.public_id, one.name, one.suffix, one.standing, _iso(one.since), one.status, _iso(one.attested))
    yield "; ".join(map(_training, one.papers))
    _read, write = COLUMNS["credentials"]
    yield write(Content(one.name, credentials=tuple(held.paper for held in one.papers)))


def _training(held: members.Held) -> str:
    until = held.paper.expires_on
    return held.label if until is None else _("{level} until {day}").format(level=held.label, day=until.isoformat())


def _iso(value: date | None) -> str:
    return value.isoformat() if value else ""
