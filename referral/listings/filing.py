"""What a name is filed under where nobody has said it: the family name first, as a list of many people is read."""

from referral.listings.checks import NAME
from referral.listings.content import Content

FAMILY_FIRST = frozenset({"CN", "HK", "HU", "JP", "KP", "KR", "MO", "SG", "TW", "VN"})
"""Countries where a name mostly begins with the family's: it is filed as it is written."""

PARTICLES = frozenset(
    "al ben da dal de dei del della den der des di do dos du el ibn la le los ten ter van vom von zu zum zur".split()
)
"""Words that belong to the family name after them, wherever they stand in a name but first."""


def filed(name: str, country: str) -> str:
    """The name with its last word first, and the particles before it: "de la Cruz, Ana"; a single word as it is.

    A guess, which whoever knows better puts right: a moderator sees it before it counts.
    """
    words = name.split()
    cut = len(words) - 1
    while cut > 1 and words[cut - 1].lower() in PARTICLES:
        cut -= 1
    if cut < 1 or country in FAMILY_FIRST or "," in name:
        return name
    turned = f"{' '.join(words[cut:])}, {' '.join(words[:cut])}"
    return turned if len(turned) <= NAME else name


def under(asked: Content, before: Content | None) -> str:
    """What somebody `asked` for by a file is filed under: as it says, else as before, else by the rule for all."""
    if asked.sort_name not in (asked.name, before.sort_name if before else ""):
        return asked.sort_name
    return filed(asked.name, asked.home) if before is None else renamed(before, asked.name)


def renamed(before: Content, name: str) -> str:
    """What somebody is filed under with the new `name`: as they were before, where that says how."""
    return before.sort_name if name == before.name else reordered(before, name) or filed(name, before.home)


def reordered(content: Content, name: str) -> str:
    """What `name` is sorted by, if the name before was sorted family name first: what follows
    the same given name, else as many words at the end as before.

    Empty where it was not. A moderator sees it beside the name.
    """
    family, comma, given = content.sort_name.partition(", ")
    words, first = name.split(), given.split()
    if not comma or [*first, *family.split()] != content.name.split():
        return ""
    cut = len(first) if words[: len(first)] == first else len(words) - len(family.split())
    return f"{' '.join(words[cut:])}, {' '.join(words[:cut])}" if 0 < cut < len(words) else ""
