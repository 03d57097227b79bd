"""Which networks are responsible for a place: overlaps, and a stated fallback where there is none."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class NetworkLine:
    """A network, as a list shows it."""

    slug: str
    url: str
    name: str
    short_name: str
    level: str
    level_label: str
    area_labels: tuple[str, ...]
    language_labels: tuple[str, ...]
    offers: str
    website: str
    checked_on: date
    fallback: bool = False
    """Not of this area, but the wider one to ask."""
