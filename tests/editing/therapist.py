"""Somebody signed in, before their own page."""

from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from referral.editing import reading, saving
from referral.editing.sections import section
from referral.listings import drafts
from referral.listings.published import Published
from referral.model import Account, Draft
from tests.accounts.people import sign_in
from tests.client import CheckingClient
from tests.editing.sent import sent
from tests.make import NOW, make_listing


@dataclass
class Therapist:
    """Somebody signed in, with a listing."""

    client: CheckingClient
    engine: Engine
    listing_id: int

    @property
    def listing(self) -> Published:
        """As it stands in the database."""
        with Session(self.engine) as session:
            return saving.seen(session, self.listing_id)

    def fields(self, id: str, base: int | None = None, **changed: Any) -> dict[str, Any]:
        """What a browser sends of a section with these fields changed."""
        one = section(id)
        assert one is not None
        listing = self.listing
        typed: dict[str, Any] = {
            "csrf_token": self.client.csrf_token(),
            "base": listing.version if base is None else base,
            "follows": self.drafted(id),
        }
        for name, value in sent(reading.filled(one, listing.content), **changed):
            typed.setdefault(name, []).append(value)
        return typed

    def drafted(self, id: str) -> str:
        """The mark of the draft that a page shows which is read now; empty for none."""
        with Session(self.engine) as session:
            account_id = session.scalar(select(Draft.account_id).where(Draft.section == id))
            kept = drafts.read(session, self.listing_id, account_id).get(id) if account_id else None
            return kept.mark if kept else ""

    def save(self, id: str, base: int | None = None, **changed: Any) -> Any:
        """Save a section, as its form does."""
        return self.client.post(f"/listing/{id}", data=self.fields(id, base, **changed))


@pytest.fixture
def ann(app: Flask, engine: Engine, client: CheckingClient) -> Therapist:
    with Session(engine) as session:
        listing = make_listing(session, name="Ann Example", languages=["en", "he"])
        session.add(
            Account(email="ann@example.org", role="therapist", practitioner_id=listing.practitioner_id, created_at=NOW)
        )
        session.commit()
        id = listing.id
    return Therapist(sign_in(client, engine), engine, id)
