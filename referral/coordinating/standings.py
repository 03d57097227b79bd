"""What the database says at one moment of everybody a roster may name, and whether it still says so. Reads only.

A long roster is compared while others write. What the comparison was made from is asked again, in one short question,
before anything is written.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from referral import changes
from referral.coordinating.scope import boxes_to_claim_by
from referral.listings import published
from referral.mail.addressing import compared, spellings
from referral.model import Account, Change, Listing, Membership, Network, RosterFile
from referral.model.practitioner import PUBLIC_STATUSES
from referral.networks import rosters

OTHERS = "others"
"""The standing of who came by an import of the network and belongs to another now."""


class Standing(NamedTuple):
    """What somebody is to the network."""

    listing_id: int
    standing: str
    """One of "applied", "member", "former", OTHERS; empty for who came by an import and belongs to nobody."""
    is_others: bool
    """Whether they are, or asked to be, a member of another network."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What a comparison was made from."""

    seq: int
    """Where the change clock stood."""
    file: bytes
    """A digest of the file, of what its columns are said to be, and of what the network is called."""
    people: frozenset[Standing]
    claimed: frozenset[int]
    """The listings of those that somebody looks after."""
    addresses: frozenset[str]
    """Those that the file has for who is not known by a number."""
    strange: frozenset[str]
    """Those of these that belong to somebody of others."""
    sender: frozenset[str]
    """Where letters to who sent the file arrive, while they have no listing."""


def of(session: Session, network: Network, today: date) -> list[Standing]:
    """Everybody who stands or stood on the roster of the network, or came by an import of it."""
    mine = (Membership.practitioner_id == Listing.practitioner_id) & (Membership.network_id == network.id)
    asked = select(Listing.id, Membership, held_by_others(network, today)).outerjoin(Membership, mine)
    key = f"{network.slug}:"
    came = (Listing.source >= key) & (Listing.source < key[:-1] + chr(ord(key[-1]) + 1))
    rows = session.execute(asked.where(or_(Membership.id.is_not(None), came), Listing.status != "removed"))
    return [Standing(id, _standing(membership, held, today), held) for id, membership, held in rows]


def claimed(session: Session, listing_ids: Sequence[int]) -> frozenset[int]:
    """Those of these listings that somebody looks after."""
    owned = exists().where(Account.practitioner_id == Listing.practitioner_id)
    found: set[int] = set()
    for some in _chunks(listing_ids):
        found |= set(session.scalars(select(Listing.id).where(Listing.id.in_(some), owned)))
    return frozenset(found)


def elsewhere(session: Session, standing: Mapping[int, str], addresses: Iterable[str]) -> frozenset[str]:
    """Those of these addresses that belong to a listing of others whom visitors see, or of a former member,
    as addresses are `compared`.

    Of others nobody sees, a file of addresses would else tell who they are.
    """
    wanted = sorted({same for address in addresses if address for same in spellings(address)})
    found: set[str] = set()
    for some in _chunks(wanted):
        asked = select(func.lower(Listing.email), Listing.id, Listing.status)
        asked = asked.where(func.lower(Listing.email).in_(some), Listing.status != "removed")
        for address, id, status in session.execute(asked):
            here = standing.get(id, OTHERS)
            if here == "former" or (here == OTHERS and status in PUBLIC_STATUSES):
                found.add(compared(address))
    return frozenset(found)


def held_by_others(network: Network, today: date) -> ColumnElement[bool]:
    """Whether the person of a listing is, or asked to be, a member of another network."""
    other = aliased(Membership)
    held = exists().where(other.practitioner_id == Listing.practitioner_id, other.network_id != network.id)
    return held.where(or_(other.until.is_(None), other.until > today)).correlate(Listing)


def file_mark(file: RosterFile, network: Network) -> bytes:
    """What tells this file, read in this way, from every other."""
    said = repr((network.name, file.name, sorted(file.fields.items())))
    return sha256(file.content + said.encode()).digest()


def is_still(session: Session, network: Network, file: RosterFile, basis: Basis, today: date) -> bool:
    """Whether a comparison would be made from the same as `basis`.

    Over PostgreSQL the listings it was about are nobody else's from here until the caller has committed.
    """
    people = of(session, network, today)
    ids = [one.listing_id for one in people]
    _hold(session, ids)
    return (
        frozenset(people) == basis.people
        and file_mark(file, network) == basis.file
        and boxes_to_claim_by(session, file.account_id) == basis.sender
        and claimed(session, ids) == basis.claimed
        and (changes.latest(session) == basis.seq or _is_unmoved(session, people, basis))
    )


def _is_unmoved(session: Session, people: Iterable[Standing], basis: Basis) -> bool:
    """Whether what changed since were other listings, and no address of the file became or stopped being theirs."""
    standing = {one.listing_id: one.standing for one in people}
    changed = set(session.scalars(select(Change.listing_id).where(Change.seq > basis.seq)))
    return changed.isdisjoint(standing) and elsewhere(session, standing, basis.addresses) == basis.strange


def _hold(session: Session, listing_ids: Sequence[int]) -> None:
    """Let nobody else write these listings; in SQLite nobody can."""
    if session.connection().dialect.name != "sqlite":
        for some in _chunks(sorted(listing_ids)):
            session.execute(select(Listing.id).where(Listing.id.in_(some)).order_by(Listing.id).with_for_update())


def _standing(membership: Membership | None, held: bool, today: date) -> str:
    if membership is not None:
        return rosters.standing(membership, today)
    return OTHERS if held else ""


def _chunks(of: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (of[start : start + published.CHUNK] for start in range(0, len(of), published.CHUNK))
