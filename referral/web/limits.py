"""How often one address may search: enough for any person, too little to copy the directory or to hurt it."""

from flask import Flask, abort, request
from limits import parse_many
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from referral.config import Config

LIMITED = frozenset(
    {"search.page", "search.search_json", "search.places_json", "search.suggest", "search.map_json", "search.labels"}
)
"""The endpoints that cost the most; they share one count."""


OURSELVES = frozenset({"127.0.0.1", "::1"})
"""This machine: its operator, or a proxy that did not say for whom it asks; limiting it would lock everybody out."""


def limit(app: Flask, config: Config) -> None:
    """Count searches by address, in this process's memory only: nothing of it is written down."""
    most, counted = parse_many(config.search_limit), MovingWindowRateLimiter(MemoryStorage())

    @app.before_request
    def _count() -> None:
        asks = request.remote_addr or ""
        if request.endpoint not in LIMITED or asks in OURSELVES:
            return
        if not all(counted.hit(one, asks) for one in most):
            abort(429)
