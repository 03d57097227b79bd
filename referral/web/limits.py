"""How often one address may search or try to sign in: enough for any person, too little to copy or to guess."""

import math
import random
import time
from ipaddress import IPv6Address, ip_address

from flask import Flask, abort, g, request
from limits import parse_many
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from werkzeug.exceptions import TooManyRequests

from referral import web
from referral.config import Config

LIMITED = frozenset(
    {
        "search.page",
        "search.search_json",
        "search.places_json",
        "search.suggest",
        "search.map_json",
        "search.labels",
        "workshops.index",
        "workshops.workshops_json",
        "networks.index",
        "networks.networks_json",
    }
)
"""The endpoints that cost the most; they share one count."""

OURSELVES = frozenset({"127.0.0.1", "::1"})
"""This machine: its operator, or a proxy that did not say for whom it asks; limiting it would lock everybody out."""

SIGN_IN = "10 per 5 minutes"
"""Tries to sign in from one address, and for one account."""

MAILED = "5 per 1 day"
"""Links mailed to one address for one who asks: whoever else asks for it takes nothing from its owner's count.

Who signs in by one, where it was asked for, has it back: a moderator's browser is signed out after half an hour, and a
practice has one address. Elsewhere it counts on, so that nobody learns from their own count that a link was followed.
"""

BLUR = 0.005
"""Seconds that an answer waits at most, by chance. An address that is known takes some 30 µs more, of 4 ms, since rows
that are there are read: under this it would take some 40,000 asks to see, and one address is answered five a day."""

SWEPT = 60.0
"""Seconds after which the memory is swept again: nobody's count stays in it much longer than it lasts."""


class Memory(MemoryStorage):
    """Counts in this process. The library's own begins a thread for every search, to sweep a moment later."""

    _swept = 0.0

    def _MemoryStorage__schedule_expiry(self) -> None:  # the library's name for it
        now = time.monotonic()
        if now - self._swept >= SWEPT:
            self._swept = now
            super()._MemoryStorage__schedule_expiry()  # type: ignore[misc]  # a private name


def limit(app: Flask, config: Config) -> None:
    """Count searches by address, in this process's memory only: nothing of it is written down."""
    most, counted = parse_many(config.search_limit), MovingWindowRateLimiter(Memory())

    @app.before_request
    def _count() -> None:
        asks = request.remote_addr or ""
        if request.endpoint not in LIMITED or asks in OURSELVES:
            return
        for one in most:
            if not counted.hit(one, asks):
                raise TooManyRequests(retry_after=_wait(counted.get_window_stats(one, asks).reset_time))


def blur() -> None:
    """Wait a moment nobody can foresee, so that how long an answer takes says nothing of whom we know."""
    time.sleep(random.uniform(0, BLUR))


def _wait(until: float) -> int:
    """Whole seconds until then, at least one."""
    return max(1, math.ceil(until - time.time()))


def count(rule: str, what: str, *who: str) -> None:
    """Count one more `what` of `who` in all processes together; 429 when that is more than `rule` allows.

    A view that is called anew has counted it already.
    """
    if "tries" not in g and (wait := web.rooms().limits.hit(rule, what, *who)):
        raise TooManyRequests(retry_after=wait)


def count_here(rule: str, what: str) -> None:
    """The same for where the request comes from."""
    if request.remote_addr not in OURSELVES:
        count(rule, what, where())


def give_back(rule: str, what: str, *who: str) -> None:
    """Count one `what` of `who` less. To be called once it is committed: a view that is called anew gives back once."""
    web.rooms().limits.give_back(rule, what, *who)


def where() -> str:
    """Where the request comes from: of an IPv6 address the part a provider gives to one household."""
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        abort(400)
    return str(IPv6Address(int(address) >> 64 << 64)) if isinstance(address, IPv6Address) else str(address)
