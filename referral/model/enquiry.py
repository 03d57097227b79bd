"""Enquiries: what a visitor wrote to a therapist, kept only until it is delivered.

Written only by `referral.enquiries.relay`.
"""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from referral.model.base import Base, new_public_id


class Enquiry(Base):
    """A message on its way to a therapist."""

    __tablename__ = "enquiry"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    listing_id: Mapped[int] = mapped_column(ForeignKey("listing.id", ondelete="CASCADE"), index=True)
    message: Mapped[str]
    """Emptied on delivery, or after seven days."""
    reply_to: Mapped[str]
    """Emptied together with the message."""
    state: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(index=True)
    delivered_at: Mapped[datetime | None]
