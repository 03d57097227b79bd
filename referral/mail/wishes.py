"""A letter that somebody wishes to be written: to whom, and what it is made from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypedDict

from referral.mail.stopping import Stop


class More(TypedDict, total=False):
    """What a letter may have beside its words; as in Wish."""

    language: str
    key: str
    account_id: int | None
    listing_id: int | None
    stop: Stop | None
    reply_to: str
    otherwise: "Wish | None"
    void: bool


@dataclass(frozen=True, slots=True)
class Wish:
    """A letter to be written: to whom, and what it is made from."""

    to: str
    kind: str
    values: Mapping[str, object]
    """Those of `rendering.KINDS`."""
    language: str = ""
    """Empty for that of the moment."""
    key: str = ""
    """With one it is written once only, however often it is wished for within KEPT."""
    account_id: int | None = None
    listing_id: int | None = None
    stop: Stop | None = None
    """How to say no more to such letters; one that comes by itself cannot do without."""
    reply_to: str = ""
    """Whom an answer goes to, where that is not us."""
    otherwise: "Wish | None" = None
    """The letter that is written instead when this one never arrives."""
    void: bool = False
    """Written like any other, to nobody, and never sent: so that it takes as long whether or not there is somebody."""
