"""The sections that somebody else must look at: Imago training and licences, and who presents together."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from wtforms import FieldList, Form, FormField, ValidationError

from referral.editing.fields import Day, OneOf, SectionForm, Ticked, Typed, term_choices
from referral.listings.content import Content, Credential, Licence
from referral.listings.jurisdictions import area
from referral.places.gazetteer import Gazetteer
from referral.text import N_, _


class Level(Form):
    """One Imago level."""

    level = OneOf(N_("Level"), lambda: [("", _("Choose a level")), *term_choices("credential")])
    issuer = Typed(N_("Given by"), N_("The institute or network."))
    issued_on = Day(N_("Since"))
    expires_on = Day(N_("Until"), N_("Leave empty if it does not end."))
    removed = Ticked(N_("Remove"))

    def validate_level(self, field: OneOf) -> None:
        """A row that says something says which level."""
        said = self.data["issuer"] or self.data["issued_on"] or self.data["expires_on"]
        if said and not field.data and not self.data["removed"]:
            raise ValidationError(_("Choose the level."))


class State(Form):
    """One state's licence."""

    title = Typed(N_("Licence"), N_("As the authority calls it."))
    number = Typed(N_("Number"), longest=60)
    jurisdiction = Typed(N_("Where it holds"), N_("A country, state or province."), 80)
    expires_on = Day(N_("Until"))
    removed = Ticked(N_("Remove"))
    TELLING = "jurisdiction"

    def validate_title(self, field: Typed) -> None:
        """A row that says something says what it is about."""
        said = self.data["number"] or self.data["jurisdiction"] or self.data["expires_on"]
        if said and not field.data and not self.data["removed"]:
            raise ValidationError(_("The licence has no name."))

    def validate_jurisdiction(self, field: Typed) -> None:
        """A licence holds somewhere."""
        if self.data["title"] and not field.data and not self.data["removed"]:
            raise ValidationError(_("Say where it holds."))


class TrainingForm(SectionForm):
    """What they are trained in and licensed for."""

    credentials = FieldList(FormField(Level), min_entries=1, max_entries=12)
    licences = FieldList(FormField(State), min_entries=1, max_entries=12)

    @classmethod
    def told(cls, content: Content) -> dict[str, Any]:
        """What the fields hold before anything is typed."""
        levels = [{n: getattr(one, n) for n in _LEVEL} for one in content.credentials]
        return {"credentials": levels, "licences": [{n: getattr(one, n) for n in _STATE} for one in content.licences]}

    def applied(self, content: Content, places: Gazetteer, today: date) -> Content:
        """`content` with these; what was verified stays so while nothing of it is changed."""
        levels = tuple(_levels(self.data["credentials"], content))
        return replace(content, credentials=levels, licences=tuple(_states(self.data["licences"], content, places)))


_LEVEL = ("level", "issuer", "issued_on", "expires_on")
_STATE = ("title", "number", "jurisdiction", "expires_on")


def _levels(rows: list[dict[str, Any]], content: Content) -> Iterator[Credential]:
    verified = {tuple(getattr(one, n) for n in _LEVEL): one for one in content.credentials}
    for row in rows:
        if row["level"] and not row["removed"]:
            told = tuple(row[n] for n in _LEVEL)
            yield verified.get(told) or Credential(*told)


def _states(rows: list[dict[str, Any]], content: Content, places: Gazetteer) -> Iterator[Licence]:
    verified = {tuple(getattr(one, n) for n in _STATE): one for one in content.licences}
    held = {one.jurisdiction for one in content.licences}
    for row in rows:
        if row["title"] and not row["removed"]:
            where = area(row["jurisdiction"], content.home, places, kept=held)
            told = {n: row[n] for n in _STATE} | {"jurisdiction": where}
            yield verified.get(tuple(told.values())) or Licence(**told)


class PartnerForm(SectionForm):
    """Who they present together with."""

    partner = Typed(
        N_("The address of their page here"),
        N_("Your pages are joined when both of you have named each other."),
    )

    @classmethod
    def told(cls, content: Content) -> dict[str, Any]:
        """What the fields hold before anything is typed."""
        return {"partner": content.partner}

    def applied(self, content: Content, places: Gazetteer, today: date) -> Content:
        """`content` with this partner: a public id; the saving turns an address into one."""
        return replace(content, partner=self.data["partner"])
