"""What every job of a night is given."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Engine

from index.types import Index
from referral.links.checking import Looking
from referral.mail import Letterhead
from referral.places.geocode import StreetGeocoder

Counts = Mapping[str, int]
"""What a job did, in words -> how often."""


def nobody() -> None:
    """Where no geocoder is set."""


@dataclass(frozen=True, slots=True)
class Night:
    """The directory at one moment."""

    engine: Engine
    index: Index
    head: Letterhead
    """What letters lead back to."""
    now: datetime
    """UTC."""
    data: Path | None = None
    """The data folder; None where there is none to look after."""
    geocoder: Callable[[], StreetGeocoder | None] = nobody
    """Opens who is asked for street addresses; a setting that cannot be used fails that one job."""
    secrets: tuple[str, str] | None = None
    """The installation's secret key and the one before it, empty for none; None where there is none to look after."""
    look: Looking | None = None
    """How links are looked at; None for the careful way, which only tests replace."""

    @property
    def base_url(self) -> str:
        """What links in letters begin with."""
        return self.head.base_url

    @property
    def today(self) -> date:
        """The day, UTC."""
        return self.now.date()
