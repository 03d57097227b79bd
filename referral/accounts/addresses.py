"""E-mail addresses as people type them, in the one way we compare them."""

from referral.errors import UsageError
from referral.mail.addressing import is_address
from referral.text import _

LONGEST = 254
"""Of RFC 5321; who types more did not mean an address."""


def clean(typed: str) -> str:
    """The address without spaces around it, in lower case.

    Raises UsageError for what cannot be one.
    """
    from email_validator import EmailNotValidError, validate_email  # nobody but these pages needs it

    try:
        found = validate_email(typed.strip()[: LONGEST + 1], check_deliverability=False, test_environment=True)
        if is_address(found.normalized.lower()):
            return found.normalized.lower()
    except EmailNotValidError:
        pass
    raise UsageError(_("This is not a whole e-mail address. One looks like this: ann@example.org"))


def letter_box(address: str) -> str:
    """Where letters to it arrive, to compare: in lower case, without a tag behind a plus sign; empty for no address."""
    local, _at, host = address.strip().lower().rpartition("@")
    return f"{local.partition('+')[0]}@{host}" if local and host else ""
