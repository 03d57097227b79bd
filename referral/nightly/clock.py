"""What the calendar does to listings: pauses end, credentials expire, silence shows; each in its transaction."""

import hashlib
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from referral import db, mail
from referral.accounts import tokens
from referral.listings import attestations, published, standing
from referral.listings.attestations import Stale, Step
from referral.listings.content import Credential, Licence
from referral.listings.labels import label
from referral.listings.noting import note
from referral.listings.published import Published
from referral.listings.reaching import reached
from referral.mail.addressing import is_address
from referral.mail.stopping import stopped
from referral.mail.wishes import More
from referral.model import AuditEntry, Listing
from referral.model import Credential as CredentialRow
from referral.model import Licence as LicenceRow
from referral.model.practitioner import PUBLIC_STATUSES
from referral.nightly.night import Counts, Night
from referral.text import speaking

EXPIRED = "expired"
"""In the audit log: that a credential's day has passed, and the index was told; of which, as a hash."""

NOTICE = timedelta(days=3)
"""So long before a pause ends its therapist is told."""

TOLD = timedelta(days=30)
"""Of a date that passed longer ago nobody is told any more: an import may bring very old ones."""

LINK_MINUTES = 60 * 24 * 60
"""How long "still correct?" can be answered: until after the listing was hidden."""


def pauses(night: Night) -> Counts:
    """Bring back who is due, and tell those who soon will be."""
    with db.reading(night.engine) as session:
        found = list(session.scalars(_pausing(night)))
    done: Counter[str] = Counter(reminded=0, resumed=0)
    for id in found:
        with db.writing(night.engine) as session:
            if session.scalar(_pausing(night).where(Listing.id == id)):  # nobody came back meanwhile
                done[_end_pause(session, night, id)] += 1
            session.commit()
    del done[""]
    return done


def _pausing(night: Night) -> Select[int]:
    soon = (Listing.status == "paused", Listing.held.is_(False), Listing.paused_until <= night.today + NOTICE)
    return select(Listing.id).where(*soon).order_by(Listing.id)


def _end_pause(session: Session, night: Night, id: int) -> str:
    """End the pause, or say that it ends; what of it was done."""
    listing = standing.found(session, id)
    until = listing.paused_until
    if until is None or until <= night.today:
        attestations.resume(session, id, night.now)
        return "resumed"
    values = {"paused_until": until, "link": f"{night.base_url}/listing"}
    return "reminded" if _post(session, night, id, "pause_ends", values, f"{listing.public_id}-{until}") else ""


def credentials(night: Night) -> Counts:
    """Let the index forget what expired, and tell whose it was; once for each."""
    with db.reading(night.engine) as session:
        found = published.load(session, _with_expired(session, night.today))
        known = set(session.scalars(select(AuditEntry.detail["what"].as_string()).where(AuditEntry.action == EXPIRED)))
    done: Counter[str] = Counter(expired=0, told=0)
    for listing in found:
        for held, name in _expired(listing, night.today):
            key = hashlib.sha256(f"{listing.public_id}-{name}-{held.expires_on}".encode()).hexdigest()[:16]
            if key not in known:
                with db.writing(night.engine) as session:
                    done["told"] += _expire(session, night, listing, held, name, key)
                    done["expired"] += 1
                    session.commit()
    return done


def _expire(
    session: Session, night: Night, listing: Published, held: Credential | Licence, name: str, key: str
) -> bool:
    """Note it, so that every index makes the listing's document anew; whether its therapist was told."""
    note(session, EXPIRED, {listing.id: listing.public_id}, night.now, detail={"what": key})
    if held.expires_on is None or held.expires_on < night.today - TOLD:
        return False
    with speaking(reached(session, listing.id).language):
        called = label("credential", held.level) if isinstance(held, Credential) else name
    values = {"credential": called, "expires_on": held.expires_on, "link": f"{night.base_url}/listing"}
    return _post(session, night, listing.id, "credential_expired", values, key)


