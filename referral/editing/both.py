"""What two pages typed into one section, beside each other: a slip too, which no listing could hold."""

from collections.abc import Iterator
from typing import Any

from wtforms import FieldList, HiddenField, SelectField, SelectMultipleField

from referral.editing.fields import SectionForm, Ticked
from referral.editing.portrait import PICTURE
from referral.editing.wording import ROWS
from referral.listings.differences import Difference, difference
from referral.text import _, listed


def between(there: SectionForm, here: SectionForm) -> list[Difference]:
    """Every field, and every row of a list, that the two say differently, in the order of the page."""
    sides = dict(_told(there)), dict(_told(here))
    names = dict.fromkeys(name for side in sides for name in side)
    told = ((name, sides[0].get(name, ()), sides[1].get(name, ())) for name in names)
    return [difference(*name, before, after) for name, before, after in told if before != after]


def _told(form: SectionForm) -> Iterator[tuple[tuple[str, str], tuple[str, ...]]]:
    """((name of the field, what people call it), the lines it shows)."""
    for one in form:
        if isinstance(one, FieldList):
            for number, row in enumerate(one, 1):
                name = _("%(name)s %(number)s") % {"name": _(ROWS[one.short_name][0]), "number": number}
                yield (f"{one.short_name}-{number}", name), tuple(_row(row.form))
        elif one.name == PICTURE:
            yield ("photo", _(one.label.text)), tuple(filter(None, [form.data["kept"], form.data["square"]]))
        elif not isinstance(one, HiddenField):
            yield (one.short_name, _(one.label.text)), _lines(one)


def _row(form: Any) -> Iterator[str]:
    """A line for each field of a row that says something; nothing of one with no more than a choice that was there."""
    fields = [one for one in form if not isinstance(one, HiddenField) and _lines(one)]
    return (f"{_(one.label.text)}: {listed(_lines(one))}" for one in fields)


def _lines(one: Any) -> tuple[str, ...]:
    if isinstance(one, Ticked):
        return (_("Yes"),) if one.data else ()
    if isinstance(one, SelectField | SelectMultipleField):
        chosen = one.data if isinstance(one, SelectMultipleField) else [one.data]
        return tuple(str(label) for value, label, *_more in one.iter_choices() if value and value in (chosen or ()))
    return tuple(line for line in one._value().splitlines() if line.strip())
