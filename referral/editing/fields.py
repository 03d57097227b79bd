"""The kinds of fields the sections are made of: what is typed, chosen and answered, and sentences for what is not.

Labels and hints stand here in English, marked with `N_`; templates translate them when they are shown.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

from wtforms import (
    BooleanField,
    DateField,
    Field,
    Form,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
    widgets,
)
from wtforms.validators import Optional, StopValidation

from referral import terms
from referral.listings import labels
from referral.listings.checks import countries
from referral.listings.content import Answer, Content
from referral.places.gazetteer import Gazetteer
from referral.text import N_, _, alphabetical, country_name, language, language_name, locale

MOST_TYPED = 2000
"""Characters of any one field; the checks of the listing know the true limits."""

NEEDED = {"aria-required": "true"}
"""For `render_kw` of a field that must not stay empty: who hears the form is told before it is sent."""

MARKS = N_("A blank line begins a paragraph. Stars around a word stress it: *word*.")
"""The hint of a text that may hold the marks of Markdown."""


class Plain(Form):
    """A form of fields like these."""

    missing: ClassVar[dict[str, str]] = {}
    """What is said of a field that is left empty, by its name; any other may be."""

    class Meta:
        """The whole site guards its forms; the library's own texts are not used."""

        csrf = False
        locales: ClassVar[list[str]] = []

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether all is well; else each field says what is not."""
        asked = {name: [_there(said)] for name, said in self.missing.items()}
        return bool(super().validate(asked | (extra_validators or {})))


class SectionForm(Plain):
    """One section of the page, as a form."""

    @classmethod
    def told(cls, content: Content) -> dict[str, Any]:
        """What the fields hold before anything is typed."""
        raise NotImplementedError

    def applied(self, content: Content, places: Gazetteer, today: date) -> Content:
        """`content` with what was typed into this section; the form has been validated.

        Raises UsageError for what cannot be meant.
        """
        raise NotImplementedError


class _Echoed:
    """A field that shows again what was typed, without what no page may hold: a control character, half a letter."""

    def _value(self) -> str:
        shown: str = super()._value()  # type: ignore[misc]  # of the field it is mixed into
        return _NO_TEXT.sub("\N{REPLACEMENT CHARACTER}", shown)


_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


class Typed(_Echoed, StringField):
    """One line, without the blanks around it."""

    def __init__(self, label: str, hint: str = "", longest: int = 200, **kind: Any) -> None:
        keys: dict[str, Any] = {"maxlength": str(longest), **kind.pop("render_kw", {})}
        keys |= {k: kind.pop(k) for k in ("autocomplete", "inputmode") if k in kind}
        super().__init__(label, [_no_longer(MOST_TYPED)], filters=[_stripped], description=hint, render_kw=keys, **kind)


def own_address(hint: str) -> Typed:
    """Where whoever fills the form in is reached."""
    return Typed(N_("Your e-mail address"), hint, 254, autocomplete="email", inputmode="email", render_kw=NEEDED)


class Written(_Echoed, TextAreaField):
    """Several lines."""

    def __init__(self, label: str, hint: str, longest: int, rows: int = 8, **kind: Any) -> None:
        keys = {"maxlength": str(longest), "rows": str(rows), **kind.pop("render_kw", {})}
        longest = max(longest, MOST_TYPED)
        super().__init__(label, [_no_longer(longest)], filters=[_stripped], description=hint, render_kw=keys, **kind)


class Number(_Echoed, IntegerField):
    """A whole number, or nothing; typed as text, for a browser's own field drops letters and says “0.0” when empty."""

    widget = widgets.TextInput()

    def __init__(self, label: str, hint: str = "", most: int = 10_000_000, **kind: Any) -> None:
        keys = {"inputmode": "numeric"}
        super().__init__(label, [Optional(), _within(most)], description=hint, render_kw=keys, **kind)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was typed."""
        if not valuelist or not valuelist[0].strip():
            self.data = None
            return
        try:
            self.data = int(valuelist[0].strip().replace("\u202f", "").replace(" ", ""))
        except ValueError:
            self.data = None
            raise ValueError(_("This is not a whole number.")) from None


class Day(_Echoed, DateField):
    """A day, or nothing."""

    def __init__(self, label: str, hint: str = "", **kind: Any) -> None:
        super().__init__(label, [Optional()], description=hint, **kind)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was typed."""
        try:
            self.data = date.fromisoformat(valuelist[0]) if valuelist and valuelist[0] else None
        except ValueError:
            self.data = None
            raise ValueError(_("This is not a day. Write it as year, month, day: 2026-03-12.")) from None


class Ticked(BooleanField):
    """Yes or no."""


