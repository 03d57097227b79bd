"""What a coordinator may look up at all: their networks, and who stands on the rosters of those. Reads only.

Of a network that is somebody else's nobody learns whether there is one: every look-up answers as if there were none.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from referral.accounts import moving
from referral.accounts.addresses import letter_box
from referral.accounts.permissions import Actor, Thing, may, owns
from referral.errors import UsageError
from referral.model import Account, Listing, Membership, Network, Token
from referral.networks import rosters
from referral.text import _


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody on the roster of a network the actor looks after."""

    network: Network
    membership: Membership
    listing: Listing
    standing: str
    """One of "applied", "member", "former"."""

    @property
    def thing(self) -> Thing:
        """The membership, as permissions see it."""
        return Thing("membership", self.listing.id, frozenset({self.network.slug}), self.standing)

    @property
    def listed(self) -> Thing:
        """Their listing, as permissions see it."""
        state = "held" if self.listing.held else self.listing.status
        return Thing("listing", self.listing.id, frozenset({self.network.slug}), state)


def networks_of(session: Session, actor: Actor) -> list[Network]:
    """The networks the actor may see, by name."""
    every = session.scalars(select(Network).options(selectinload(Network.areas)).order_by(Network.name))
    return [one for one in every if may(actor, "see", _thing(one))]


def network_for(session: Session, actor: Actor, slug: str, action: str = "see") -> Network:
    """The network of that name. Raises UsageError: 404 when the actor has nothing to do with it, 403 when they may
    see it and not do that.
    """
    asked = select(Network).where(Network.slug == slug).options(selectinload(Network.areas))
    network = session.scalars(asked).one_or_none()
    if network is None or not may(actor, "see", _thing(network)):
        raise UsageError(_("There is no such network among yours."), 404)
    if not may(actor, action, _thing(network)):
        raise UsageError(_("Only a coordinator of this network does that."), 403)
    return network


def member_for(
    session: Session,
    actor: Actor,
    slug: str,
    public_id: str,
    today: date,
    action: str = "see",
    *,
    vouching: bool = False,
) -> Seen:
    """Who stands on the roster with that public id. Raises UsageError: 404 when nobody does, or it is a roster of
    others; 403 about oneself; 409 when it cannot be done as things stand.

    `vouching` asks besides whether their papers may be verified.
    """
    network = network_for(session, actor, slug)
    joined = select(Membership, Listing).join(Listing, Listing.practitioner_id == Membership.practitioner_id)
    row = session.execute(joined.where(Membership.network_id == network.id, Listing.public_id == public_id)).first()
    if row is None:
        raise UsageError(_("There is nobody with this number on your roster."), 404)
    seen = Seen(network, row[0], row[1], rosters.standing(row[0], today))
    if action != "see" and (owns(actor, seen.thing) or is_for(session, actor, seen.listing)):
        raise UsageError(_("This is your own listing: another coordinator of your network does that."), 403)
    if not may(actor, action, seen.thing) or (vouching and not may(actor, "verify", seen.listed)):
        raise UsageError(_("This cannot be done any more, or not by you. Look at the roster again."), 409)
    return seen


def is_for(session: Session, actor: Actor, listing: Listing) -> bool:
    """Whether a listing will be the actor's own: they can claim it by the letters sent to its address."""
    return letter_box(listing.email) in boxes_to_claim_by(session, actor.account_id)


def boxes_to_claim_by(session: Session, account_id: int) -> frozenset[str]:
    """Where letters to an account arrive that has no listing so far, and arrived before it moved, as far as that is
    remembered; none for one that has a listing.
    """
    account = session.get(Account, account_id)
    if account is None or account.practitioner_id is not None:
        return frozenset()
    had = select(Token.address).where(Token.account_id == account_id, Token.purpose == moving.UNDO)
    return frozenset(map(letter_box, (account.email, *session.scalars(had))))


def _thing(network: Network) -> Thing:
    return Thing("network", networks=frozenset({network.slug}))
