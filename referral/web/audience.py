"""For whom a view is: every view says it, and who is somebody else is sent to sign in or told that it is not theirs."""

from collections.abc import Callable
from typing import Any, TypeVar

LARGEST = "largest"
"""The attribute of a view that takes more than most: bytes of a request."""

CARRIED = "carried"
"""The attribute of a view whose typing is not lost when the session has ended: names of what is not carried."""

ANYWHERE = "anywhere"
"""The attribute of a view that programs of others may send to: of mail, which press a button for their reader."""

View = TypeVar("View", bound=Callable[..., Any])

AUDIENCE = "audience"
"""The attribute of a view that says who may call it; a view without it answers nobody."""

ROLES = {
    "therapist": frozenset({"therapist", "coordinator", "moderator", "operator"}),
    "coordinator": frozenset({"coordinator", "operator"}),
    "moderator": frozenset({"moderator", "operator"}),
    "operator": frozenset({"operator"}),
    "signed_in": frozenset({"therapist", "coordinator", "moderator", "operator"}),
}
"""Audience -> the roles it lets in. A therapist's pages are about one's own listing, which anybody may have."""


def anyone(view: View) -> View:
    """Open to everybody, without an account."""
    return _for("anyone", view)


def arriving(view: View) -> View:
    """Open to who is signed in, even while their second factor is missing: only to show it, set it up, or leave."""
    return _for("arriving", view)


def signed_in(view: View) -> View:
    """Open to everybody with an account."""
    return _for("signed_in", view)


def therapist(view: View) -> View:
    """Open to everybody who may have a listing of their own."""
    return _for("therapist", view)


def coordinator(view: View) -> View:
    """Open to coordinators of networks."""
    return _for("coordinator", view)


def moderator(view: View) -> View:
    """Open to moderators, with their second factor."""
    return _for("moderator", view)


def operator(view: View) -> View:
    """Open to operators, with their second factor."""
    return _for("operator", view)


def takes(megabytes: int) -> Callable[[View], View]:
    """Let a request to this view be as large: for files that are sent."""

    def mark(view: View) -> View:
        setattr(view, LARGEST, megabytes * 1024 * 1024)
        return view

    return mark


def from_anywhere(view: View) -> View:
    """Let a request come from no page of ours: the secret in its address is all that it needs."""
    setattr(view, ANYWHERE, True)
    return view


def carries(*but: str) -> Callable[[View], View]:
    """Give back what was typed for this view when they are not signed in any more; never for secrets.

    `but` names what is no typing: other buttons of the form.
    """

    def mark(view: View) -> View:
        setattr(view, CARRIED, frozenset(but) | {"csrf_token"})
        return view

    return mark


def _for(audience: str, view: View) -> View:
    setattr(view, AUDIENCE, audience)
    return view
