"""The key that addresses without letters are known by: it outlives the secret key of the installation.

Nobody can work out anew what is kept of who was erased. So it is made with a key of its own, which lies in the database
encrypted with the secret key; when that changes it is encrypted anew, and what was kept is known as before. It is the
secret key the installation had when this was first written down. The only writer of KeptKey. Never commits.
"""

import base64
from contextlib import suppress
from datetime import date

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import select
from sqlalchemy.orm import Session

from referral.errors import UsageError
from referral.mail.stopping import TOPICS, Letterhead
from referral.mail.unwanted import bring_back
from referral.model import Account, KeptKey, Listing

NAME = "unsubscribed"


class Lost(Exception):
    """The secret key was changed and the one before it was not told: nobody can read the kept key."""


def kept(session: Session, secret: str, before: str = "") -> str:
    """The key; `before` is the secret key before this one, if it has changed. Raises Lost."""
    wrapped = session.scalar(select(KeptKey.wrapped).where(KeptKey.name == NAME))
    if wrapped is None:
        return before or secret
    for one in filter(None, (secret, before)):
        with suppress(InvalidToken):
            return _lock(one).decrypt(wrapped.encode()).decode()
    raise Lost


def keep(session: Session, secret: str, before: str = "") -> bool:
    """See that the secret key alone is enough to read the key; whether anything had to be written. The caller commits.

    Raises Lost; what lies there is left then, for who finds the key before.
    """
    there = session.get(KeptKey, NAME)
    if there is not None:
        with suppress(InvalidToken):
            _lock(secret).decrypt(there.wrapped.encode())
            return False
    wrapped = _lock(secret).encrypt(kept(session, secret, before).encode()).decode()
    session.merge(KeptKey(name=NAME, wrapped=wrapped))
    session.flush()
    return True


def begin_anew(session: Session, secret: str, before: str, today: date) -> int:
    """Go on without the key that is lost for good; how many addresses have letters no more. The caller commits.

    Who had said no cannot be told from who had not. So everybody we know of has said no from now on, until they ask for
    letters on the page of their account; and whom nobody knows of is never invited, for they may have been erased.
    Raises UsageError when the key is not lost.
    """
    with suppress(Lost):
        kept(session, secret, before)
        raise UsageError("The key is not lost: nothing was changed.")
    head, known = Letterhead("", secret), set[str]()
    for column in (Account.email, Listing.email):
        known |= {one.strip().lower() for one in session.scalars(select(column)) if one}
    marks = {head.mark(topic, address) for address in known for topic in TOPICS} | {"invitations"}
    bring_back(session, marks, today)
    session.merge(KeptKey(name=NAME, wrapped=_lock(secret).encrypt(secret.encode()).decode()))
    return len(known)


def _lock(secret: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(HKDF(SHA256(), 32, None, b"kept keys").derive(secret.encode())))
