"""Who has an account, and in which role. An account's only writer beside the person themselves."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral.accounts import factors, signins, telling
from referral.errors import UsageError
from referral.model import Account, AuditEntry, Listing
from referral.text import _


def add(
    session: Session,
    address: str,
    role: str,
    now: datetime,
    *,
    listing: str = "",
    networks: Sequence[str] = (),
    by_id: int | None = None,
) -> Account:
    """The account of `address`, made or given this role; signed out everywhere when the role is another.

    `listing` is the public id of their own listing, if any: whoever had it before has it no more and is signed out.
    The caller commits. Raises UsageError for a listing that is not there, and for a coordinator of no network.
    """
    if role == "coordinator" and not networks:
        raise UsageError(_("A coordinator looks after at least one network: say which."))
    account = session.scalar(select(Account).where(Account.email == address))
    if account is None:
        account = Account(email=address, role=role, networks=list(networks), created_at=now)
        session.add(account)
        session.flush()
        _audit(session, account, now, by_id, "account")
    elif (account.role, account.networks) != (role, list(networks)):
        change(session, account, role, now, networks=networks, by_id=by_id)
    if listing:
        for before in owners(session, listing):
            if before.id != account.id:
                before.practitioner_id = None
                signins.end_all(session, before, now)
                _audit(session, before, now, by_id)
        account.practitioner_id = _practitioner(session, listing)
    return account


def owners(session: Session, listing: str) -> Sequence[Account]:
    """The accounts that look after the listing with this public id."""
    mine = select(Account).join(Listing, Listing.practitioner_id == Account.practitioner_id)
    return session.scalars(mine.where(Listing.public_id == listing).order_by(Account.id)).all()


def change(
    session: Session, account: Account, role: str, now: datetime, *, networks: Sequence[str] = (), by_id: int | None
) -> None:
    """Give the account another role: whoever used it must sign in anew. The caller commits."""
    account.role, account.networks = role, list(networks)
    signins.end_all(session, account, now)
    _audit(session, account, now, by_id)


def reset(session: Session, address: str, now: datetime, base_url: str) -> Account:
    """The account of `address` without second factors and signed out everywhere: whoever lost them sets up new ones.

    Its owner is told, in case it was not them who asked. The caller commits. Raises UsageError when nobody has that
    address.
    """
    account = _of(session, address)
    factors.forget(session, account, now)
    signins.end_all(session, account, now)
    telling.changed(session, account, "reset", base_url, now)
    return account


def suspend(session: Session, address: str, now: datetime, *, lift: bool = False) -> Account:
    """The account of `address`, which nobody can use from now on, or can again; its listing stays as it is.

    The caller commits. Raises UsageError when nobody has that address.
    """
    account = _of(session, address)
    account.active = lift
    signins.end_all(session, account, now)
    _audit(session, account, now, None, "account_restored" if lift else "account_suspended")
    return account


def _of(session: Session, address: str) -> Account:
    account = session.scalar(select(Account).where(Account.email == address))
    if account is None:
        raise UsageError(_("Nobody here has this address."))
    return account


def _practitioner(session: Session, public_id: str) -> int:
    found = session.scalar(select(Listing.practitioner_id).where(Listing.public_id == public_id))
    if found is None:
        raise UsageError(_("There is no listing with this number."))
    return found


def _audit(session: Session, account: Account, now: datetime, by_id: int | None, action: str = "role") -> None:
    session.add(
        AuditEntry(
            at=now,
            account_id=by_id,
            action=action,
            object=f"account:{account.public_id}",
            detail={"role": account.role, "networks": account.networks},
        )
    )
