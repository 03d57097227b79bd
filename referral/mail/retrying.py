"""When a letter that could not be sent is tried again, and until when it is worth sending. Pure.

A letter may bear a link that works for some minutes. After an outage of the mail server it would bring a link that is
dead; whoever waited for it has asked for another, or been told on the page that they can. So it is not sent any more.
"""

import random
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

GIVEN_UP = timedelta(hours=72)
"""After so long a letter that could not be sent has failed."""

FIRST_RETRY, LAST_RETRY, GROWTH = timedelta(seconds=15), timedelta(hours=2), 3
"""The wait after the first failure; it grows by this factor up to the last."""

TO_READ = timedelta(minutes=2)
"""For so long a link has to work when its letter leaves: it has to arrive, and somebody has to read it."""


def ends_at(values: Mapping[str, object], now: datetime) -> dict[str, str]:
    """What is kept of the end of its link, of a letter that tells for how many `minutes` it works; else nothing."""
    minutes = values.get("minutes")
    return {"ends_at": (now + timedelta(minutes=minutes)).isoformat()} if isinstance(minutes, int) else {}


def last_use(body: Mapping[str, Any]) -> datetime | None:
    """Until when a letter is worth sending because of its link; None for one that waits as long as any."""
    told = body.get("ends_at")
    return datetime.fromisoformat(told) - TO_READ if told else None


def is_over(body: Mapping[str, Any], now: datetime) -> bool:
    """Whether a letter would bring a dead link, or one that dies before it is read."""
    last = last_use(body)
    return last is not None and last <= now


def next_try(body: Mapping[str, Any], made_at: datetime, tries: int, now: datetime) -> datetime | None:
    """When to try again after so many tries; None when there is no use in it.

    While a link goes on working, there is always another try before it does not.
    """
    pause, last = wait(tries), last_use(body)
    if last is not None:
        pause = min(pause, (last - now) / 2)
        return now + pause if last - now >= FIRST_RETRY else None
    return now + pause if now + pause - made_at <= GIVEN_UP else None


def wait(tries: int) -> timedelta:
    """How long to wait after so many tries: longer each time, and never the same for many letters at once."""
    grown: timedelta = min(FIRST_RETRY * GROWTH ** min(tries - 1, 20), LAST_RETRY)
    return grown * random.uniform(0.75, 1.25)
