"""What a therapist's page calls its rows, and what it says became of a saving."""

from collections.abc import Mapping

from referral.listings.revisions import Submitted
from referral.text import N_, _

ROWS = {
    "spoken": (N_("Language"), N_("Add a language")),
    "offices": (N_("Office"), N_("Add an office")),
    "costs": (N_("Price"), N_("Add a price")),
    "credentials": (N_("Level"), N_("Add a level")),
    "licences": (N_("Licence"), N_("Add a licence")),
}
"""List of rows -> (what one row is called, how to ask for one more)."""

SAID = {
    "published": N_("Saved. Visitors see it now."),
    "waiting": N_("A moderator looks at it within two business days. Until then visitors see what was there before."),
    "published-waiting": N_("Visitors see a part of it now. A moderator looks at the rest within two business days."),
    "same": N_("Nothing was changed."),
    "confirmed": N_("Thank you. Visitors see that all of this was confirmed today."),
    "thanked": N_("Thank you"),
    "paused": N_("You are paused. Nobody sees you until you come back."),
    "resumed": N_("You are back. Visitors see you now."),
    "taken-back": N_("Taken back. Visitors go on seeing what was there before."),
}
"""What became of something, by the word in the address -> what the page says."""


UNSEEN = N_("Saved. Nobody sees your listing just now.")
"""The same of what is published in a listing that nobody sees: a new, paused or hidden one."""


def said(is_seen: bool) -> Mapping[str, str]:
    """SAID in the language of the moment, as it is true of a listing that visitors see, or do not."""
    unseen = {} if is_seen else {"published": UNSEEN, "published-waiting": UNSEEN}
    return {word: _(sentence) for word, sentence in {**SAID, **unseen}.items()}


def outcome(done: Submitted) -> str:
    """The word for what became of a saving."""
    words = [word for word, fields in (("published", done.published), ("waiting", done.asked)) if fields]
    return "-".join(words) or ("taken-back" if done.taken_back else "same")
