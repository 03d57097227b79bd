"""Accounts to try things out with: a therapist, a coordinator and a moderator, invented, at addresses of nobody."""

import os
from datetime import datetime

from sqlalchemy import Engine, exists, select
from sqlalchemy.orm import Session

from referral import db
from referral.accounts import roles, signin
from referral.mail.addressing import DEMONSTRATION
from referral.model import Account, Listing, Network, Practitioner

PAGES = {"therapist": "", "coordinator": "coordinating.overview", "moderator": ""}
"""Role -> the page its link leads to; where none is named, the one that signing in leads to."""


def told(engine: Engine, now: datetime, address: str) -> str:
    """How to sign in as each of them, a line for each; `address` is where the site is when nothing else says so."""
    with db.writing(engine) as session:
        found = links(session, now, os.environ.get("REFERRAL_BASE_URL", address))
        session.commit()
    return "\n".join(f"To try it as {who}, within ten minutes: {link}" for who, link in found)


def links(session: Session, now: datetime, base_url: str) -> list[tuple[str, str]]:
    """(address, a link that signs in, once, within ten minutes) of each; none without an invented listing.

    The therapist's listing is an invented one. The caller commits.
    """
    listing = _listing(session)
    network = session.scalar(select(Network.slug).where(Network.level == "national").order_by(Network.id).limit(1))
    if listing is None or network is None:
        return []
    given: dict[str, dict[str, object]] = {
        "therapist": {"listing": listing},
        "coordinator": {"networks": [network]},
        "moderator": {},
    }
    return [
        (address, _link(session, address, role, now, base_url, given[role])) for role, address in DEMONSTRATION.items()
    ]


def _link(session: Session, address: str, role: str, now: datetime, base_url: str, given: dict[str, object]) -> str:
    account = session.scalar(select(Account).where(Account.email == address))
    if account is None or (role == "therapist" and account.practitioner_id is None):
        account = roles.add(session, address, role, now, **given)  # type: ignore[arg-type]  # as `add` names them
    return signin.link(session, account, now, base_url, PAGES[role])


def _listing(session: Session) -> str | None:
    """The therapist's own invented listing, else the first that nobody has."""
    own = select(Listing.public_id).join(Practitioner).join(Account, Account.practitioner_id == Practitioner.id)
    mine = session.scalar(own.where(Account.email == DEMONSTRATION["therapist"]))
    taken = exists().where(Account.practitioner_id == Practitioner.id)
    free = select(Listing.public_id).join(Practitioner).where(Practitioner.demonstration, ~taken)
    return mine or session.scalar(free.where(Listing.status == "active").order_by(Listing.id).limit(1))
