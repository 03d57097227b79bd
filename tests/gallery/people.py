"""Invented people, one for each state of a page, and what waits for a moderator."""

from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from referral import model
from referral.accounts import tokens
from referral.guidance import answers
from referral.joining import claims
from referral.listings import published, revisions, slugs
from referral.moderation import reports
from referral.networks import facts, keeping, rosters
from tests.make import NOW, make_account
from tests.people import CHICAGO, EVANSTON, TORONTO, make_listing

LONG = "Maria Magdalena Friederike von Hohenstein-Oberwaldenburg zu Sankt Leonhard im Lavanttal"
LONG_SLUG = slugs.base(LONG)

NETWORK = "imago-relationships-north-america"
"""The one whose coordinator signs in."""

QUESTION = "can-i-come-alone"
"""The one that somebody answers under their own name."""


@dataclass(frozen=True, slots=True)
class Accounts:
    """Who signs in, by the number of their account."""

    therapist: int
    paused: int
    moderator: int
    newcomer: int
    coordinator: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits: a change of a name, a visitor's report, an answer under somebody's own name, a network's change; and
    two mailed links, to take over a listing and to end the second of two.
    """

    revision: int
    report: str
    answer: int
    network: int
    offer: str
    double: str


def people(session: Session) -> None:
    """Invented people, one for each state of a page."""
    hebrew = "אני עובדת עם זוגות בשפה שקטה ופשוטה. כל אחד מכם יישמע עד הסוף."
    make_listing(
        session,
        name="Ana Ruiz",
        public_id="galleryana",
        suffix="PhD, LMFT",
        pronouns="she/her",
        languages=["es", "en"],
        delivery=["in_person", "online"],
        serves=["US-IL", "US-WI"],
        topics=["communication", "affair", "grief"],
        works_with=["couples", "one_partner"],
        session_minutes=["60", "90"],
        costs=[(180, "USD")],
        payment=["sliding_scale", "self_pay"],
        credentials=["certified_imago_therapist"],
        licences=["LMFT"],
        accessibility={"step_free_entrance": "yes", "lift": "ask", "hearing_loop": "no"},
        phone="+13125550123",
        website="https://example.org/ana",
        email="ana@example.org",
        new_clients_confirmed_on=NOW.date(),
        attested_on=NOW.date(),
        bio="I help two people hear each other again. We go slowly.\n\nYou need not agree on why you come.",
        **CHICAGO,
    )
    make_listing(session, name="Mo Plain", public_id="gallerymo", email="mo@example.org", **EVANSTON)
    make_listing(
        session,
        name="Una Late",
        public_id="galleryuna",
        status="unconfirmed",
        bio="A quiet room near the lake.",
        attested_on=NOW.date() - timedelta(130),
        new_clients_confirmed_on=NOW.date() - timedelta(130),
        **EVANSTON,
    )
    make_listing(
        session, name="Fin Guide", tracks=["facilitator"], credentials=["certified_imago_facilitator"], **CHICAGO
    )
    make_listing(
        session,
        name=LONG,
        public_id="gallerylong",
        suffix="Mag.a Dr.in phil., MSc, Psychotherapeutin",
        languages=["de", "en", "fr"],
        topics=["communication", "parenting", "blended_family", "trauma", "grief"],
        **CHICAGO,
    )
    make_listing(
        session,
        name="Noa Example",
        public_id="gallerynoa",
        email="noa@example.org",
        languages=["he", "en"],
        delivery=["online"],
        serves=["IL"],
        bio=hebrew,
        bio_language="he",
        country="IL",
        region="IL-TA",
        locality="Tel Aviv",
        lat=32.08,
        lon=34.78,
    )
    make_listing(session, name="Eve Roy", languages=["fr"], delivery=["online"], serves=["CA-ON"], **TORONTO)
    pair(session)


def pair(session: Session) -> None:
    """Two who present together: each names the other, which the first can only do when the second is there."""
    per = make_listing(session, name="Per Pair", public_id="galleryper", bio="We work as a pair.", **EVANSTON)
    make_listing(
        session, name="Pia Pair", public_id="gallerypia", bio="We work as a pair.", partner="galleryper", **EVANSTON
    )
    named = replace(published.load_any(session, [per.id])[0].content, partner="gallerypia")
    revisions.publish(session, [named], NOW, "both names")


def accounts(session: Session) -> Accounts:
    """Somebody of each kind who can sign in."""
    owner = make_listing(session, name="Thea Owner", languages=["en", "he"], bio="First words.", **CHICAGO)
    resting = make_listing(session, name="Paul Rest", status="paused", **CHICAGO)
    return Accounts(
        therapist=make_account(session, email="thea@example.org", practitioner_id=owner.practitioner_id).id,
        paused=make_account(session, email="paul@example.org", practitioner_id=resting.practitioner_id).id,
        moderator=make_account(session, "moderator", email="mod@example.org").id,
        newcomer=make_account(session, email="nel@example.org").id,
        coordinator=make_account(session, "coordinator", email="co@example.org", networks=[NETWORK]).id,
    )


def roster(session: Session) -> None:
    """Members of a network: one who is listed, one who is late, one who has only applied."""
    network = session.scalars(select(model.Network).where(model.Network.slug == NETWORK)).one()
    listed = session.scalars(select(model.Listing).where(model.Listing.slug.in_(("ana-ruiz", "una-late", LONG_SLUG))))
    members = [listing.practitioner_id for listing in listed]
    rosters.enrol(session, network.id, members, NOW.date() - timedelta(400))
    applied = session.scalars(select(model.Listing).where(model.Listing.slug == "mo-plain")).one()
    rosters.apply(session, NETWORK, applied.practitioner_id, NOW.date() - timedelta(2))


def queue(session: Session) -> Waiting:
    """Three changes, of which one is late, a new listing, and a report; one of the changes is Thea Owner's."""
    numbers = [
        _asked_for(session, make_listing(session, name=name, **EVANSTON).id, days, f"{name} Neu")
        for name, days in (("Lena Late", 20), ("Wim Wish", 1))
    ]
    thea = session.query(model.Listing).filter_by(slug="thea-owner").one()
    _asked_for(session, thea.id, 0, "Thea Owner-Neu")
    make_listing(session, name="New Arrival", status="pending", consented_on=NOW.date(), **EVANSTON)
    told = make_listing(session, name="Tom Told", **EVANSTON)
    report = reports.report(session, told.id, "The telephone is dead.\n\nIt rings in a bakery.", "v@example.org", NOW)
    answer, network = _answer(session, thea.id), _network(session)
    return Waiting(numbers[0], report, answer, network, _offer(session, "Ima Ported"), _double(session))


