"""What is asked of somebody who claims a listing or applies for one."""

from wtforms import ValidationError

from referral.editing.fields import NEEDED, OneOf, Plain, Ticked, Typed, country_choices, language_choices, term_choices
from referral.text import N_, _


class AddressForm(Plain):
    """Whose listing is looked for."""

    email = Typed(
        N_("Your e-mail address"),
        N_("The one your network has."),
        254,
        autocomplete="email",
        inputmode="email",
        render_kw=NEEDED,
    )

    def validate_email(self, field: Typed) -> None:
        """Something must be written."""
        if not field.data:
            raise ValidationError(_("Write your e-mail address."))


class JoinForm(AddressForm):
    """Who applies."""

    name = Typed(N_("Your name"), N_("As clients know you."), 160, autocomplete="name", render_kw=NEEDED)
    email = Typed(
        N_("Your e-mail address"),
        N_("If your network has one of yours, take that one. We mail you a link."),
        254,
        autocomplete="email",
        inputmode="email",
        render_kw=NEEDED,
    )
    level = OneOf(
        N_("Your Imago training"), lambda: [("", _("Choose a level")), *term_choices("credential")], render_kw=NEEDED
    )
    country = OneOf(N_("Country you work in"), country_choices, render_kw=NEEDED)
    locality = Typed(N_("Town"), N_("Leave empty if you work online only."), 160, autocomplete="address-level2")
    language = OneOf(N_("Language you work in"), language_choices, N_("You can add others later."), render_kw=NEEDED)
    network = OneOf(N_("Your network"), list, N_("A coordinator there confirms your training."))
    agreed = Ticked(N_("I agree that my listing is published, once it is complete and confirmed."), render_kw=NEEDED)

    def __init__(self, *given: object, networks: list[tuple[str, str]], **more: object) -> None:
        super().__init__(*given, **more)  # type: ignore[arg-type]  # as Form takes them
        self.network.offer([("", _("None, or I do not know")), *networks])

    def validate_name(self, field: Typed) -> None:
        """Something must be written."""
        if not field.data:
            raise ValidationError(_("Write your name."))

    def validate_level(self, field: OneOf) -> None:
        """One must be chosen."""
        if not field.data:
            raise ValidationError(_("Choose your training."))

    def validate_country(self, field: OneOf) -> None:
        """One must be chosen."""
        if not field.data:
            raise ValidationError(_("Choose the country."))

    def validate_language(self, field: OneOf) -> None:
        """One must be chosen."""
        if not field.data:
            raise ValidationError(_("Choose the language."))

    def validate_agreed(self, field: Ticked) -> None:
        """Nobody is listed without it."""
        if not field.data:
            raise ValidationError(_("Tick this if you agree. We list nobody without it."))
