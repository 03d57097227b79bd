"""Practitioners and what is published of them: listings, offices, credentials, and every change to them.

Written only by `referral.listings.revisions` (and erased by `erase`).
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from referral.model.base import Base, Queued, new_public_id

STATUSES = ("draft", "pending", "active", "paused", "unconfirmed", "hidden", "removed")
PUBLIC_STATUSES = ("active", "unconfirmed")
VISIBILITIES = ("full", "area", "none")
NEW_CLIENTS = ("accepting", "existing_only", "no")


def _one_of(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(v) for v in values)})"


class Practitioner(Base):
    """A person. "Therapist" is a label they may carry, and only on the clinical track."""

    __tablename__ = "practitioner"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    name: Mapped[str]
    """As the person writes it, for show."""
    sort_name: Mapped[str]
    suffix: Mapped[str] = mapped_column(default="")
    """What stands after the name: "MS, MFT"."""
    pronouns: Mapped[str] = mapped_column(default="")
    identity: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Self-described, and only the fields the person opted in to."""
    demonstration: Mapped[bool] = mapped_column(default=False)
    """An invented person; said on every card and page."""

    listing: Mapped["Listing"] = relationship(back_populates="practitioner", lazy="raise")
    credentials: Mapped[list["Credential"]] = relationship(
        back_populates="practitioner", cascade="all, delete-orphan", lazy="raise", order_by="Credential.id"
    )
    licences: Mapped[list["Licence"]] = relationship(cascade="all, delete-orphan", lazy="raise", order_by="Licence.id")


class Credential(Base):
    """An Imago level a practitioner holds: one of a set, not a step of a ladder."""

    __tablename__ = "credential"

    id: Mapped[int] = mapped_column(primary_key=True)
    practitioner_id: Mapped[int] = mapped_column(ForeignKey("practitioner.id", ondelete="CASCADE"), index=True)
    level: Mapped[str]
    """A term of the facet `credential`."""
    issuer: Mapped[str] = mapped_column(default="")
    issued_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    verified_by: Mapped[str] = mapped_column(default="")
    """Who checked it: a network's name."""
    verified_on: Mapped[date | None]

    practitioner: Mapped[Practitioner] = relationship(back_populates="credentials", lazy="raise")


class Licence(Base):
    """A state's permission to practise; never mixed with an Imago credential."""

    __tablename__ = "licence"

    id: Mapped[int] = mapped_column(primary_key=True)
    practitioner_id: Mapped[int] = mapped_column(ForeignKey("practitioner.id", ondelete="CASCADE"), index=True)
    title: Mapped[str]
    number: Mapped[str] = mapped_column(default="")
    jurisdiction: Mapped[str]
    """ISO 3166-1 or -2."""
    expires_on: Mapped[date | None]
    verified_by: Mapped[str] = mapped_column(default="")
    verified_on: Mapped[date | None]


