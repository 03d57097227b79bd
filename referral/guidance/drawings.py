"""The line drawings a question may name, and what each shows to who does not see it. Pure."""

from collections.abc import Mapping

from referral.text import N_, _

DRAWINGS: Mapping[str, str] = {
    "chairs": N_("Two armchairs turned to each other, and a lamp between them"),
    "path": N_("A path that winds up a hill, towards the sun"),
    "lamp": N_("A lamp that is lit on a table"),
    "door": N_("A door that stands ajar, with light behind it"),
    "ring": N_("Six people in a ring, and something shared in the middle"),
}
"""Name of a drawing in templates/parts/drawings.html -> what it shows."""


def shown(name: str) -> str:
    """What the drawing shows, in the language of the moment; nothing for none."""
    return _(DRAWINGS.get(name, ""))
