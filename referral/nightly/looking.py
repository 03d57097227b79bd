"""The links we publish, looked at with no transaction open: the internet is slow, and no write is to wait for it."""

from functools import partial

from referral import db
from referral.links import checking, fetching
from referral.nightly.night import Counts, Night


def links(night: Night) -> Counts:
    """Look at the links that are due, and note what was found."""
    with db.writing(night.engine) as session:
        urls = checking.due(session, night.today)
        session.commit()
    found = checking.looked_at(urls, night.look or partial(fetching.look, rules=fetching.Rules())) if urls else {}
    with db.writing(night.engine) as session:
        believed = checking.note(session, found, night.today)
        session.commit()
    broken = sum(not one.works for one in found.values())
    return {
        "looked at": len(found),
        "do not work": broken if believed else 0,
        "not believed": 0 if believed else broken,
    }
