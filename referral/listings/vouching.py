"""What a network says of the papers of its members: verified, renewed. Never commits."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral.listings import published, versions, writing
from referral.listings.attestations import after_waiting, last_said
from referral.listings.checks import checked
from referral.listings.content import Content, Credential, as_json, from_json
from referral.listings.noting import keep, note
from referral.listings.standing import found
from referral.model import Listing, Revision


def vouch(
    session: Session,
    listing_id: int,
    base: int,
    papers: Mapping[Credential, Credential],
    account_id: int,
    now: datetime,
    *,
    action: str,
    detail: Mapping[str, Any],
) -> None:
    """Put each of the `papers` in the place of the one it stands for, and note `action`. The caller commits.

    Somebody who is new, has agreed to be listed, and is now vouched for, is seen from here on. Papers that wait for a
    moderator are renewed with it: approving them later loses nothing. Raises Outdated when `base` is not the listing's
    version, UsageError for what cannot be stored.
    """
    listing = found(session, listing_id, held=True)
    current = versions.current(session, listing_id, base)
    held = tuple(papers.get(one, one) for one in current.content.credentials)
    seen = action == "vouch" and listing.status == "pending" and listing.consented_on and not listing.held
    content = checked(replace(_seen(current.content, now) if seen else current.content, credentials=held))
    if content != current.content:
        kept = versions.claim(session, current)
        writing.replace(session, kept, content, now)
        keep(session, kept, content, now, fields=["credentials"], author_id=account_id)
        carry_over(session, listing_id, papers)
    note(session, action, {listing_id: current.public_id}, now, account_id=account_id, detail=detail)


def _seen(waited: Content, now: datetime) -> Content:
    """What waited, as it is seen from now on: its clock begins here."""
    said = waited.attested_on or waited.consented_on or now.date()
    return replace(waited, status="active", next_due=after_waiting(said, waited.next_due, now.date()))


def appear(
    session: Session, listing_ids: Sequence[int], account_id: int, now: datetime, detail: Mapping[str, Any]
) -> list[int]:
    """Let those of these listings be seen who are new, have agreed to be listed, and whose network has spoken for them;
    which. The caller commits.

    The days they waited count as no silence: nobody asked them whether it is still correct.
    """
    seen: dict[int, str] = {}
    for start in range(0, len(listing_ids), published.CHUNK):
        waiting = (Listing.status == "pending", Listing.consented_on.is_not(None), Listing.held.is_(False))
        some = select(Listing).where(Listing.id.in_(listing_ids[start : start + published.CHUNK]), *waiting)
        for one in session.scalars(some.with_for_update().execution_options(populate_existing=True)):
            one.status, one.updated_at = "active", now
            one.next_due = after_waiting(last_said(one), one.next_due, now.date())
            seen[one.id] = one.public_id
    session.flush()
    if seen:
        note(session, "vouch", seen, now, account_id=account_id, detail=detail)
    return list(seen)


def carry_over(session: Session, listing_id: int, papers: Mapping[Credential, Credential]) -> None:
    """Put the `papers` into what waits of this listing, where it asks for the same ones. The caller commits.

    The same paper with another verifier is another one.
    """
    proposed = select(Revision).where(Revision.listing_id == listing_id, Revision.state == "proposed")
    row = session.scalars(proposed.execution_options(populate_existing=True)).one_or_none()
    if row is None or "credentials" not in row.content:
        return
    bare = {(_bare(old), by): new for old, new in papers.items() for by in ("", old.verified_by)}
    told = from_json({"name": "x", "credentials": row.content["credentials"]})
    held = tuple(bare.get((_bare(one), one.verified_by), one) for one in told.credentials)
    row.content = {**row.content, "credentials": as_json(Content("x", credentials=held)).get("credentials", [])}
    session.flush()


def _bare(one: Credential) -> Credential:
    return replace(one, verified_by="", verified_on=None)
