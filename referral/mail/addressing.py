"""Whether a text is an address that a letter can be sent to, or answered at."""

import re

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
    return len(to) <= 254 and "=?" not in to and _ADDRESS.fullmatch(to) is not None and not to.endswith(".")


def is_answerable(address: str) -> bool:
    """Whether an answer can be asked for at this address: one that a header holds as it is."""
    local = address.partition("@")[0]
    return is_address(address) and address.isascii() and all(local.split("."))
