"""The audit log, read page by page, in words. Reads only."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from babel.dates import format_date, format_time
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from referral import text
from referral.model import Account, AuditEntry, Listing, Network, Practitioner, Workshop
from referral.moderation.actions import called, of_what
from referral.text import N_, _, language

PAGE = 50

KINDS: Mapping[str, str] = {
    "account": N_("Account {id}"),
    "listing": N_("Listing {id}"),
    "network": N_("Network {id}"),
    "question": N_("Question {id}"),
    "report": N_("Report {id}"),
    "translation": N_("Translation {id}"),
    "workshop": N_("Workshop {id}"),
}
"""Kind of thing -> what a single one is called that has no name, or none any more."""

_NAMES: Mapping[str, Select[str, str]] = {
    "account": select(Account.public_id, Account.email),
    "listing": select(Listing.public_id, Practitioner.name).join(Practitioner),
    "network": select(Network.public_id, Network.name),
    "workshop": select(Workshop.public_id, Workshop.title),
}
"""Kind of thing -> where its public ids and names stand."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Who did what to which thing, when."""

    id: int
    at: datetime
    who: str
    """The account's address; empty for a job, or for somebody who was erased."""
    action: str
    object: str
    """Kind and public id: "listing:3fK…"."""
    detail: dict[str, Any]
    name: str = ""
    """Of the thing, as it is called now; empty where it has none."""

    @property
    def kind(self) -> str:
        """What sort of thing it was done to."""
        return self.object.partition(":")[0]

    @property
    def number(self) -> str:
        """The thing's public id."""
        return self.object.partition(":")[2]

    @property
    def about(self) -> str:
        """The thing, by its name if it has one."""
        return self.name or _(KINDS.get(self.kind, self.kind)).format(id=self.number)

    @property
    def when(self) -> str:
        """ "Nov 23, 2026 12:00 PM UTC", as the language writes it."""
        here = text.locale(language())
        return f"{format_date(self.at, 'medium', locale=here)} {format_time(self.at, 'short', locale=here)} UTC"

    @property
    def said(self) -> str:
        """What was done, in words."""
        return called(self.action, self.detail)

    @property
    def of(self) -> str:
        """The fields it was about, by name; empty where it was about none."""
        return of_what(self.kind, self.detail)


def entries(session: Session, before: int | None = None, about: str = "") -> list[Entry]:
    """A page of the log, the latest first: those `before` a number; all, or only those `about` one object."""
    columns = (AuditEntry.id, AuditEntry.at, Account.email, AuditEntry.action, AuditEntry.object, AuditEntry.detail)
    asked = select(*columns).outerjoin(Account, Account.id == AuditEntry.account_id)
    if before is not None:
        asked = asked.where(AuditEntry.id < before)
    if about:
        asked = asked.where(AuditEntry.object == about)
    rows = session.execute(asked.order_by(AuditEntry.id.desc()).limit(PAGE)).all()
    names = _names(session, {row[4] for row in rows})
    return [Entry(row[0], row[1], row[2] or "", row[3], row[4], row[5], names.get(row[4], "")) for row in rows]


def _names(session: Session, objects: Iterable[str]) -> dict[str, str]:
    """What these things are called now."""
    found: dict[str, str] = {}
    for kind, asked in _NAMES.items():
        ids = [one.partition(":")[2] for one in objects if one.startswith(f"{kind}:")]
        rows = session.execute(asked.where(asked.selected_columns[0].in_(ids))) if ids else ()
        found |= {f"{kind}:{id}": name for id, name in rows}
    return found
