"""What somebody hears when another listing makes them half of a pair, or not: named, together, not together any more.

They are told what is, never why: that is the other person's to tell. Who did it themselves is told nothing. Never
commits.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from referral import changes, mail
from referral.listings import published
from referral.listings.pairs import by_slugs
from referral.listings.reaching import reached
from referral.model import Listing

STANDING = ("active", "paused", "unconfirmed", "hidden")
"""As one of these a listing names somebody, although they may be out of sight for a while."""

_Named = Mapping[tuple[int, int], bool]
"""(who is named, the listing that names them) -> whether they name it, too."""


@contextmanager
def told(session: Session, listing_ids: Sequence[int], now: datetime, head: mail.Letterhead) -> Iterator[set[int]]:
    """Write to whom these listings name, or did, what is done to the listings within this means for them.

    Listings that are made within it are added to what it gives. The caller commits. Who has no account gets no letter:
    they could not answer it.
    """
    concerned = set(listing_ids)
    before = _named(session, listing_ids)
    yield concerned
    after = _named(session, sorted(concerned))
    seq = changes.latest(session)  # one letter of each kind for what is done at one time
    for who, by in sorted(before.keys() | after.keys()):
        kind = _meant(before.get((who, by)), after.get((who, by)))
        if kind:
            _write(session, kind, who, by, seq, now, head)


def _named(session: Session, listing_ids: Sequence[int]) -> _Named:
    """Whom these listings name while they stand in the directory, seen or not: who comes back asks nobody anew."""
    found: dict[tuple[int, int], bool] = {}
    other = aliased(Listing)
    columns = (other.id, Listing.id, other.partner_listing_id, Listing.status)
    asked = select(*columns).join(other, other.id == Listing.partner_listing_id).where(Listing.held.is_(False))
    for start in range(0, len(listing_ids), published.CHUNK):
        some = Listing.id.in_(listing_ids[start : start + published.CHUNK])
        for who, by, whom, status in session.execute(asked.where(some)):
            if status in STANDING:
                found[who, by] = whom == by
    return found


def _meant(before: bool | None, after: bool | None) -> str:
    """The letter about a change from one to the other; none where nothing is another for who is named."""
    if before == after:
        return ""
    return "paired" if after else "pair_ended" if before else "pair" if before is None else ""


def _write(session: Session, kind: str, who: int, by: int, seq: int, now: datetime, head: mail.Letterhead) -> None:
    to = reached(session, who)
    if to.account_id is None:
        return
    values, key, about = {"link": f"{head.base_url}/listing?at=partner#partner"}, f"{kind}-{by}-{who}-{seq}", who
    if kind != "pair_ended":  # which names nobody: who left for good leaves no name in the outbox
        mine, theirs = sorted(published.load_any(session, [who, by]), key=lambda one: one.id == by)
        values, about = {**values, "partner": theirs.content.name}, by
        if kind == "pair":
            key = f"pair-{theirs.public_id}-{mine.public_id}"  # once, however often they are named
        elif by_slugs(session, mine.slug, theirs.slug):
            values["link"] = f"{head.base_url}/therapists/{mine.slug}/and/{theirs.slug}"
    mail.post(
        session, to.account, kind, {**values, "name": to.name}, now, language=to.language, key=key,
        account_id=to.account_id, listing_id=about, stop=head.stop(kind, to.account),
    )  # fmt: skip
