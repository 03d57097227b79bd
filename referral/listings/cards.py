"""What is shown of a listing: the card in a list and the facts of a therapist's own page."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class NewClients:
    """Whether somebody new can come, as far as that is known today."""

    value: str
    """One of "accepting" (confirmed within 30 days), "ask", "existing_only" or "no"."""
    confirmed_on: date | None


@dataclass(frozen=True, slots=True)
class CredentialLine:
    """An Imago level and who checked it."""

    id: str
    label: str
    verified_by: str
    verified_on: date | None


@dataclass(frozen=True, slots=True)
class Cost:
    """A price as stated."""

    amount: int
    currency: str
    minutes: int | None
    least: int | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """One therapist or facilitator in a list, in the order a reader needs it."""

    id: str
    slug: str
    url: str
    name: str
    suffix: str
    pronouns: str
    initials: str
    photo: str
    photo_alt: str
    demonstration: bool
    facilitator: bool
    """On the non-clinical track only: never called a therapist."""
    role_label: str
    distance_km: float | None
    locality: str
    """As people say it: "Evanston, Illinois"; empty for online only."""
    country: str
    country_label: str
    delivery: tuple[str, ...]
    """Term ids."""
    delivery_labels: tuple[str, ...]
    languages: tuple[str, ...]
    language_labels: tuple[str, ...]
    credentials: tuple[CredentialLine, ...]
    new_clients: NewClients
    next_opening: date | None
    session_minutes: tuple[int, ...]
    cost_from: Cost | None
    excerpt: str
    """A line in their own words, plain text."""
    bio_language: str
    attested_on: date | None
    unconfirmed: bool
    """Overdue for "still correct?"."""
    point: tuple[float, float] | None
