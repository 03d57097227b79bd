"""A letter of the outbox as the message that travels: text and HTML, with headers that no retry changes."""

from email.headerregistry import Address, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, Policy
from email.utils import format_datetime, parseaddr

from referral.mail.addressing import on_the_wire
from referral.mail.outbox import Held


class _Whole(UnstructuredHeader):
    """A header that stays on its line: the library would encode a long address, and no mail program could follow it."""

    def fold(self, *, policy: Policy) -> str:
        """The line as it stands."""
        return f"{self.name}: {self}{policy.linesep}"  # type: ignore[attr-defined]  # of the class it is mixed into


_HEADERS = HeaderRegistry()
_HEADERS.map_to_type("list-unsubscribe", _Whole)  # type: ignore[arg-type]  # it is mixed into a header

_POLICY = SMTP.clone(cte_type="7bit", header_factory=_HEADERS)
"""Everything in ASCII on the way: not every server takes more."""


def message(letter: Held, sender: str) -> EmailMessage:
    """The message; its Message-ID lets a server that gets it twice deliver it once."""
    name, address = parseaddr(sender)
    made = EmailMessage(policy=_POLICY)
    made["From"] = Address(name, addr_spec=address)
    made["To"] = on_the_wire(letter.to)
    made["Subject"] = letter.subject
    made["Date"] = format_datetime(letter.made_at)
    made["Message-ID"] = f"<{_number(letter)}@{address.partition('@')[2]}>"
    made["Auto-Submitted"] = "auto-generated"
    if reply_to := letter.body.get("reply_to"):
        made["Reply-To"] = Address(addr_spec=on_the_wire(reply_to))
    if unsubscribe := letter.body.get("unsubscribe"):
        made["List-Unsubscribe"] = f"<{unsubscribe}>"
        made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
    made.set_content(letter.body.get("text", ""))
    made.add_alternative(letter.body.get("html", ""), subtype="html")
    made["Content-Language"] = letter.body.get("language", "en")  # last: the library moves it into a part
    return made


def _number(letter: Held) -> str:
    """What stands before the @. A reminder has its day: written again after a wrong date it is another letter, which a
    mailbox that has the first must not take for the same.
    """
    day = f".{letter.made_at:%Y%m%d}" if "unsubscribe" in letter.body else ""
    return letter.message_id + day
