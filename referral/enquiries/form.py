"""What a visitor is asked for who writes to a therapist."""

from collections.abc import Callable
from typing import Any

from wtforms import ValidationError

from referral.editing.fields import NEEDED, OneOf, Plain, Typed, Written, own_address, writing_choices
from referral.enquiries import relay
from referral.enquiries.relay import Message
from referral.errors import UsageError
from referral.listings.published import Published
from referral.text import N_, _, language

MOST = 20_000
"""Characters of a message that is shown again, to be shortened; more is no message."""


class WriteForm(Plain):
    """A message, and where its answer goes."""

    message = Written(
        N_("Your message"), N_("Up to 2,000 characters. Words alone: no pictures, no files."), MOST, 9, render_kw=NEEDED
    )
    reply_to = own_address(N_("The answer goes there. Choose one that only you read."))
    name = Typed(N_("Your name, if you like"), N_("A first name is enough."), relay.NAME, autocomplete="name")
    language = OneOf(N_("In which language should they answer?"), list)
    leave_empty = Typed(N_("Leave this empty"), longest=100, autocomplete="off")

    def __init__(self, listing: Published, typed: Any = None) -> None:
        named = dict(writing_choices())
        theirs = [(term, named[term]) for term in listing.content.chosen("language") if term in named]
        super().__init__(typed, data={"language": language() if language() in dict(theirs) else ""})
        self.language.offer([("", _("Any of theirs")), *theirs])

    def validate_message(self, field: Written) -> None:
        """A few words, of a length that is read."""
        field.data = _or_wrong(relay.words, field.data)

    def validate_reply_to(self, field: Typed) -> None:
        """An address an answer can go to."""
        field.data = _or_wrong(relay.address, field.data)

    def validate_name(self, field: Typed) -> None:
        """Any, or none."""
        field.data = _or_wrong(relay.name, field.data)

    def validate_leave_empty(self, field: Typed) -> None:
        """No person sees it; what fills in every field is a program."""
        if field.data:
            field.data = ""
            raise ValidationError(_("A program filled in what no person sees. Leave that empty, and send once more."))

    @property
    def said(self) -> Message:
        """What it says, once it was found to be well."""
        return Message(*(one.data or "" for one in (self.message, self.reply_to, self.name, self.language)))


def _or_wrong(read: Callable[[str], str], typed: str | None) -> str:
    try:
        return read(typed or "")
    except UsageError as error:
        raise ValidationError(error.text) from None
