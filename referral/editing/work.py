"""The sections about the work: languages, how and with whom, sessions and costs, accessibility."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

from wtforms import FieldList, Form, FormField, ValidationError

from referral import terms
from referral.editing.fields import (
    LEVELS,
    Number,
    OneOf,
    OneOfFew,
    SectionForm,
    Several,
    Ticked,
    Typed,
    chosen,
    currency_choices,
    language_choices,
    with_terms,
)
from referral.listings.content import Answer, Content, Price
from referral.places.gazetteer import Gazetteer
from referral.text import N_, _

FACETS = ("delivery", "format", "works_with", "topic", "session_length")


class Spoken(Form):
    """One language."""

    language = OneOf(N_("Language"), language_choices)
    level = OneOf(N_("How well"), lambda: [("", _("Not said")), *((k, _(v)) for k, v in LEVELS.items())])
    removed = Ticked(N_("Remove"))

    def validate_language(self, field: OneOf) -> None:
        """A row that says how well says which."""
        if self.data["level"] and not field.data and not self.data["removed"]:
            raise ValidationError(_("Choose one of the list."))


class LanguagesForm(SectionForm):
    """The languages somebody can be seen in, spoken and signed."""

    spoken = FieldList(FormField(Spoken), min_entries=1, max_entries=20)

    @classmethod
    def told(cls, content: Content) -> dict[str, Any]:
        """What the fields hold before anything is typed."""
        return {"spoken": [{"language": a.term, "level": a.level} for a in content.terms if a.facet == "language"]}

    def applied(self, content: Content, places: Gazetteer, today: date) -> Content:
        """`content` with these languages, in this order."""
        rows = (row for row in self.data["spoken"] if row["language"] and not row["removed"])
        return with_terms(content, {"language": [Answer("language", r["language"], "yes", r["level"]) for r in rows]})


class WorkForm(SectionForm):
    """How they meet, with whom they work, and on what."""

    missing: ClassVar = {"delivery": N_("Choose at least one way to meet.")}

    delivery = Several(N_("How you meet"), "delivery")
    format = Several(N_("Kind of session"), "format")
    works_with = Several(N_("You work with"), "works_with")
    topic = Several(N_("Topics"), "topic", N_("Few are better than many: people look for somebody who knows theirs."))
    session_length = Several(N_("Session length"), "session_length")

    @classmethod
    def told(cls, content: Content) -> dict[str, Any]:
        """What the fields hold before anything is typed."""
        return {facet: list(content.chosen(facet)) for facet in FACETS}

    def applied(self, content: Content, places: Gazetteer, today: date) -> Content:
        """`content` with these terms."""
        return with_terms(content, {facet: chosen(facet, self.data[facet] or ()) for facet in FACETS})


class Session(Form):
    """What one kind of session costs."""

    amount = Number(N_("Price"))
    currency = OneOf(N_("Currency"), currency_choices)
    minutes = Number(N_("For how many minutes"), most=600)
    least = Number(N_("Lowest price of a sliding scale"))
    note = Typed(N_("Note"), longest=100)
    removed = Ticked(N_("Remove"))

    def validate(self, extra_validators: Any = None) -> bool:
        """A row that says something says a price."""
        good: bool = super().validate(extra_validators)
        row = self.data
        says = row["minutes"] is not None or row["note"]
        if good and says and row["amount"] is None and row["least"] is None and not row["removed"]:
            self.amount.errors = [_("Write the price.")]
            return False
        return good

    def validate_currency(self, field: OneOf) -> None:
        """A price needs one."""
        if self.data["amount"] is not None and not field.data and not self.data["removed"]:
            raise ValidationError(_("Choose the currency."))


class CostsForm(SectionForm):
    """What it costs, and how one pays."""

    costs = FieldList(FormField(Session), min_entries=1, max_entries=12)
    payment = Several(N_("Payment"), "payment")

    @classmethod
    def told(cls, content: Content) -> dict[str, Any]:
        """What the fields hold before anything is typed."""
        prices = [
            {"amount": p.amount, "currency": p.currency, "minutes": p.minutes, "least": p.least, "note": p.note}
            for p in content.costs
        ]
        return {"costs": prices, "payment": list(content.chosen("payment"))}

    def applied(self, content: Content, places: Gazetteer, today: date) -> Content:
        """`content` with these prices and ways to pay."""
        paid = with_terms(content, {"payment": chosen("payment", self.data["payment"] or ())})
        return replace(paid, costs=tuple(_prices(self.data["costs"])))


def _prices(rows: list[dict[str, Any]]) -> Iterator[Price]:
    for row in rows:
        if row["removed"] or (row["amount"] is None and row["least"] is None):
            continue
        yield Price(row["currency"], row["amount"], row["minutes"], row["least"], row["note"])


NOT_SAID = ""


def _answers() -> list[tuple[str, str]]:
    return [("yes", _("Yes")), ("no", _("No")), ("ask", _("Please ask")), (NOT_SAID, _("Not said"))]


def _access_form() -> type[SectionForm]:
    """A form with one question for each term of the facet."""
    return type("AccessForm", (_Access,), {id: OneOfFew(t.label, _answers) for id, t in _ACCESS.items()})


_ACCESS = terms.facets()["accessibility"].terms


class _Access(SectionForm):
    """What somebody who is looking needs to know of the rooms and the contact."""

    @classmethod
    def told(cls, content: Content) -> dict[str, Any]:
        """What the fields hold before anything is typed."""
        said = {a.term: a.answer for a in content.terms if a.facet == "accessibility"}
        return {id: said.get(id, NOT_SAID) for id in _ACCESS}

    def applied(self, content: Content, places: Gazetteer, today: date) -> Content:
        """`content` with these answers."""
        said = [Answer("accessibility", id, self.data[id]) for id in _ACCESS if self.data[id] != NOT_SAID]
        return with_terms(content, {"accessibility": said})


AccessForm = _access_form()
"""The section on accessibility."""
