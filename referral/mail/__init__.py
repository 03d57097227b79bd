"""Letters: written into the outbox together with what they tell of, sent from there by somebody else.

What a letter is made from stands in `rendering`; `post` (or `post_all`, for many) is all that a feature needs to know.
"""

from referral.mail.outbox import belong, post, post_all, posted
from referral.mail.postman import EVERY, Postman
from referral.mail.sending import Report, send_due
from referral.mail.stopping import Letterhead
from referral.mail.transport import Transport, open_transport
from referral.mail.wishes import Wish

__all__ = [
    "EVERY", "Letterhead", "Postman", "Report", "Transport", "Wish", "belong", "open_transport", "post", "post_all",
    "posted", "send_due",
]  # fmt: skip
