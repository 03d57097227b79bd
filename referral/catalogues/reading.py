"""How texts of ours are read out of data: the labels of facets, and columns of a table."""

import csv
import io
import tomllib
from collections.abc import Collection, Iterator, Mapping
from typing import BinaryIO

from babel import Locale

Found = tuple[int, None, str, list[str]]
"""What Babel wants of an extractor: line, function, message, remarks."""


def terms(file: BinaryIO, _keywords: Collection[str], _tags: Collection[str], options: object) -> Iterator[Found]:
    """The label of every facet in `facets.toml`."""
    for entry in tomllib.loads(file.read().decode()).values():
        yield 0, None, entry["label"], []


def unnamed(file: BinaryIO, _keywords: Collection[str], _tags: Collection[str], options: object) -> Iterator[Found]:
    """The label of every language that Babel cannot name in all of ours: those that are signed."""
    named = Locale.parse("es").languages
    for row in csv.DictReader(io.StringIO(file.read().decode(), newline="")):
        if row["term"] not in named:
            yield 0, None, row["label"], []


def columns(
    file: BinaryIO, _keywords: Collection[str], _tags: Collection[str], options: Mapping[str, str]
) -> Iterator[Found]:
    """Every text in the columns that `options` names, taken apart where it says what stands between two."""
    rows = csv.DictReader(io.StringIO(file.read().decode(), newline=""))
    wanted, between = options["columns"].split(), options.get("between", "")
    for row in rows:
        texts = (row[name] for name in wanted if row.get(name))
        parts = (part.strip() for text in texts for part in (text.split(between) if between else [text]))
        yield from ((rows.line_num, None, part, []) for part in parts if part)
