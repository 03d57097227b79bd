"""E-mail addresses as people type them, in the one way we compare them."""

from referral.mail import addressing
from referral.mail.addressing import LONGEST as LONGEST


def clean(typed: str) -> str:
    """The address without spaces around it, in lower case.

    Raises UsageError for what cannot be one.
    """
    return addressing.kept(typed).lower()


def letter_box(address: str) -> str:
    """Where letters to it arrive, to compare: in lower case, without a tag behind a plus sign; empty for no address."""
    local, _at, host = addressing.compared(address).rpartition("@")
    return f"{local.partition('+')[0]}@{host}" if local and host else ""
