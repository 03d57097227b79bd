"""What the calendar does to listings: pauses end, credentials expire, silence shows; each in its transaction."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from referral import db, mail
from referral.accounts import tokens
from referral.listings import attestations, published, righting, standing
from referral.listings.attestations import Stale, Step
from referral.listings.content import Credential, Licence
from referral.listings.labels import label
from referral.listings.noting import note
from referral.listings.published import Published
from referral.listings.reaching import reached
from referral.mail import forgetting
from referral.mail.addressing import is_address
from referral.mail.stopping import stopped
from referral.mail.wishes import More
from referral.model import Credential as CredentialRow
from referral.model import Licence as LicenceRow
from referral.model import Listing
from referral.model.practitioner import PUBLIC_STATUSES
from referral.nightly import marking
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


def wrong_dates(night: Night) -> Counts:
    """Undo what nights did whose clock ran ahead: reminders, ends of pauses, silence."""
    with db.writing(night.engine) as session:
        done = {"letters forgotten": forgetting.unsay(session, night.now)}
        session.commit()
    return {**done, "paused again": _pause_again(night), **_right(night)}


def _pause_again(night: Night) -> int:
    """Let pauses go on that a clock which ran ahead has ended; how many."""
    with db.reading(night.engine) as session:
        found = righting.ended_early(session, night.today)
    for id in found:
        with db.writing(night.engine) as session:
            righting.pause_again(session, id, night.now)
            session.commit()
    return len(found)


def _right(night: Night) -> Counts:
    """Show again who was not silent for so long, and tell anew of what is so all the same."""
    done: Counter[str] = Counter(shown=0)
    with db.reading(night.engine) as session:
        found = righting.silenced(session, night.today)
    for id in [one.stale.id for one in found]:
        with db.writing(night.engine) as session:
            for one in righting.silenced(session, night.today, only=id):  # unless somebody did so meanwhile
                done["shown" if one.status in PUBLIC_STATUSES else one.status] += 1
                if one.step:
                    _step(session, night, one.stale, one.step)
                else:
                    standing.set_status(session, id, one.status, night.now, standing.NOT_CONFIRMED)
            session.commit()
    return done


def pauses(night: Night) -> Counts:
    """Bring back who is due, and tell those who soon will be."""
    done: Counter[str] = Counter(reminded=0, resumed=0)
    with db.reading(night.engine) as session:
        found = list(session.scalars(_pausing(night)))
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
    known = marking.known(night, EXPIRED)
    done: Counter[str] = Counter(expired=0, told=0)
    for listing in found:
        for held, name in _expired(listing, night.today):
            key = marking.key(listing.public_id, name, held.expires_on)
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
    """Ask who has been silent for long, mark the listing, hide it."""
    done: Counter[str] = Counter(asked=0, unconfirmed=0, hidden=0)
    with db.reading(night.engine) as session:
        stale = attestations.stale(session, night.today)
    for id in [one.id for one in stale if attestations.due(one.facts, night.today)]:
        with db.writing(night.engine) as session:
            for one in attestations.stale(session, night.today, only=id):  # as it is now: somebody may have confirmed
                step = attestations.due(one.facts, night.today)
                if step is not None:
                    done["asked" if step.kind == "still_correct" else step.kind] += _step(session, night, one, step)
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