class OneOf(SelectField):
    """One of many, from a list."""

    def __init__(self, label: str, choices: Callable[[], list[tuple[str, str]]], hint: str = "", **kind: Any) -> None:
        super().__init__(label, description=hint, choices=choices, validate_choice=False, **kind)
        self._known = choices

    def offer(self, choices: list[tuple[str, str]]) -> None:
        """Have these choices: for a list that is known only when the page is made."""
        self.choices, self._known = choices, lambda: choices

    def pre_validate(self, form: Any) -> None:
        """Refuse what does not stand in the list."""
        if self.data and self.data not in dict(self._known()):
            raise ValidationError(_("Choose one of the list."))


class OneOfFew(RadioField):
    """One of few, all of them in sight."""

    def __init__(self, label: str, choices: Callable[[], list[tuple[str, str]]], hint: str = "", **kind: Any) -> None:
        super().__init__(label, description=hint, choices=choices, validate_choice=False, **kind)
        self._known = choices

    def pre_validate(self, form: Any) -> None:
        """Refuse what does not stand in the list, and no answer at all."""
        if self.data not in dict(self._known()):
            raise ValidationError(_("Choose one of these."))


class Several(SelectMultipleField):
    """The terms of a facet that apply, each with a box to tick."""

    widget = widgets.ListWidget(prefix_label=False)
    option_widget = widgets.CheckboxInput()

    def __init__(self, label: str, facet: str, hint: str = "", **kind: Any) -> None:
        super().__init__(label, description=hint, choices=lambda: term_choices(facet), validate_choice=False, **kind)
        self.facet = facet

    def pre_validate(self, form: Any) -> None:
        """Refuse what does not stand in the list."""
        if any(terms.term(self.facet, one) is None for one in self.data or ()):
            raise ValidationError(_("Choose from the list."))


def _there(said: str) -> Callable[[Form, Field], None]:
    def check(_form: Form, field: Field) -> None:
        if not field.data:
            raise StopValidation(_(said))  # nothing else is asked of what is not there

    return check


def _stripped(text: str | None) -> str:
    return (text or "").strip()


def _no_longer(most: int) -> Callable[[Form, Field], None]:
    def check(_form: Form, field: Field) -> None:
        if len(field.data or "") > most:
            raise ValidationError(_("This is too long."))

    return check


def _within(most: int) -> Callable[[Form, Field], None]:
    def check(_form: Form, field: Field) -> None:
        if field.data is not None and not 0 <= field.data <= most:
            raise ValidationError(_("Write a number from 0 to {most}.").format(most=most))

    return check


def term_choices(facet: str) -> list[tuple[str, str]]:
    """(term, label) of a facet, in its order."""
    return [(id, labels.label(facet, id)) for id in terms.facets()[facet].terms]


def country_choices() -> list[tuple[str, str]]:
    """(code, name) of every country, by name in the language of the moment; first none."""
    named = sorted(((code, country_name(code)) for code in countries()), key=lambda c: alphabetical(c[1]))
    return [("", _("Choose a country")), *named]


def language_choices() -> list[tuple[str, str]]:
    """(term, label) of every language, by name; first none."""
    named = sorted(term_choices("language"), key=lambda c: alphabetical(c[1]))
    return [("", _("Choose a language")), *named]


def writing_choices() -> list[tuple[str, str]]:
    """(ISO 639 code, name) of the languages somebody may write in: those that are spoken."""
    spoken = [id for id, term in terms.facets()["language"].terms.items() if term.note != SIGNED]
    return sorted(((id, language_name(id)) for id in spoken), key=lambda c: alphabetical(c[1]))


def currency_choices() -> list[tuple[str, str]]:
    """(ISO 4217 code, name) of the currencies in use; first none."""
    names: dict[str, str] = dict(locale(language()).currencies)
    return [("", _("Currency")), *((code, f"{code} · {names.get(code, code)}") for code in _currencies())]


def _currencies() -> Iterable[str]:
    from babel.numbers import get_territory_currencies

    return sorted({str(c) for code in countries() for c in get_territory_currencies(code)})


SIGNED = "A sign language."
"""The note that the terms of sign languages carry."""

LEVELS = {
    "native": N_("I grew up with it"),
    "fluent": N_("Fluently"),
    "good": N_("Well enough for sessions"),
}
"""How well a language is spoken."""


def with_terms(content: Content, answers: dict[str, Iterable[Answer]]) -> Content:
    """`content` with the answers of these facets, and of no others, replaced."""
    kept = tuple(a for a in content.terms if a.facet not in answers)
    return replace(content, terms=(*kept, *(a for given in answers.values() for a in given)))


def chosen(facet: str, ids: Iterable[str]) -> list[Answer]:
    """The terms that apply, as a listing keeps them."""
    return [Answer(facet, id) for id in ids]
