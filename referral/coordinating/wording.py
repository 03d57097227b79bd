"""What a row of a roster changes, in words for its coordinator. Pure."""

from referral.listings.content import Content
from referral.listings.differences import Difference, between, difference, everything, field_label, unpinned
from referral.listings.labels import PlaceNames, no_names
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
