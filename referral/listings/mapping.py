"""Which column of a file is which of ours: read from `--map`, or from the header as people name columns."""

import csv
import tomllib
from collections.abc import Mapping, Sequence
from io import StringIO
from pathlib import Path

from referral.errors import UsageError
from referral.listings import headers
from referral.listings.columns import COLUMNS
from referral.text import _, listed

OWN_ID = "id"
"""The field that holds a row's own number at its source."""

_NEEDED = "name"


def columns(mapping: str, header: Sequence[str]) -> dict[str, str]:
    """Field -> column of the file, in the order the fields are read.

    `mapping` is "field=column,field=column", the path of a TOML or CSV file of such pairs, or empty: then the columns
    that bear the name of a field are it, else those that seem to be it. Raises UsageError for an unknown field or
    column, or without a name.
    """
    pairs = _pairs(mapping.strip()) if mapping.strip() else _same(header)
    known = [*COLUMNS, OWN_ID]
    for field, column in pairs.items():
        if field not in known:
            raise UsageError(_("There is no field {field}; there are {known}.").format(field=field, known=_list(known)))
        if column not in header:
            said = _("The file has no column {column}; it has {header}.")
            raise UsageError(said.format(column=column, header=_list(header)))
    if _NEEDED not in pairs:
        said = _(
            "No column is mapped to {field}. The file has {header}. "
            'Say which is which: --map "{field}=COLUMN,country=COLUMN"'
        )
        raise UsageError(said.format(field=_NEEDED, header=_list(header)))
    return {field: pairs[field] for field in known if field in pairs}


def _list(names: Sequence[str]) -> str:
    return listed(names)[:1000]


def _same(header: Sequence[str]) -> dict[str, str]:
    same = {column.lower(): column for column in header if column.lower() in COLUMNS or column.lower() == OWN_ID}
    others = [column for column in header if column not in same.values()]
    return headers.guessed(others, (*COLUMNS, OWN_ID)) | same


def _pairs(mapping: str) -> dict[str, str]:
    if "=" not in mapping or mapping.endswith((".toml", ".csv")):
        return _from_file(Path(mapping))
    pairs = [pair.partition("=") for pair in next(csv.reader([mapping], skipinitialspace=True)) if pair.strip()]
    return _once([(field.strip(), column.strip()) for field, _equals, column in pairs])


def _from_file(path: Path) -> dict[str, str]:
    try:
        text = path.read_text("utf-8-sig")
        if path.suffix == ".toml":
            return _texts(tomllib.loads(text))
        return _once([(row[0].strip(), row[1].strip()) for row in csv.reader(StringIO(text)) if len(row) >= 2])
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, csv.Error) as error:
        raise UsageError(_("{name} is not a mapping: {why}.").format(name=path, why=error)) from None


def _texts(found: Mapping[str, object]) -> dict[str, str]:
    return {field: str(column) for field, column in found.items()}


def _once(pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    twice = sorted({field for field, _column in pairs if [f for f, _c in pairs].count(field) > 1})
    if twice:
        raise UsageError(_("The mapping names a field twice: {names}.").format(names=listed(twice)))
    return dict(pairs)
