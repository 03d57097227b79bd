"""What an e-mail address is: one rule for whoever types one, wherever.

A host of any script is one (`bücher.example`): it is kept as people write it, and travels as `xn--bcher-kva.example`,
which every server reads. Before the @ only plain letters are taken: few servers write to others, and no answer is sure.
"""

import re

from referral.errors import UsageError
from referral.text import _

LONGEST = 254
"""Of RFC 5321; who types more did not mean an address."""

DEMONSTRATION = {
    "therapist": "therapist@example.org",
    "coordinator": "coordinator@example.org",
    "moderator": "moderator@example.org",
}
"""Role -> the address of who tries it out: example.org is kept for examples, so no letter to it reaches anybody."""

_PLAIN = r"[^\s@<>()\[\],;:\\\"\x00-\x1f\x7f"
_ADDRESS = re.compile(rf"{_PLAIN}]{{1,64}}@(?:{_PLAIN}.]{{1,63}}\.){{0,19}}{_PLAIN}.]{{1,63}}")
"""One way alone to read each address: a host of many letters costs no more than one of few."""


def is_address(to: str) -> bool:
    """Whether a letter could be sent there: one address, nothing beside it, no words that a header would decode."""
    return len(to) <= LONGEST and "=?" not in to and _ADDRESS.fullmatch(to) is not None and not to.endswith(".")


def is_answerable(address: str) -> bool:
    """Whether an answer can be asked for at this address: one that a header holds as it is."""
    local = address.partition("@")[0]
    return is_address(address) and on_the_wire(address).isascii() and all(local.split("."))


def kept(typed: str) -> str:
    """The address as it is kept: as it was typed, with its host in lower case and as people write it.

    Raises UsageError for what cannot be one, or cannot be written to by every server.
    """
    from email_validator import EmailNotValidError, validate_email  # takes its time: only who takes an address needs it

    typed = typed.strip()[: LONGEST + 1]
    local = typed.rpartition("@")[0]
    try:
        found = validate_email(typed, allow_smtputf8=False, check_deliverability=False, test_environment=True)
        if is_address(found.normalized):
            return found.normalized
    except EmailNotValidError:
        pass
    if local and not local.isascii() and is_address(typed):
        raise UsageError(_("Before the @ only plain letters can be used, as in ann@example.org. Give another address."))
    raise UsageError(_("This is not a whole e-mail address. One looks like this: ann@example.org"))


def compared(address: str) -> str:
    """What two spellings of one address have in common: in lower case, the host as people write it."""
    plain = address.strip().lower()
    if plain.isascii() and "xn--" not in plain:
        return plain
    local, _at, host = plain.rpartition("@")
    return f"{local}@{_host(host)[0]}" if local else plain


def spellings(address: str) -> list[str]:
    """All the ways it may stand somewhere, in lower case."""
    return sorted({compared(address), on_the_wire(compared(address)), address.strip().lower()})


def on_the_wire(address: str) -> str:
    """The address with its host in the letters that every server reads."""
    local, _at, host = address.rpartition("@")
    return address if host.isascii() or not local else f"{local}@{_host(host)[1]}"


def _host(host: str) -> tuple[str, str]:
    """As people write it, and in plain letters; twice the same for none that can be."""
    from email_validator import EmailNotValidError, validate_email

    try:
        found = validate_email(f"x@{host}", check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return host, host
    return found.domain, found.ascii_domain
