"""What every job of a night is given."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Engine

from index.types import Index

Counts = Mapping[str, int]
"""What a job did, in words -> how often."""


@dataclass(frozen=True, slots=True)
class Night:
    """The directory at one moment."""

    engine: Engine
    index: Index
    base_url: str
    """What links in letters begin with."""
    now: datetime
    """UTC."""

    @property
    def today(self) -> date:
        """The day, UTC."""
        return self.now.date()
