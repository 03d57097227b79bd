"""Networks (professional associations), the areas they are responsible for, their members and workshops.

Written only by `referral.networks.rosters`, `referral.networks.keeping` and `referral.networks.workshops`; rosters that
were sent and not taken over yet by `referral.coordinating.files`.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from referral.model.base import Base, Queued, new_public_id

APPLIED = "applied"
"""The kind of a membership that somebody claims and no coordinator has confirmed."""

LEVELS = ("international", "continental", "national", "regional", "city", "language")


class Network(Base):
    """A professional association of Imago practitioners; not an insurer's network."""

    __tablename__ = "network"
    __table_args__ = (
        CheckConstraint(f"level IN {LEVELS!r}", name="level"),
        CheckConstraint("confidence IN ('high', 'medium')", name="confidence"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    short_name: Mapped[str] = mapped_column(default="")
    level: Mapped[str]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("network.id", ondelete="SET NULL"))
    languages: Mapped[list[str]] = mapped_column(default=list)
    """ISO 639 codes, its own first."""
    website: Mapped[str] = mapped_column(default="")
    directory_url: Mapped[str] = mapped_column(default="")
    workshops_url: Mapped[str] = mapped_column(default="")
    city: Mapped[str] = mapped_column(default="")
    postal_address: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    has_directory: Mapped[bool | None]
    offers: Mapped[str] = mapped_column(default="")
    """What it has for everybody; a semicolon between two things."""
    training: Mapped[str] = mapped_column(default="")
    """The same of what it trains professionals in; empty where nothing is known."""
    level_labels: Mapped[dict[str, str]] = mapped_column(default=dict)
    """Credential level -> what this network calls it."""
    source_url: Mapped[str]
    checked_on: Mapped[date]
    """When these facts were read at the source."""
    link_checked_on: Mapped[date | None]
    confidence: Mapped[str]
    confidence_note: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)
    """Counts what its coordinators and moderators changed; a stale form is told apart by it."""
    kept_on: Mapped[date | None]
    """When the network itself last changed something here; None while only the editors have."""

    parent: Mapped["Network | None"] = relationship(remote_side="Network.id", lazy="raise")
    areas: Mapped[list["Area"]] = relationship(cascade="all, delete-orphan", lazy="raise", order_by="Area.code")


class Area(Base):
    """A country or region a network is responsible for; several networks may share one."""

    __tablename__ = "area"

    network_id: Mapped[int] = mapped_column(ForeignKey("network.id", ondelete="CASCADE"), primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True, index=True)
    """ISO 3166-1 or -2."""


class Membership(Base):
    """That a practitioner belongs to a network."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("network_id", "practitioner_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id", ondelete="CASCADE"))
    practitioner_id: Mapped[int] = mapped_column(ForeignKey("practitioner.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(default="")
    """APPLIED while they say so and no coordinator has confirmed it; else empty."""
    since: Mapped[date | None]
    until: Mapped[date | None]
    """From this day on they belong to it no more."""
    past: Mapped[list[list[str]]] = mapped_column(default=list)
    """The times they belonged to it before, the oldest first: [since, until] as ISO dates, empty where not known."""


class Workshop(Base):
    """A workshop on its dates; over when its end has passed. Written only by `referral.workshops.publishing`, and by
    `referral.listings.mentions` when who leads it is erased.
    """

    __tablename__ = "workshop"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    slug: Mapped[str] = mapped_column(unique=True)
    network_id: Mapped[int | None] = mapped_column(ForeignKey("network.id", ondelete="SET NULL"), index=True)
    series: Mapped[str] = mapped_column(default="", index=True)
    """What the dates that were entered together share; empty for one that stands alone."""
    programme: Mapped[str]
    title: Mapped[str]
    about: Mapped[str] = mapped_column(default="")
    """Markdown."""
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime] = mapped_column(index=True)
    time_zone: Mapped[str]
    """IANA name: the clocks at the place, or those an online workshop goes by."""
    online: Mapped[bool] = mapped_column(default=False)
    address: Mapped[str] = mapped_column(default="")
    locality: Mapped[str] = mapped_column(default="")
    country: Mapped[str] = mapped_column(default="")
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    language: Mapped[str]
    presenters: Mapped[list[str]] = mapped_column(default=list)
    """Public ids of listings, or plain names."""
    price: Mapped[int | None]
    currency: Mapped[str] = mapped_column(default="")
    registration_url: Mapped[str] = mapped_column(default="")
    demonstration: Mapped[bool] = mapped_column(default=False)
    """Whether it is invented, to try things out."""
    version: Mapped[int] = mapped_column(default=1)
    """Counts its changes: a form names the one it began from."""
    changed_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    """When it was called off: its page says so until its day is over."""


class NetworkRevision(Queued, Base):
    """What a coordinator changed, or asks to change, in what is said of their network."""

    __tablename__ = "network_revision"
    __table_args__ = (CheckConstraint("state IN ('proposed', 'approved', 'returned', 'withdrawn')", name="state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id", ondelete="CASCADE"), index=True)
    base: Mapped[int]
    """The network's version this was begun from."""
    state: Mapped[str] = mapped_column(index=True)
    before: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Field -> what stood there before."""
    content: Mapped[dict[str, Any]]
    """Field -> what it became, or would become."""
    author_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    reason: Mapped[str] = mapped_column(default="")


class RosterFile(Base):
    """A roster a coordinator sent and has not taken over yet: one for each of them and each network."""

    __tablename__ = "roster_file"
    __table_args__ = (UniqueConstraint("network_id", "account_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    network_id: Mapped[int] = mapped_column(ForeignKey("network.id", ondelete="CASCADE"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    name: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    fields: Mapped[dict[str, str]] = mapped_column(default=dict)
    """Field of ours -> column of the file."""
    made_at: Mapped[datetime] = mapped_column(index=True)
