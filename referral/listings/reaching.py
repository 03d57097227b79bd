"""Where somebody listed here is written to, and in which language. Reads only."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral.mail.outbox import is_address
from referral.model import Account, Listing, Practitioner
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
    account_id: int | None

    @property
    def for_letters(self) -> str:
        """Where we write to."""
        return self.account or self.on_file

    @property
    def for_enquiries(self) -> str:
        """Where visitors' messages go; empty for nowhere."""
        return next((one for one in (self.on_file, self.account) if is_address(one)), "")


def reached(session: Session, listing_id: int) -> Reached:
    """How to reach whose listing it is; nobody, in no particular language, when there is none."""
    found = (
        select(Account.email, Listing.email, Practitioner.name, Account.language, Listing.bio_language, Account.id)
        .select_from(Listing)
        .join(Practitioner, Practitioner.id == Listing.practitioner_id)
        .outerjoin(Account, (Account.practitioner_id == Practitioner.id) & Account.active)
        .where(Listing.id == listing_id)
        .order_by(Account.id)
    )
    mine, on_file, name, chosen, written, account_id = session.execute(found).first() or ("", "", "", "", "", None)
    language = chosen or (written if written in languages() else DEFAULT)
    return Reached(mine or "", on_file, name, language, account_id)