def _with_expired(session: Session, today: date) -> list[int]:
    """The public listings of people with a credential or a licence whose day has passed."""
    levels = select(CredentialRow.practitioner_id).where(CredentialRow.expires_on < today)
    permits = select(LicenceRow.practitioner_id).where(LicenceRow.expires_on < today)
    mine = select(Listing.id).where(Listing.practitioner_id.in_(levels.union(permits)))
    return list(session.scalars(mine.where(Listing.status.in_(PUBLIC_STATUSES)).order_by(Listing.id)))


def _expired(listing: Published, today: date) -> list[tuple[Credential | Licence, str]]:
    """What of the listing has expired, with its name in English: what was told already is known by it."""
    told = listing.content
    levels = [(held, label("credential", held.level)) for held in told.credentials if not held.holds(today)]
    return [*levels, *((held, held.title) for held in told.licences if not held.holds(today))]


def attestations_due(night: Night) -> Counts:
    """Ask who has been silent for long, mark the listing, hide it; show again who was not silent for so long."""
    shown = _righted(night)
    with db.reading(night.engine) as session:
        stale = attestations.stale(session, night.today)
    done: Counter[str] = Counter(asked=0, unconfirmed=0, hidden=0, shown=shown)
    for id in [one.id for one in stale if attestations.due(one.facts, night.today)]:
        with db.writing(night.engine) as session:
            for one in attestations.stale(session, night.today, only=id):  # as it is now: somebody may have confirmed
                step = attestations.due(one.facts, night.today)
                if step is not None:
                    done["asked" if step.kind == "still_correct" else step.kind] += _step(session, night, one, step)
            session.commit()
    return done


def _righted(night: Night) -> int:
    """Give back what a clock that ran ahead took; how many listings."""
    with db.reading(night.engine) as session:
        found = attestations.wronged(session, night.today)
    done = 0
    for id, _status in found:
        with db.writing(night.engine) as session:
            status = dict(attestations.wronged(session, night.today, only=id)).get(id)
            if status is not None:  # nobody did so meanwhile
                standing.set_status(session, id, status, night.now, standing.NOT_CONFIRMED)
                done += 1
            session.commit()
    return done


def _step(session: Session, night: Night, one: Stale, step: Step) -> bool:
    """Do what is due, with its letter; whether anything was."""
    marks = step.kind != "still_correct"
    if marks:
        standing.set_status(session, one.id, step.kind, night.now, standing.NOT_CONFIRMED)

    def link(to: str) -> str:
        secret = tokens.give(session, attestations.PURPOSE, to, night.now, minutes=LINK_MINUTES, listing_id=one.id)
        return f"{night.base_url}/listing/confirm/{secret}"

    since = one.facts.since
    values: dict[str, object] = {
        "attested_on": one.said,
        "unconfirmed_on": attestations.marked_on(since),
        "hidden_on": attestations.hidden_on(since),
    }
    key = f"{one.public_id}-{since}-{step.day}"
    told = _post(session, night, one.id, step.kind, values, key, link)
    return marks or told


def _post(
    session: Session,
    night: Night,
    listing_id: int,
    kind: str,
    values: dict[str, object],
    key: str,
    link: Callable[[str], str] | None = None,
) -> bool:
    """Write to the listing's therapist, once for each `key`; whether that was now. `link` makes one for an address."""
    who = reached(session, listing_id)
    to, key = who.for_letters, f"{kind}-{key}"
    stop = night.head.stop(kind, to)
    if not is_address(to) or mail.posted(session, key) or stopped(session, [stop.mark]):
        return False
    values |= {"name": who.name} | ({"link": link(to)} if link else {})
    more: More = {"key": key, "account_id": who.account_id, "listing_id": listing_id, "stop": stop}
    more["language"] = who.language
    return mail.post(session, to, kind, values, night.now, **more)
