"""A moderator's word on what a network asks to say of itself, and the letter about it. Never commits."""

from datetime import datetime

from sqlalchemy.orm import Session

from referral import mail
from referral.model import Account, Network, NetworkRevision
from referral.networks import keeping
from referral.networks.facts import field_label
from referral.text import speaking


def approve(session: Session, number: int, moderator_id: int, base_url: str, now: datetime) -> None:
    """Publish what this revision asks for and write to its author. Raises UsageError as `keeping.approve` does."""
    revision = keeping.approve(session, number, moderator_id, now)
    network = session.get_one(Network, revision.network_id)
    _write(session, revision, network, "network_approved", {"link": f"{base_url}/networks/{network.slug}"}, now)


def send_back(session: Session, number: int, moderator_id: int, reason: str, base_url: str, now: datetime) -> None:
    """Return the revision and write to its author why. Raises UsageError as `keeping.send_back` does."""
    revision = keeping.send_back(session, number, moderator_id, reason, now)
    network = session.get_one(Network, revision.network_id)
    link = f"{base_url}/coordination/{network.slug}/facts"
    _write(session, revision, network, "network_returned", {"reason": revision.reason, "link": link}, now)


def _write(
    session: Session, revision: NetworkRevision, network: Network, kind: str, told: dict[str, object], now: datetime
) -> None:
    to = session.get(Account, revision.author_id) if revision.author_id else None
    if to is None:
        return
    with speaking(to.language):
        fields = [field_label(name) for name in revision.content]
    values = {**told, "network": network.name, "fields": fields}
    key = f"{kind}-{revision.id}"
    mail.post(session, to.email, kind, values, now, language=to.language, key=key, account_id=to.id)
