"""A network with its coordinator, and who stands on its roster."""

from typing import Any

from sqlalchemy.orm import Session

from referral.accounts.permissions import Actor
from referral.model import Area, Listing, Network
from referral.networks import rosters
from tests.make import HEAD, TODAY, make_account, make_listing

BASE = HEAD.base_url


def make_network(session: Session, slug: str = "imago-example", **fields: Any) -> Network:
    """A network of its own; `areas` as codes. The caller commits."""
    areas = [Area(code=code) for code in fields.pop("areas", ["US-IL"])]
    plain = {"name": f"Network {slug}", "level": "national", "source_url": "https://example.org/", "languages": ["en"]}
    made = Network(slug=slug, areas=areas, checked_on=TODAY, confidence="high", **{**plain, **fields})
    session.add(made)
    session.flush()
    return made


def make_member(session: Session, network: Network, **fields: Any) -> Listing:
    """Somebody on its roster: a member, or `applied=True`. The other fields are those of `make_listing`."""
    applied = fields.pop("applied", False)
    listing = make_listing(session, **fields)
    if applied:
        rosters.apply(session, network.slug, listing.practitioner_id, TODAY)
    else:
        rosters.enrol(session, network.id, [listing.practitioner_id], TODAY)
    session.flush()
    return listing


def coordinator_of(session: Session, *networks: Network, **fields: Any) -> Actor:
    """A coordinator of these networks, as permissions see them; `listing` is their own."""
    listing = fields.pop("listing", None)
    own = {"practitioner_id": listing.practitioner_id} if listing is not None else {}
    account = make_account(session, "coordinator", networks=[n.slug for n in networks], **own, **fields)
    return Actor("coordinator", account.id, listing.id if listing is not None else None, frozenset(account.networks))
