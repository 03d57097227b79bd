"""How often one address may search: enough for any person, too little to copy the directory or to hurt it."""

from flask import Flask, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from referral.config import Config

LIMITED = frozenset(
    {"search.page", "search.search_json", "search.places_json", "search.suggest", "search.map_json", "search.labels"}
)
"""The endpoints that cost the most; they share one count."""


OURSELVES = frozenset({"127.0.0.1", "::1"})
"""This machine: its operator, or a proxy that did not say for whom it asks; limiting it would lock everybody out."""


def limit(app: Flask, config: Config) -> None:
    """Count searches by address, in this process's memory only: nothing of it is written down."""
    Limiter(
        get_remote_address,
        app=app,
        application_limits=[config.search_limit],
        application_limits_exempt_when=lambda: request.endpoint not in LIMITED or request.remote_addr in OURSELVES,
        storage_uri="memory://",
        strategy="moving-window",
    )
