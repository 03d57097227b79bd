"""What questions are about, in the order of the page. Pure."""

from collections.abc import Mapping

from referral.text import _


def topics() -> Mapping[str, str]:
    """Topic -> its heading."""
    return {
        "starting": _("Starting"),
        "for_whom": _("Who it is for"),
        "method": _("What Imago is"),
        "workshops": _("Workshops"),
        "safety": _("Safety"),
        "privacy": _("Privacy"),
    }
