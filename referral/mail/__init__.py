"""Letters: written into the outbox together with what they tell of, sent from there by somebody else.

What a letter is made from stands in `rendering`; `post` is all that a feature needs to know.
"""

from referral.mail.outbox import post, posted
from referral.mail.postman import EVERY, Postman
from referral.mail.sending import Report, send_due
from referral.mail.transport import Transport, open_transport

__all__ = ["EVERY", "Postman", "Report", "Transport", "open_transport", "post", "posted", "send_due"]
