"""The tables, and nothing else: one module per thing the directory keeps."""

from referral.model.account import Account, AuditEntry, Letter
from referral.model.base import Base
from referral.model.enquiry import Enquiry
from referral.model.network import Area, Membership, Network, Workshop
from referral.model.practitioner import (
    Attestation,
    Change,
    ChangeClock,
    Cost,
    Credential,
    Licence,
    Listing,
    ListingTerm,
    Office,
    Practitioner,
    Revision,
    Served,
)
from referral.model.question import Answer, Question

__all__ = [
    "Account",
    "Answer",
    "Area",
    "Attestation",
    "AuditEntry",
    "Base",
    "Change",
    "ChangeClock",
    "Cost",
    "Credential",
    "Enquiry",
    "Letter",
    "Licence",
    "Listing",
    "ListingTerm",
    "Membership",
    "Network",
    "Office",
    "Practitioner",
    "Question",
    "Revision",
    "Served",
    "Workshop",
]
