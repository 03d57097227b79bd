"""What is asked of somebody who claims a listing or applies for one."""

from typing import ClassVar

from wtforms import ValidationError

from referral.editing.fields import (
    NEEDED,
    OneOf,
    Plain,
    Ticked,
    Typed,
    country_choices,
    language_choices,
    own_address,
    term_choices,
)
from referral.errors import UsageError
from referral.listings.checks import NAME
from referral.listings.cleaning import line
from referral.text import N_, _


class AddressForm(Plain):
    """Whose listing is looked for."""

    missing: ClassVar = {"email": N_("Write your e-mail address.")}

    email = own_address(N_("The one your network has."))


class JoinForm(AddressForm):
    """Who applies."""

    missing = AddressForm.missing | {
        "name": N_("Write your name."),
        "level": N_("Choose your training."),
        "country": N_("Choose the country."),
        "language": N_("Choose the language."),
        "agreed": N_("Tick this if you agree. We list nobody without it."),
    }

    name = Typed(N_("Your name"), N_("As clients know you."), NAME, autocomplete="name", render_kw=NEEDED)
    email = own_address(N_("If your network has one of yours, take that one. We mail you a link."))
    level = OneOf(
        N_("Your Imago training"), lambda: [("", _("Choose a level")), *term_choices("credential")], render_kw=NEEDED
    )
    country = OneOf(N_("Country you work in"), country_choices, render_kw=NEEDED)
    locality = Typed(N_("Town"), N_("Leave empty if you work online only."), NAME, autocomplete="address-level2")
    language = OneOf(N_("Language you work in"), language_choices, N_("You can add others later."), render_kw=NEEDED)
    network = OneOf(N_("Your network"), list, N_("A coordinator there confirms your training."))
    agreed = Ticked(N_("I agree that my listing is published, once it is complete and confirmed."), render_kw=NEEDED)

    def __init__(self, *given: object, networks: list[tuple[str, str]], **more: object) -> None:
        super().__init__(*given, **more)  # type: ignore[arg-type]  # as Form takes them
        self.network.offer([("", _("None, or I do not know")), *networks])

    def validate_name(self, field: Typed) -> None:
        """It is one that a listing can bear."""
        if not _line(field, _("The name")):
            raise ValidationError(_("Write your name."))

    def validate_locality(self, field: Typed) -> None:
        """It is one that a listing can bear."""
        _line(field, _("The town"))


def _line(field: Typed, called: str) -> str:
    """What is left of it in a listing. Raises ValidationError where no listing can say it."""
    try:
        return line(field.data or "", called, NAME)
    except UsageError as error:
        raise ValidationError(error.text) from None
