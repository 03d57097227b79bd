"""Enquiries: that a visitor wrote to a therapist. The words stand in the letter alone, and there until it is sent.

Written only by `referral.enquiries.relay`.
"""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from referral.model.base import Base, new_public_id


class Enquiry(Base):
    """That somebody wrote to a therapist: neither who nor what."""

    __tablename__ = "enquiry"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    """Its letter is known by it."""
    listing_id: Mapped[int] = mapped_column(ForeignKey("listing.id", ondelete="CASCADE"), index=True)
    state: Mapped[str]
    """One of "waiting", "delivered", "failed"."""
    made_at: Mapped[datetime] = mapped_column(index=True)
    delivered_at: Mapped[datetime | None]
