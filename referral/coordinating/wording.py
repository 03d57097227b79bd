"""What a row of a roster changes, in words for its coordinator. Reads only."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from referral.listings.content import Content
from referral.listings.differences import Difference, between, difference, everything, field_label, unpinned
from referral.listings.labels import PlaceNames, no_names
from referral.listings.report import Fault
from referral.mail import Letterhead
from referral.mail.stopping import stopped
from referral.text import _


def in_words(old: Content | None, after: Content, names: PlaceNames = no_names) -> list[Difference]:
    """What a row changes. Where exactly somebody's rooms are is nothing a coordinator needs: only that it moves."""
    if old is None:
        return everything(unpinned(after), names)
    told = between(unpinned(old), unpinned(after), names)
    if not any(one.field == "offices" for one in told) and _points(old) != _points(after):
        told.append(difference("offices", field_label("offices"), (), (_("The pin moves."),)))
    return told


def _points(content: Content) -> list[tuple[float | None, float | None]]:
    return [(one.lat, one.lon) for one in content.offices]


def uninvited(session: Session, new: Iterable[tuple[int, Content]], head: Letterhead) -> list[Fault]:
    """A remark on each (line, content) of who is new and said that they want no invitation: perhaps when they left."""
    stops = [(line, content.name, head.stop("invited", content.email).said) for line, content in new if content.email]
    unwanted = stopped(session, [mark for _line, _name, said in stops for mark in said])
    told = _("{name} wants no invitation from this directory: we do not write to them. Ask them before you go on.")
    silent = ((line, name) for line, name, said in stops if not unwanted.isdisjoint(said))
    return [Fault(line, "", told.format(name=name)) for line, name in silent]
