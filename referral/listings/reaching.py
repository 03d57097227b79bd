"""Where somebody listed here is written to, and the language they read it in, whoever is at work. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral.listings import published
from referral.listings.content import Content
from referral.listings.published import Published
from referral.mail.addressing import is_address
from referral.model import Account, Listing
from referral.text import DEFAULT, languages


@dataclass(frozen=True, slots=True)
class Reached:
    """The addresses of whose listing it is; either may be empty."""

    account: str
    """What they sign in with, if they may."""
    on_file: str
    """What their listing names for enquiries."""
    name: str
    language: str
    """Of their account, else the one they describe themselves in."""
    account_id: int | None = None

    @property
    def for_letters(self) -> str:
        """Where we write to."""
        return self.account or self.on_file

    @property
    def for_enquiries(self) -> str:
        """Where visitors' messages go; empty for nowhere."""
        return next((one for one in (self.on_file, self.account) if is_address(one)), "")


NOBODY = Reached("", "", "", DEFAULT)


def reached(session: Session, listing_id: int) -> Reached:
    """How to reach whose listing it is; NOBODY when there is none."""
    found = published.load_any(session, [listing_id])
    return reached_of(session, found[0]) if found else NOBODY


def reached_of(session: Session, listing: Published) -> Reached:
    """The same for a listing that was read already."""
    told = listing.content
    whose = select(Listing.practitioner_id).where(Listing.id == listing.id).scalar_subquery()
    mine = select(Account).where(Account.practitioner_id == whose, Account.active).order_by(Account.id).limit(1)
    account = session.scalars(mine).first()
    if account is None:
        return Reached("", told.email, told.name, language_of(told))
    return Reached(account.email, told.email, told.name, account.language, account.id)


def language_of(content: Content) -> str:
    """The language somebody describes themselves in, else one they work in, as far as it is spoken here.

    An import says English where nobody said anything: that alone says nothing.
    """
    written = content.bio_language if content.bio or content.bio_language != DEFAULT else ""
    works_in = content.chosen("language")
    known = (written, *(() if DEFAULT in works_in else works_in))
    return next((one for one in known if one in languages()), DEFAULT)


def languages_at(session: Session, addresses: Sequence[str]) -> dict[str, str]:
    """Address -> the language its account reads letters in, of those that have one; addresses in lower case."""
    found: dict[str, str] = {}
    for start in range(0, len(addresses), published.CHUNK):
        some = Account.email.in_(addresses[start : start + published.CHUNK])
        rows = session.execute(select(Account.email, Account.language).where(some))
        found.update((row.email, row.language) for row in rows)
    return found
