"""A visitor's message on its way to a therapist: screened, put into a letter, forgotten once that is sent.

The only writer of Enquiry. Never commits. The words and the visitor's address stand in the letter alone, which empties
itself when it was sent or given up (`referral.mail.outbox`); where the therapist is reached is told to nobody.
"""

import hashlib
import hmac
import re
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import CursorResult, delete, select
from sqlalchemy.orm import Session

from referral import mail
from referral.errors import UsageError
from referral.listings.cleaning import line, paragraphs
from referral.listings.labels import label
from referral.listings.published import Published
from referral.listings.reaching import Reached, reached_of
from referral.mail import outbox
from referral.mail.addressing import is_address, kept
from referral.mail.rendering import Typed
from referral.model import Enquiry
from referral.text import _, at, speaking

WORDS, NAME = 2000, 80
"""The longest message and the longest name, in characters."""

LETTERS, LINKS = 3, 2
"""The fewest letters of a message, and the most links in it."""

UNDELIVERED = timedelta(days=7)
"""So long a message waits, should nobody send letters; the outbox itself gives up sooner."""

KEPT = timedelta(days=30)
"""How long it is remembered that somebody wrote."""

_LINK = re.compile(r"https?://|\bwww\.", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Message:
    """What a visitor wrote, as it is passed on: screened."""

    words: str
    reply_to: str
    """Where the therapist answers."""
    name: str = ""
    language: str = ""
    """A term of the facet: in which they would like the answer."""


@dataclass(frozen=True, slots=True)
class House:
    """What the letters say of this installation."""

    base_url: str
    contact: str
    """Where abuse is told; empty for nowhere."""
    secret: str
    """What a message is known again by cannot be worked out without it."""


def is_open(session: Session, listing: Published) -> bool:
    """Whether visitors may write to whose listing it is: it is public, they want it, and a letter would reach them."""
    told = listing.content
    if told.no_enquiries or not listing.is_public:
        return False
    return is_address(told.email) or bool(reached_of(session, listing).for_enquiries)


def is_passed_on(session: Session, listing: Published, message: Message, now: datetime, secret: str) -> bool:
    """Whether these words were taken already: who presses twice has written once."""
    return outbox.posted(session, _key(_number(listing, message, now, secret)))


def words(typed: str) -> str:
    """The message as it is passed on. Raises UsageError for none, one that is too long, or full of links."""
    text = paragraphs(typed, _("Your message"), WORDS)
    if sum(map(str.isalpha, text)) < LETTERS:
        raise UsageError(_("Write a few words."))
    if len(_LINK.findall(text)) > LINKS:
        raise UsageError(_("There are more links in it than people write. Leave two at most."))
    return text


def name(typed: str) -> str:
    """The name as it is passed on; empty for none. Raises UsageError for one that is too long, or a link."""
    text = line(typed, _("Your name"), NAME)
    if _LINK.search(text):
        raise UsageError(_("This is not a name."))
    return text


def address(typed: str) -> str:
    """Where the answer goes. Raises UsageError for what is no e-mail address."""
    text = line(typed, _("Your address"), 254)
    if not text:
        raise UsageError(_("Write your e-mail address: the answer goes there."))
    return kept(text)


def accept(session: Session, listing: Published, message: Message, now: datetime, house: House) -> bool:
    """Put the message into the outbox; whether it is a new one. The caller commits.

    The same words from the same address to the same person are passed on once a day, however often they are sent.
    Raises UsageError, 409, when they cannot be written to any more.
    """
    who = reached_of(session, listing)
    if not is_open(session, listing):
        raise UsageError(_("Nobody can write to them here any more."), 409)
    number = _number(listing, message, now, house.secret)
    if not _posted(session, listing, who, message, now, house, number):
        return False
    session.add(Enquiry(public_id=number, listing_id=listing.id, state="waiting", made_at=now))
    session.flush()
    return True


def _number(listing: Published, message: Message, now: datetime, secret: str) -> str:
    """What these words from this address on this day are known by, and nobody can tell them from."""
    told = "\0".join((listing.public_id, message.reply_to.lower(), message.words, now.date().isoformat()))
    return hmac.digest(secret.encode(), told.encode(), hashlib.sha256).hex()[:32]


def _posted(
    session: Session, listing: Published, who: Reached, message: Message, now: datetime, house: House, number: str
) -> bool:
    """Write the letter to them, and what the visitor is told if it never arrives."""
    with speaking(who.language):
        answer_in = label("language", message.language) if message.language else ""
    values = {
        "name": who.name,
        "message": Typed(message.words),
        "reply_to": message.reply_to,
        "writer": message.name,
        "answer_in": answer_in,
        "contact": house.contact,
        "link": f"{house.base_url}/listing#contact",
    }
    page = house.base_url + at(f"/therapists/{listing.slug}")
    told = {"listing": who.name, "link": page}
    instead = mail.Wish(message.reply_to, "undelivered", told, listing_id=listing.id)
    return mail.post(
        session, who.for_enquiries, "enquiry", values, now, language=who.language, key=_key(number),
        account_id=who.account_id, listing_id=listing.id, reply_to=message.reply_to, otherwise=instead,
    )  # fmt: skip


def _key(public_id: str) -> str:
    """What the letter of an enquiry is known by."""
    return f"enquiry-{public_id}"


def deliver(session: Session, now: datetime) -> Counter[str]:
    """Note what became of the letters; how many were "delivered" or "failed". The caller commits.

    One that nobody sent for UNDELIVERED is given up, and loses its words.
    """
    for kind in ("enquiry", "undelivered"):
        outbox.give_up(session, kind, now - UNDELIVERED, now)
    waiting = session.scalars(select(Enquiry).where(Enquiry.state == "waiting").order_by(Enquiry.id)).all()
    fates = outbox.fates(session, [_key(one.public_id) for one in waiting])
    done: Counter[str] = Counter(delivered=0, failed=0)
    for one in waiting:
        fate = fates.get(_key(one.public_id))
        if fate is not None and fate.sent_at is None and not fate.failed:
            continue
        one.delivered_at = fate.sent_at if fate else None
        one.state = "delivered" if one.delivered_at else "failed"
        done[one.state] += 1
    session.flush()
    return done


def forget(session: Session, now: datetime) -> int:
    """Forget that somebody wrote, KEPT ago; how many such. The caller commits."""
    result = session.execute(delete(Enquiry).where(Enquiry.made_at < now - KEPT))
    return result.rowcount if isinstance(result, CursorResult) else 0
