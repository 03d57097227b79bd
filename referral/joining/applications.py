"""Applying for a new listing: the address is confirmed first; then a coordinator of the network confirms the level."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from index.folding import fold
from referral import mail, terms
from referral.accounts import tokens
from referral.errors import UsageError
from referral.joining import claims
from referral.listings import published, revisions
from referral.listings.checks import checked
from referral.listings.content import Answer, Content, Credential, Office
from referral.listings.filing import filed
from referral.listings.placing import located
from referral.listings.published import Published
from referral.model import Account, Token
from referral.networks import applying, rosters
from referral.places.gazetteer import Gazetteer
from referral.text import _

PURPOSE = "join"

ANOTHER = "new"
"""What is chosen by who applies and is none of those on file under the address."""

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
    mail.post(session, address, "join", values, now, void=claims.is_suspended(session, address))


def look(session: Session, secret: str, now: datetime) -> Application | None:
    """The application a link is for; None when it is used or over. Changes nothing."""
    token = tokens.look(session, secret, PURPOSE, now)
    return None if token is None or claims.is_suspended(session, token.address) else Application(**token.detail)


def on_file(session: Session, secret: str, now: datetime) -> list[Published]:
    """The listings with the address of whom the link was mailed to that nobody looks after: one may be theirs."""
    return claims.offered(session, tokens.look(session, secret, PURPOSE, now))


def may_be_another(there: Sequence[Published], told: Application) -> bool:
    """Whether who applies may be somebody else than whose listings these are: several may share an address."""
    return all(fold(one.content.name) != fold(told.name) for one in there)


def accept(
    session: Session,
    secret: str,
    now: datetime,
    places: Gazetteer,
    head: mail.Letterhead,
    into: str = "",
    chosen: str = "",
) -> Account:
    """Make the account and its listing, which waits for a coordinator, who is told. The caller commits.

    Where a listing is on file under the address they get that one, and no second: `chosen` is its public id where
    there are several, or ANOTHER for who only shares the address. `into` is the address of their account, where that
    is not the one the letter went to.
    Raises UsageError when the link is used or over, or the person has a listing already.
    """
    token = tokens.use(session, secret, PURPOSE, now)
    if token is None or claims.is_suspended(session, token.address):
        raise UsageError(_("This link is used or too old. Apply once more, please."), 410)
    told, there = Application(**token.detail), claims.offered(session, token)
    if there and not (chosen == ANOTHER and may_be_another(there, told)):
        account = claims.take(session, token, there, now, chosen, into)
    else:
        account = _begun(session, token, told, places, into, now)
    if told.network and account.practitioner_id is not None:
        _apply(session, told.network, account.practitioner_id, account.id, now, head)
    return account


def _begun(session: Session, token: Token, told: Application, places: Gazetteer, into: str, now: datetime) -> Account:
    """The account, with a new listing that says what they told."""
    [id] = revisions.publish(session, [_content(told, token.address, places)], now, "applied")
    account = claims.own(session, into or token.address, id, now)
    claims.remember_whose(session, token, account, id)
    claims.consent(session, published.load_any(session, [id])[0], account, now)
    return account


def _apply(
    session: Session, slug: str, practitioner_id: int, account_id: int, now: datetime, head: mail.Letterhead
) -> None:
    """Say that they belong to the network, unless they stand on its roster already."""
    there = {network.slug: one for network, one in rosters.of_person(session, practitioner_id)}
    if slug not in there or rosters.standing(there[slug], now.date()) == "former":
        applying.apply(session, slug, practitioner_id, account_id, now, head)


def _content(told: Application, address: str = "", places: Gazetteer | None = None) -> Content:
    """A listing that says as much, and waits."""
    office = Office(told.country, locality=told.locality)
    level = terms.term("credential", told.level)
    return checked(
        Content(
            told.name,
            sort_name=filed(told.name, told.country),
            status="pending",
            new_clients="no",
            email=address,
            offices=((places and located(office, places)) or office,),
            terms=(Answer("language", told.language), Answer("track", (level and level.track) or "clinical")),
            credentials=(Credential(told.level),),
        )
    )
