"""A coordinator's word about somebody on their roster, and the letter about it, in one transaction. Never commits.

Who may say what is looked up by `scope` first: here it is done.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral import mail
from referral.coordinating.known import bound, is_of_others
from referral.coordinating.members import called, keyed
from referral.coordinating.papers import is_others
from referral.coordinating.scope import Seen
from referral.errors import UsageError
from referral.listings import published, revisions, vouching
from referral.listings.cleaning import paragraphs
from referral.listings.content import Credential
from referral.listings.noting import audit
from referral.model import Account, Listing, Network, Practitioner
from referral.networks import rosters
from referral.text import _, speaking

REASON = 1000
"""The longest reason for declining, in characters."""

LONGEST = 20
"""Years a paper may be said to be valid."""


def confirm(
    session: Session,
    seen: Seen,
    base: int,
    papers: Mapping[str, date | None],
    account_id: int,
    base_url: str,
    now: datetime,
) -> None:
    """Note that the network knows them as a member and has checked these papers: key -> the last day each is valid,
    None for no end. The caller commits.

    Somebody who agreed to be listed and waited for this is seen from here on. Raises Outdated when their listing is not
    at version `base` any more, UsageError for a paper that is not there or another network verified, a day that is
    past, or no paper where there are some to check.
    """
    stamped = _stamped(session, seen, papers, now.date(), ended=True)
    there = published.load_any(session, [seen.listing.id])[0].content.credentials
    if not stamped and not all(is_others(one, seen.network.name) for one in there):
        raise UsageError(_("Tick the training you have checked."))
    rosters.confirm(session, seen.network.id, seen.membership.practitioner_id, now.date())
    detail = {"network": seen.network.slug, "papers": sorted(papers)}
    revisions.vouch(session, seen.listing.id, base, stamped, account_id, now, action="vouch", detail=detail)
    _write(session, seen, "membership_confirmed", {"link": f"{base_url}/listing"}, now)


def renew(
    session: Session, seen: Seen, base: int, key: str, until: date | None, account_id: int, base_url: str, now: datetime
) -> None:
    """Note that the network has renewed a paper until that day, or without an end. The caller commits.

    Who agreed and still waited is seen from here on. Raises as `confirm` does.
    """
    stamped = _stamped(session, seen, {key: until}, now.date(), ended=False)
    detail = {"network": seen.network.slug, "papers": [key]}
    revisions.vouch(session, seen.listing.id, base, stamped, account_id, now, action="renew", detail=detail)
    if _appears(session, seen, account_id, base_url, now):
        return
    level = next(iter(stamped)).level
    _write(session, seen, "credential_renewed", {"level": level, "until": until, "link": f"{base_url}/listing"}, now)


def decline(session: Session, seen: Seen, reason: str, account_id: int, now: datetime) -> None:
    """Forget that they said they belong to the network, and write to them why. The caller commits.

    Raises UsageError without a reason.
    """
    why = paragraphs(reason, _("The reason"), REASON)
    if not why:
        raise UsageError(_("Please say why: they read it."))
    rosters.decline(session, seen.network.id, seen.membership.practitioner_id)
    _note(session, "decline", seen, account_id, now)
    _write(session, seen, "membership_declined", {"reason": why}, now)


def end(session: Session, seen: Seen, account_id: int, now: datetime) -> None:
    """Note that they belong to the network no more; their listing stays as it is. The caller commits."""
    rosters.end(session, seen.network.id, seen.membership.practitioner_id, now.date())
    _note(session, "end_membership", seen, account_id, now)
    _write(session, seen, "membership_ended", {}, now)


def readmit(session: Session, seen: Seen, account_id: int, base_url: str, now: datetime) -> None:
    """Note that a former member belongs to the network again. The caller commits.

    Who agreed and still waited is seen from here on. Raises UsageError, 409, for somebody whom only another network
    speaks for by now.
    """
    today, person = now.date(), seen.membership.practitioner_id
    if seen.listing.status == "removed":
        raise UsageError(_("They have left the directory. They may apply again."), 409)
    if is_of_others(session, seen.network, person, today):
        name = session.get_one(Practitioner, person).name
        raise UsageError(bound(name), 409)
    rosters.enrol(session, seen.network.id, [person], today)
    _note(session, "readmit", seen, account_id, now)
    if _appears(session, seen, account_id, base_url, now):
        return
    _write(session, seen, "membership_again", {"link": f"{base_url}/listing"}, now)


def _stamped(
    session: Session, seen: Seen, papers: Mapping[str, date | None], today: date, *, ended: bool
) -> dict[Credential, Credential]:
    """Paper -> the same, checked by the network today. `ended` allows one that has run out to be checked as it is."""
    there = keyed(published.load_any(session, [seen.listing.id])[0].content.credentials)
    if any(key not in there for key in papers):
        raise UsageError(_("This paper is not there any more. Look at the roster again."), 409)
    for key, until in papers.items():
        _possible(until, today, kept=ended and until == there[key].expires_on)
        _ours(there[key], seen.network)
    name = seen.network.name
    return {
        there[key]: replace(there[key], expires_on=until, verified_by=name, verified_on=today)
        for key, until in papers.items()
    }


def _ours(paper: Credential, network: Network) -> None:
    """Raise UsageError, 409, for a paper that another network vouches for: nobody else changes what it said."""
    if is_others(paper, network.name):
        said = _("{network} verified “{paper}”. Only they can renew it.")
        said = said.format(network=paper.verified_by, paper=called(network, paper.level))
        raise UsageError(said, 409)


def _possible(until: date | None, today: date, *, kept: bool) -> None:
    """Raise UsageError for a day no paper is valid until."""
    if until is None or kept:
        return
    if until <= today:
        raise UsageError(_("The last day has to be a day to come."))
    if until.year > today.year + LONGEST:
        raise UsageError(_("This day is very far away. Is the year right?"))


def _note(session: Session, action: str, seen: Seen, account_id: int, now: datetime) -> None:
    audit(session, action, [seen.listing.public_id], now, account_id=account_id, detail={"network": seen.network.slug})


def appear(
    session: Session,
    network: Network,
    listing_ids: Sequence[int],
    told: Sequence[int],
    account_id: int,
    base_url: str,
    now: datetime,
) -> None:
    """Let who agreed and waited for the network's word be seen, and write to those `told`, all at once: as one by one
    when they are confirmed by hand. The caller commits.
    """
    vouching.appear(session, listing_ids, account_id, now, {"network": network.slug})
    mail.post_all(session, _confirmations(session, network, told, base_url), now)


def _confirmations(session: Session, network: Network, told: Sequence[int], base_url: str) -> Iterator[mail.Wish]:
    """A letter to each account that looks after one of these listings."""
    joined = select(Account, Listing.id, Practitioner.name).join(
        Listing, Listing.practitioner_id == Account.practitioner_id
    )
    named = joined.join(Practitioner, Practitioner.id == Listing.practitioner_id).order_by(Account.id)
    written = set[int]()
    for start in range(0, len(told), published.CHUNK):
        for to, id, name in session.execute(named.where(Listing.id.in_(told[start : start + published.CHUNK]))):
            if id in written:
                continue
            written.add(id)
            values = {"name": name, "network": network.name, "link": f"{base_url}/listing"}
            yield mail.Wish(to.email, "membership_confirmed", values, to.language, account_id=to.id, listing_id=id)


def _appears(session: Session, seen: Seen, account_id: int, base_url: str, now: datetime) -> bool:
    """Whether they agreed and still waited; if so they are seen from here on, and told."""
    if not vouching.appear(session, [seen.listing.id], account_id, now, {"network": seen.network.slug}):
        return False
    _write(session, seen, "membership_confirmed", {"link": f"{base_url}/listing"}, now)
    return True


def _write(session: Session, seen: Seen, kind: str, told: dict[str, object], now: datetime) -> None:
    """To the account that looks after the listing; whoever has none yet was told how to get it."""
    owners = select(Account).where(Account.practitioner_id == seen.membership.practitioner_id).order_by(Account.id)
    to = session.scalars(owners.limit(1)).first()
    if to is None:
        return
    name = session.get_one(Practitioner, seen.membership.practitioner_id).name
    values = {"name": name, "network": seen.network.name, **_named(told, seen.network, to.language)}
    mail.post(session, to.email, kind, values, now, language=to.language, account_id=to.id, listing_id=seen.listing.id)


def _named(told: dict[str, object], network: Network, language: str) -> dict[str, object]:
    """`told` with the paper's name in the reader's language."""
    level = told.pop("level", None)
    with speaking(language):
        return told if level is None else {**told, "credential": called(network, str(level))}