class Listing(Base):
    """What is published of one practitioner."""

    __tablename__ = "listing"
    __table_args__ = (
        CheckConstraint(_one_of("status", STATUSES), name="status"),
        CheckConstraint(_one_of("new_clients", NEW_CLIENTS), name="new_clients"),
        CheckConstraint("length(bio) <= 1200", name="bio_length"),
        Index("ix_listing_email_lower", text("lower(email)")),  # claims ask by address, in any case
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    slug: Mapped[str] = mapped_column(unique=True)
    practitioner_id: Mapped[int] = mapped_column(ForeignKey("practitioner.id", ondelete="CASCADE"), unique=True)
    status: Mapped[str] = mapped_column(index=True)
    version: Mapped[int] = mapped_column(default=1)
    """Counts approved revisions; a stale form is told apart by it."""
    source: Mapped[str] = mapped_column(default="", index=True)
    """Where an imported listing came from, with its own number there; empty for one made here."""

    new_clients: Mapped[str] = mapped_column(default="accepting")
    new_clients_confirmed_on: Mapped[date | None]
    next_opening: Mapped[date | None]
    waitlist: Mapped[bool] = mapped_column(default=False)
    intro_call_minutes: Mapped[int | None]
    bio: Mapped[str] = mapped_column(default="")
    """Markdown, at most 1,200 characters."""
    bio_language: Mapped[str] = mapped_column(default="en")
    website: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    """E.164, and meant for the public."""
    email: Mapped[str] = mapped_column(default="")
    """Where enquiries are relayed to; never shown."""
    no_enquiries: Mapped[bool] = mapped_column(default=False)
    """Whether they want no messages through the directory."""
    photo: Mapped[str] = mapped_column(default="")
    photo_alt: Mapped[str] = mapped_column(default="")
    partner_listing_id: Mapped[int | None] = mapped_column(ForeignKey("listing.id", ondelete="SET NULL"), index=True)
    """The other half of a pair who present together."""
    consented_on: Mapped[date | None]
    attested_on: Mapped[date | None]
    """When the practitioner last said that all of this is still correct."""
    next_due: Mapped[date | None]
    paused_until: Mapped[date | None]
    """The day a paused listing comes back by itself."""
    held: Mapped[bool] = mapped_column(default=False)
    """Taken down by a moderator: only a moderator brings it back."""
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    practitioner: Mapped[Practitioner] = relationship(back_populates="listing", lazy="raise")
    offices: Mapped[list["Office"]] = relationship(
        cascade="all, delete-orphan", lazy="raise", order_by="Office.position"
    )
    terms: Mapped[list["ListingTerm"]] = relationship(
        cascade="all, delete-orphan", lazy="raise", order_by="ListingTerm.position"
    )
    costs: Mapped[list["Cost"]] = relationship(cascade="all, delete-orphan", lazy="raise", order_by="Cost.id")
    served: Mapped[list["Served"]] = relationship(cascade="all, delete-orphan", lazy="raise", order_by="Served.area")

    @property
    def is_public(self) -> bool:
        """Whether anybody may see it."""
        return self.status in PUBLIC_STATUSES


class Office(Base):
    """A place where the practitioner sees people."""

    __tablename__ = "office"
    __table_args__ = (
        CheckConstraint(_one_of("address_visibility", VISIBILITIES), name="address_visibility"),
        CheckConstraint("lat IS NULL OR (lat BETWEEN -90 AND 90)", name="lat"),
        CheckConstraint("lon IS NULL OR (lon BETWEEN -180 AND 180)", name="lon"),
        CheckConstraint("public_lat IS NULL OR (public_lat BETWEEN -90 AND 90)", name="public_lat"),
        CheckConstraint("public_lon IS NULL OR (public_lon BETWEEN -180 AND 180)", name="public_lon"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    listing_id: Mapped[int] = mapped_column(ForeignKey("listing.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    street: Mapped[str] = mapped_column(default="")
    locality: Mapped[str] = mapped_column(default="")
    """The town, as people call it."""
    postcode: Mapped[str] = mapped_column(default="")
    region: Mapped[str] = mapped_column(default="")
    """ISO 3166-2, or empty where it is not known."""
    country: Mapped[str]
    """ISO 3166-1."""
    time_zone: Mapped[str] = mapped_column(default="")
    address_visibility: Mapped[str] = mapped_column(default="area")
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    """Where it really is, degrees WGS 84; seen by no page unless the visibility is full."""
    precision: Mapped[str] = mapped_column(default="")
    """One of "address", "postcode", "locality"."""
    point_source: Mapped[str] = mapped_column(default="")
    """Who says so: "gazetteer", "geocoder", "pin" (by hand), "demonstration"; empty for who brought the listing."""
    public_lat: Mapped[float | None]
    public_lon: Mapped[float | None]
    """The coarse point, degrees WGS 84: the only one that search, pages, index and API see."""
    looked_up_on: Mapped[date | None]
    """When a geocoder was last asked for this very address, whatever it said."""


class ListingTerm(Base):
    """One term of a controlled list that a listing carries: a language, a topic, a format …"""

    __tablename__ = "listing_term"
    __table_args__ = (UniqueConstraint("listing_id", "facet", "term"), Index(None, "facet", "term"))

    id: Mapped[int] = mapped_column(primary_key=True)
    listing_id: Mapped[int] = mapped_column(ForeignKey("listing.id", ondelete="CASCADE"))
    facet: Mapped[str]
    term: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)
    """The order the practitioner chose."""
    answer: Mapped[str] = mapped_column(default="yes")
    """One of "yes", "no", "ask": accessibility is answered, not only claimed. Only "yes" is searched."""
    level: Mapped[str] = mapped_column(default="")
    """For a language: how well."""


class Cost(Base):
    """What a session costs, as the practitioner states it."""

    __tablename__ = "cost"
    __table_args__ = (CheckConstraint("amount IS NULL OR amount >= 0", name="amount"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    listing_id: Mapped[int] = mapped_column(ForeignKey("listing.id", ondelete="CASCADE"), index=True)
    minutes: Mapped[int | None]
    amount: Mapped[int | None]
    """In whole units of the currency."""
    least: Mapped[int | None]
    """The lowest of a sliding scale."""
    currency: Mapped[str]
    """ISO 4217."""
    note: Mapped[str] = mapped_column(default="")


class Served(Base):
    """A country or region whose people the practitioner may serve online."""

    __tablename__ = "served"

    listing_id: Mapped[int] = mapped_column(ForeignKey("listing.id", ondelete="CASCADE"), primary_key=True)
    area: Mapped[str] = mapped_column(primary_key=True)
    """ISO 3166-1 or -2."""


class Revision(Queued, Base):
    """A proposed version of a listing, with the version it was begun from."""

    __tablename__ = "revision"
    __table_args__ = (
        CheckConstraint(_one_of("state", ("proposed", "approved", "returned", "withdrawn")), name="state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    listing_id: Mapped[int] = mapped_column(ForeignKey("listing.id", ondelete="CASCADE"), index=True)
    base: Mapped[int]
    """The listing's version this was begun from."""
    state: Mapped[str] = mapped_column(index=True)
    content: Mapped[dict[str, Any]]
    fields: Mapped[list[str]] = mapped_column(default=list)
    """What it changes, or asks to change: names of fields of the content."""
    version: Mapped[int | None]
    """The listing's version it became; None while it waits, and for ever when it was returned or withdrawn."""
    author_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    reason: Mapped[str] = mapped_column(default="")


class Attestation(Base):
    """That a listing is still correct: said by whom, on which day, of which version."""

    __tablename__ = "attestation"

    id: Mapped[int] = mapped_column(primary_key=True)
    listing_id: Mapped[int] = mapped_column(ForeignKey("listing.id", ondelete="CASCADE"), index=True)
    version: Mapped[int]
    made_at: Mapped[datetime]
    by: Mapped[str]
    """One of "practitioner", "coordinator", "import"."""


class ChangeClock(Base):
    """One row, bumped by every change inside its own transaction.

    The lock on that row makes the order of commits equal the order of `seq` on every database.
    """

    __tablename__ = "change_clock"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(default=0)
    """Counts changes of listings."""
    content: Mapped[int] = mapped_column(default=0)
    """Counts changes of networks and questions."""


class Change(Base):
    """That a listing changed: what the index follows. One row for each change, in commit order.

    Written only by `referral.changes`.
    """

    __tablename__ = "change"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    listing_id: Mapped[int] = mapped_column(index=True)
    """No foreign key: an erased listing's last change outlives it, so that every index drops it."""
