"""The search index after a night's changes."""

from referral import db
from referral.listings import indexing
from referral.nightly.night import Counts, Night


def index(night: Night) -> Counts:
    """Let the index follow; build it anew where bytes changed on the disk, or so much that it answers slower.

    Raises RuntimeError when somebody else is rebuilding it, so that the night is not said to be whole.
    """
    before = night.index.state().generation
    night.index.is_damaged()  # what is, is held no more
    with db.reading(night.engine) as session:
        if not indexing.catch_up(session, night.index, night.today):
            raise RuntimeError("the index is being rebuilt by somebody else")
    state = night.index.state()
    return {"listings": state.documents, "rebuilt": int(state.generation != before)}
