"""From what was typed into a section to the content it means, or the sentences that say what to mend."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import FieldList, FormField, RadioField, SelectMultipleField

from referral.editing.fields import SectionForm
from referral.editing.sections import Section
from referral.errors import UsageError
from referral.listings.checks import checked
from referral.listings.content import Content
from referral.places.gazetteer import Gazetteer
from referral.text import _

Wrong = tuple[tuple[str, str], ...]
"""(id of the field, sentence) of what must be mended first."""


def filled(section: Section, content: Content, typed: Iterable[tuple[str, str]] | None = None) -> SectionForm:
    """The section's form with what was typed, else with what the listing says."""
    if typed is None:
        return section.form(prefix=_prefix(section), data=section.form.told(content))
    return section.form(formdata=MultiDict(typed), prefix=_prefix(section))


def _prefix(section: Section) -> str:
    """Before the names of its fields: all sections stand on one page."""
    return f"{section.id}-"


def said(section: Section, content: Content) -> str:
    """A mark of all that the section says of `content`: another one when any of its fields says something else."""
    return sha256(repr(section.form.told(content)).encode(errors="replace")).hexdigest()[:32]


def with_one_more(section: Section, form: SectionForm, name: str) -> SectionForm:
    """The form with an empty row at the end of the list of that name."""
    rows = form[name] if name in section.repeated else None
    if isinstance(rows, FieldList) and len(rows.entries) < (rows.max_entries or 1):
        rows.append_entry()
    return form


def read(form: SectionForm, content: Content, places: Gazetteer, today: date) -> tuple[Content | None, Wrong]:
    """(the content with what was typed, what is wrong): one of the two. What is wrong is noted in the form, too."""
    if form.validate():
        try:
            return checked(form.applied(content, places, today)), ()
        except UsageError as error:
            whole = error.text
    for control, sentence in _meaning_nothing(form, content, places, today):
        control.errors = [*control.errors, sentence]
    return None, tuple(_wrong(form)) or ((_control(next(iter(form))), whole),)


def _meaning_nothing(form: SectionForm, content: Content, places: Gazetteer, today: date) -> list[tuple[Any, str]]:
    """(control, sentence) of what was typed and cannot be meant, each tried alone beside what the listing says."""

    def tried(**typed: Any) -> str:
        there = type(form)(data={**form.told(content), **typed})
        try:
            checked(there.applied(content, places, today))
        except UsageError as error:
            return error.text
        return ""

    if tried():  # the listing itself cannot be stored: no field of this section is at fault
        return []
    each = ((control, tried(**typed)) for control, typed in _answers(form))
    return [(control, said) for control, said in each if said]


def _answers(form: SectionForm) -> Iterator[tuple[Any, dict[str, Any]]]:
    """(control, what was typed, by the name of the field) where no mistake was found yet.

    Of a list of rows it is each row, as if it stood alone.
    """
    for one in form:
        if isinstance(one, FieldList):
            yield from ((_telling(row.form), {one.short_name: [row.data]}) for row in one if not row.errors)
        elif not one.errors:
            yield one, {one.short_name: one.data}


def _telling(row: Any) -> Any:
    """The control of a row that a sentence about the row as a whole stands beside."""
    return row[row.TELLING] if hasattr(row, "TELLING") else next(iter(row))


def _wrong(form: Any) -> Iterator[tuple[str, str]]:
    """(id, sentence) of every field with an error, rows included, in the order of the page."""
    for one in form:
        if isinstance(one, FieldList):
            for entry in one:
                yield from _wrong(entry.form)
        elif isinstance(one, FormField):
            yield from _wrong(one.form)
        else:
            yield from ((_control(one), str(sentence)) for sentence in one.errors)


def names(form: Any, rows: Mapping[str, str]) -> dict[str, str]:
    """What each control is called, by its id; one of a row with the row, for there are others of that name.

    `rows` is what one row of a list is called, by the list.
    """
    found: dict[str, str] = {}
    for one in form:
        if isinstance(one, FieldList):
            for number, entry in enumerate(one, 1):
                row = _("%(name)s %(number)s") % {"name": rows[one.short_name], "number": number}
                found |= {id: f"{row}, {name}" for id, name in names(entry.form, rows).items()}
        else:
            found[_control(one)] = _(one.label.text)
    return found


def _control(one: Any) -> str:
    """The id of what the keyboard reaches of a field: its first answer, its first row's first control, or itself."""
    while isinstance(one, FieldList):
        one = next(iter(one.entries[0].form))
    return f"{one.id}-0" if isinstance(one, RadioField | SelectMultipleField) else str(one.id)
