"""What a visitor sends who is not signed in."""

from collections.abc import Callable, Mapping

from tests.moderation.test_questions import ALONE
from tests.site.senders.world import TYPED, Form, World


def _visitor(w: World, path: str, **told: str) -> Form:
    listing, network = w.listing(), w.network()
    return Form(
        w.visitor(), path.format(listing=listing.slug, network=network.slug), dict(told), told.get("message", "")
    )


WORDS = {"message": TYPED, "reply_to": "vic@example.org"}


FORMS: Mapping[str, Callable[[World], Form]] = {
    "telling.told": lambda w: _visitor(w, "/networks/{network}/report", message=TYPED),
    "guidance.needed": lambda w: _visitor(w, f"/questions/{ALONE}/needed", needed="yes"),
    "reporting.told": lambda w: _visitor(w, "/therapists/{listing}/report", **WORDS),
    "enquiries.send": lambda w: _visitor(w, "/therapists/{listing}/write", **WORDS),
}
