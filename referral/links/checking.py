"""Looking at published links by night, and what the last look found: the only writer of LinkCheck. Never commits."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from urllib.parse import urlsplit

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from referral.links.fetching import Look
from referral.links.published import Link, links
from referral.model import LinkCheck

AGAIN = timedelta(days=7)
"""A link that worked is looked at once a week; one that did not, every night."""

MANY, AT_ONCE = 2000, 8
"""So many a night, the longest unseen first; so many hosts at a time, each asked one thing after the other."""

ALONE = 5
"""When at least so many were looked at and none works, it is our own line that is dead: nothing is noted."""

Looking = Callable[[str], Look]


@dataclass(frozen=True, slots=True)
class Dead:
    """A link that does not work, for a moderator."""

    link: Link
    said: str
    since: date
    checked_on: date


def due(session: Session, today: date) -> list[str]:
    """The published links to look at today, those never seen first. Forgets what is not published any more."""
    published = list(dict.fromkeys(link.url for link in links(session)))
    known = {check.url: check for check in session.scalars(select(LinkCheck))}
    for url in known.keys() - set(published):
        session.execute(delete(LinkCheck).where(LinkCheck.url == url))
    waiting = [url for url in published if url not in known or _is_due(known[url], today)]
    return sorted(waiting, key=lambda url: known[url].checked_on if url in known else date.min)[:MANY]


def _is_due(check: LinkCheck, today: date) -> bool:
    return check.checked_on < today and (not check.works or check.checked_on <= today - AGAIN)


def looked_at(urls: Iterable[str], look: Looking) -> dict[str, Look]:
    """What a look at each finds. Touches no database."""
    hosts = [list(group) for _host, group in groupby(sorted(urls, key=_host), key=_host)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = pool.map(lambda group: [(url, look(url)) for url in group], hosts)
    return {url: one for group in found for url, one in group}


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def note(session: Session, found: Mapping[str, Look], today: date) -> bool:
    """Write down what was found; whether it was believed. The caller commits."""
    if len(found) >= ALONE and not any(one.works for one in found.values()):
        return False
    known = states(session, list(found))
    for url, one in found.items():
        check = known.get(url) or LinkCheck(url=url, failing_since=None)
        check.checked_on, check.works, check.said = today, one.works, one.said
        check.failing_since = None if one.works else check.failing_since or today
        session.add(check)
    return True


def states(session: Session, urls: Sequence[str]) -> dict[str, LinkCheck]:
    """What is known of these links; those nobody looked at yet are missing."""
    return {check.url: check for check in session.scalars(select(LinkCheck).where(LinkCheck.url.in_(urls)))}


def any_looked_at(session: Session) -> bool:
    """Whether any link was looked at yet."""
    return session.scalar(select(LinkCheck.url).limit(1)) is not None


def dead(session: Session) -> list[Dead]:
    """Every published link that does not work, the longest dead first; each with every page it stands on."""
    failing = {check.url: check for check in session.scalars(select(LinkCheck).where(LinkCheck.works.is_(False)))}
    found = [_dead(link, failing[link.url]) for link in links(session) if link.url in failing]
    return sorted(found, key=lambda one: (one.since, one.link.name))


def _dead(link: Link, check: LinkCheck) -> Dead:
    return Dead(link, check.said, check.failing_since or check.checked_on, check.checked_on)
