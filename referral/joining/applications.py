"""Applying for a new listing: the address is confirmed first; then a coordinator of the network confirms the level."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from referral import mail, terms
from referral.accounts import tokens
from referral.errors import UsageError
from referral.joining import claims
from referral.listings import published, revisions
from referral.listings.checks import checked
from referral.listings.content import Answer, Content, Credential, Office
from referral.listings.placing import located
from referral.model import Account, Listing
from referral.networks import applying
from referral.places.gazetteer import Gazetteer
from referral.text import _

PURPOSE = "join"

MINUTES = 30
"""How long a mailed link works."""


@dataclass(frozen=True, slots=True)
class Application:
    """What somebody says of themselves when they apply."""

    name: str
    country: str
    """ISO 3166-1."""
    level: str
    """A term of the facet `credential`."""
    locality: str = ""
    language: str = "en"
    """The language they work in: a term of the facet."""
    network: str = ""
    """Slug of the network that knows them; empty for none."""


def ask(session: Session, address: str, told: Application, now: datetime, base_url: str) -> None:
    """Mail a link that turns the application into a listing nobody sees yet. The caller commits.

    Raises UsageError for what no listing can say.
    """
    _content(told)
    secret = tokens.give(session, PURPOSE, address, now, minutes=MINUTES, detail=asdict(told))
    values = {"link": f"{base_url}/listing/join/{secret}", "minutes": MINUTES}  # no name: anybody may have typed it
    mail.post(session, address, "join", values, now)


def look(session: Session, secret: str, now: datetime) -> Application | None:
    """The application a link is for; None when it is used or over. Changes nothing."""
    token = tokens.look(session, secret, PURPOSE, now)
    return None if token is None else Application(**token.detail)


def accept(
    session: Session, secret: str, now: datetime, places: Gazetteer, head: mail.Letterhead, into: str = ""
) -> Account:
    """Make the account and its listing, which waits for a coordinator, who is told. The caller commits.

    `into` is the address of their account, where that is not the one the letter went to.
    Raises UsageError when the link is used or over, or the person has a listing already.
    """
    token = tokens.use(session, secret, PURPOSE, now)
    if token is None:
        raise UsageError(_("This link is used or too old. Apply once more, please."), 410)
    told = Application(**token.detail)
    [id] = revisions.publish(session, [_content(told, token.address, places)], now, "applied")
    account = claims.own(session, into or token.address, id, now)
    claims.remember_whose(session, token, account, id)
    claims.consent(session, published.load_any(session, [id])[0], account, now)
    if told.network:
        applying.apply(session, told.network, _practitioner(session, id), account.id, now, head)
    return account


def _practitioner(session: Session, listing_id: int) -> int:
    listing = session.get_one(Listing, listing_id)
    return listing.practitioner_id


def _content(told: Application, address: str = "", places: Gazetteer | None = None) -> Content:
    """A listing that says as much, and waits."""
    office = Office(told.country, locality=told.locality)
    level = terms.term("credential", told.level)
    return checked(
        Content(
            told.name,
            status="pending",
            new_clients="no",
            email=address,
            offices=((places and located(office, places)) or office,),
            terms=(Answer("language", told.language), Answer("track", (level and level.track) or "clinical")),
            credentials=(Credential(told.level),),
        )
    )
