"""The tables, and nothing else: one module per thing the directory keeps."""

from referral.model.account import Account, AuditEntry, KeptKey, Letter, Passkey, SignIn, Token, Unsubscribed
from referral.model.base import Base
from referral.model.enquiry import Enquiry
from referral.model.network import Area, Membership, Network, NetworkRevision, RosterFile, Workshop
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
from referral.model.question import Answer, OwnAnswer, Question, QuestionCount, QuestionRevision, QuestionText
from referral.model.upkeep import Draft, LinkCheck, Report, WeeklyCount

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
    "Draft",
    "Enquiry",
    "KeptKey",
    "Letter",
    "Licence",
    "LinkCheck",
    "Listing",
    "ListingTerm",
    "Membership",
    "Network",
    "NetworkRevision",
    "Office",
    "OwnAnswer",
    "Passkey",
    "Practitioner",
    "Question",
    "QuestionCount",
    "QuestionRevision",
    "QuestionText",
    "Report",
    "Revision",
    "RosterFile",
    "Served",
    "SignIn",
    "Token",
    "Unsubscribed",
    "WeeklyCount",
    "Workshop",
]
