"""A letter of the outbox as the message that travels: text and HTML, with headers that no retry changes."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from referral.mail.outbox import Held

_POLICY = SMTP.clone(cte_type="7bit")
"""Everything in ASCII on the way: not every server takes more."""


def message(letter: Held, sender: str) -> EmailMessage:
    """The message; its Message-ID lets a server that gets it twice deliver it once."""
    name, address = parseaddr(sender)
    made = EmailMessage(policy=_POLICY)
    made["From"] = Address(name, addr_spec=address)
    made["To"] = letter.to
    made["Subject"] = letter.subject
    made["Date"] = format_datetime(letter.made_at)
    made["Message-ID"] = f"<{letter.message_id}@{address.partition('@')[2]}>"
    made["Auto-Submitted"] = "auto-generated"
    if reply_to := letter.body.get("reply_to"):
        made["Reply-To"] = Address(addr_spec=reply_to)
    if unsubscribe := letter.body.get("unsubscribe"):
        made["List-Unsubscribe"] = f"<{unsubscribe}>"
    made.set_content(letter.body.get("text", ""))
    made.add_alternative(letter.body.get("html", ""), subtype="html")
    made["Content-Language"] = letter.body.get("language", "en")  # last: the library moves it into a part
    return made
