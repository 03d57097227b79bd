"""How somebody says "no more of these" from inside a letter that came by itself, and that it is heard.

The only writer of Unsubscribed. What is kept of an address is a keyed hash: it outlives who is erased, so that an
import of the same person writes to them no more. Nothing else can be done with a link, and it works for as long as the
letter lies in a box: it is signed, not kept.
"""

import hashlib
import hmac
import re
from base64 import urlsafe_b64encode
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from itsdangerous import BadSignature, Signer
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from referral.model import Unsubscribed
from referral.text import N_

TOPICS: Mapping[str, tuple[str, ...]] = {
    "reminders": ("still_correct", "unconfirmed", "hidden", "pause_ends", "credential_expired"),
    "invitations": ("invited",),
    "pairs": ("pair", "paired", "pair_ended"),
    "applications": ("applied",),
}
"""What one says no more to -> the kinds of letters that come by themselves about it.

All others answer what somebody just did, guard their account, or tell of a decision about them: those always come.
"""

SAID: Mapping[str, str] = {
    "reminders": N_("Send no more reminders to this address"),
    "invitations": N_("Write no more about this listing to this address"),
    "pairs": N_("Write no more about working together to this address"),
    "applications": N_("Write no more about applications to this address"),
}
"""What the link at the foot of a letter is called."""

ASKED = 500
"""So many are looked for by one question."""

OF_THEMSELVES = tuple(kind for kinds in TOPICS.values() for kind in kinds)
"""The kinds that nobody asked for."""

_OF_KIND = {kind: topic for topic, kinds in TOPICS.items() for kind in kinds}
_BY_LETTER = {topic[0]: topic for topic in TOPICS}
_SALT = b"no more letters"
_MARK = re.compile(r"[\w-]{32}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Stop:
    """The way to say no more to letters like this one, for the address it goes to."""

    topic: str
    mark: str
    """What is kept when they do; empty where nobody can tell whether they have: then the letter is not written."""
    link: str

    @property
    def said(self) -> tuple[str, str]:
        """What is kept of a no to it: by this address, or for everybody (see `keys.begin_anew`)."""
        return self.mark, self.topic


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What letters lead back to."""

    base_url: str
    """What their links begin with."""
    secret: str
    """What marks are made and links are signed with, whatever the installation's own is by now: see `keys`.

    Empty while it is lost. Nobody knows then who wants no letters: none leaves that comes by itself, and every no that
    comes in is noted, for the day the key is found.
    """

    @property
    def is_lost(self) -> bool:
        """Whether nobody can tell who wants no letters."""
        return not self.secret

    def stop(self, kind: str, address: str) -> Stop:
        """For a letter of this kind, which has to be one that comes by itself."""
        topic = _OF_KIND[kind]
        if self.is_lost:
            return Stop(topic, "", "")
        mark = self.mark(topic, address)
        token = self._signer.sign(topic[0] + mark).decode()
        return Stop(topic, mark, f"{self.base_url}/letters/stop/{token}")

    def mark(self, topic: str, address: str) -> str:
        """The keyed hash of an address, for one topic."""
        said = b"\0".join((_SALT, topic.encode(), address.strip().lower().encode()))
        return urlsafe_b64encode(hmac.digest(self.secret.encode(), said, hashlib.sha256)[:24]).decode()

    def read(self, token: str) -> tuple[str, str]:
        """(topic, mark) of a link; no mark when we did not make it."""
        topic = _BY_LETTER.get(token[:1], "reminders")
        if self.is_lost:
            return topic, mark if _MARK.fullmatch(mark := mark_in(token)) else ""
        try:
            return topic, self._signer.unsign(token).decode()[1:]
        except BadSignature:
            return topic, ""

    def stopped(self, session: Session, address: str) -> list[str]:
        """The topics the address wants no letters about, as far as anybody can tell."""
        if self.is_lost:
            return []
        marks = {topic: self.mark(topic, address) for topic in TOPICS}
        said = stopped(session, marks.values())
        return [topic for topic, mark in marks.items() if mark in said]

    def again(self, session: Session, topic: str, address: str) -> None:
        """Write to the address of this again. The caller commits."""
        session.execute(delete(Unsubscribed).where(Unsubscribed.mark == self.mark(topic, address)))

    def follow(self, session: Session, old: str, new: str, today: date) -> None:
        """Let what was said for one address count for the other, too: the person has moved. The caller commits."""
        for topic in self.stopped(session, old):
            stop(session, self.mark(topic, new), today)

    @property
    def _signer(self) -> Signer:
        return Signer(self.secret, salt=_SALT, digest_method=hashlib.sha256)


def mark_in(link: str) -> str:
    """The mark that a link of ours carries."""
    return link.rpartition("/")[2][1:].partition(".")[0]


def comes_by_itself(kind: str) -> bool:
    """Whether nobody asked for a letter of this kind."""
    return kind in _OF_KIND


def stop(session: Session, mark: str, today: date) -> None:
    """Note that somebody wants no more of it, however often they say so. The caller commits."""
    with suppress(IntegrityError), session.begin_nested():
        session.add(Unsubscribed(mark=mark, since=today))


def stopped(session: Session, marks: Collection[str]) -> set[str]:
    """Those of these marks that want no letters; one that is empty never does."""
    wanted = list(marks)
    found = {""} & set(wanted)
    for start in range(0, len(wanted), ASKED):
        some = Unsubscribed.mark.in_(wanted[start : start + ASKED])
        found |= set(session.scalars(select(Unsubscribed.mark).where(some)))
    return found
