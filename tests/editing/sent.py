"""What a browser sends of a form whose fields nobody touched."""

from collections.abc import Iterator
from typing import Any

from wtforms import BooleanField, FieldList, FormField, SelectMultipleField


def sent(form: Any, **changed: Any) -> list[tuple[str, str]]:
    """(name, value) of every field, in the order of the page; `changed` by short name, or row-0-name."""
    told = list(_sent(form))
    for name, value in changed.items():
        full = f"{form._prefix}{name.replace('__', '-')}"
        told = [(n, v) for n, v in told if n != full]
        values = value if isinstance(value, list) else [value]
        told += [(full, str(v)) for v in values if v is not None]
    return told


def _sent(form: Any) -> Iterator[tuple[str, str]]:
    for field in form:
        if isinstance(field, FieldList):
            for entry in field:
                yield from _sent(entry.form)
        elif isinstance(field, FormField):
            yield from _sent(field.form)
        elif isinstance(field, BooleanField):
            if field.data:
                yield field.name, "y"
        elif isinstance(field, SelectMultipleField):
            yield from ((field.name, str(value)) for value in field.data or ())
        else:
            yield field.name, _value(field)


def _value(field: Any) -> str:
    value = field.data
    return "" if value is None else str(value)