def _offer(session: Session, name: str) -> str:
    """Somebody whom a roster brought: the secret of a link to take the listing over."""
    address = f"{name.split()[0].lower()}@example.org"
    make_listing(session, name=name, email=address, status="pending", attested_on=None, **EVANSTON)
    return tokens.give(session, claims.PURPOSE, address, NOW, minutes=claims.MINUTES)


def _double(session: Session) -> str:
    """The same of somebody who looks after a listing already."""
    mine = make_listing(session, name="Dee Double", email="dee@example.org", languages=["en", "nl"], **CHICAGO)
    make_account(session, email="dee@example.org", practitioner_id=mine.practitioner_id)
    return _offer(session, "Dee Double")


def _answer(session: Session, listing: int) -> int:
    """An answer under somebody's own name: its number."""
    author = session.scalars(select(model.Account).where(model.Account.email == "thea@example.org")).one()
    said = "Yes. Many begin alone.\n\nCome as you are; we look at what *you* can change."
    return answers.propose(session, QUESTION, listing, said, "en", author.id, NOW).id


def _network(session: Session) -> int:
    """A change that a coordinator asked for: its number."""
    number = session.scalars(select(model.Network.id).where(model.Network.slug == NETWORK)).one()
    network = keeping.found(session, number)
    author = session.scalars(select(model.Account).where(model.Account.email == "co@example.org")).one()
    wish = {**facts.facts(network), "offers": "Workshops for couples, and courses for professionals."}
    keeping.submit(session, network.id, wish, network.version, author.id, NOW)
    waits = keeping.waiting(session, network.id)
    assert waits is not None
    return waits.id


def _asked_for(session: Session, id: int, days: int, name: str) -> int:
    """A name that was asked for so many days ago: the number of the revision."""
    there = published.load_any(session, [id])[0]
    wish = replace(there.content, name=name, bio="A quieter room, two floors up.")
    done = revisions.submit(session, id, wish, there.version, None, NOW - timedelta(days=days))
    assert done.revision_id
    return done.revision_id
