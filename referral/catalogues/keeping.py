"""What is to be translated, and whether a translation holds: a catalogue is brought in step with the code."""

import re
import tempfile
from collections.abc import Iterator
from contextlib import chdir
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po, write_po

from referral import text
from referral.config import ROOT

_PLACE = re.compile(r"%\(\w+\)s|%%|\{[^{}]*\}|</?\w+[^<>]*>")
"""What a sentence is filled with: it must stand in its translation too."""

_PROJECT = "Imago referral directory"


@dataclass(frozen=True, slots=True)
class State:
    """How far one catalogue is."""

    language: str
    messages: int
    faults: tuple[str, ...]
    """One sentence for each message that does not hold; empty for a full catalogue."""
    is_offered: bool
    """Whether visitors can choose the language."""
    is_reviewed: bool
    """Whether a native speaker has looked at it."""


def template() -> Catalog:
    """Every text of the code, the templates and the data, as an empty catalogue."""
    with tempfile.NamedTemporaryFile(suffix=".pot") as file, chdir(ROOT):  # so that files are named from here
        CommandLineInterface().run(  # type: ignore[no-untyped-call]  # Babel types its library, not its commands
            ["pybabel", "--quiet", "extract", "--mapping", str(ROOT / "babel.cfg"),
             "--keywords", "_ N_ gettext ngettext:1,2", "--no-default-keywords",
             "--no-wrap", "--output", file.name, "."]
        )  # fmt: skip
        return read_po(file)


def update(language: str, wanted: Catalog, folder: Path | None = None) -> State:
    """Bring the catalogue of `language` in step with `wanted`: new texts are empty, old ones are gone.

    A full catalogue is offered to visitors from now on; one that was offered stays so, and a test says what it lacks.
    """
    path = text.catalogue_file(language, folder)
    held = _read(path, language)
    held.update(wanted, no_fuzzy_matching=True, update_creation_date=False)
    marks = text.marks(language, folder)
    faults = tuple(_faults(held, wanted))
    marks["X-Offered"] = "yes" if not faults else marks.get("X-Offered", "no")
    marks.setdefault("X-Reviewed", "no")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_written(held, marks))
    return _state(language, len(wanted), faults, marks)


def state(language: str, wanted: Catalog, folder: Path | None = None) -> State:
    """How far the catalogue of `language` is, as it stands."""
    held = _read(text.catalogue_file(language, folder), language)
    return _state(language, len(wanted), tuple(_faults(held, wanted)), text.marks(language, folder))


def _state(language: str, messages: int, faults: tuple[str, ...], marks: dict[str, str]) -> State:
    return State(language, messages, faults, marks.get("X-Offered") == "yes", marks.get("X-Reviewed") == "yes")


def _read(path: Path, language: str) -> Catalog:
    if not path.exists():
        return Catalog(locale=language, project=_PROJECT)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def _written(held: Catalog, marks: dict[str, str]) -> bytes:
    """The catalogue as a file: only the files a text stands in, no lines, so that it changes only when texts do."""
    held.fuzzy = False
    held.project, held.version, held.header_comment = _PROJECT, "1", f"# {held.locale and held.locale.english_name}"
    for message in held:
        message.locations.sort()  # folders are listed in another order on every machine
    out = BytesIO()
    write_po(out, held, width=0, sort_by_file=True, ignore_obsolete=True, include_lineno=False)
    end = b'"Content-Transfer-Encoding: 8bit\\n"\n'
    ours = "".join(f'"{name}: {value}\\n"\n' for name, value in sorted(marks.items())).encode()
    return _undated(out.getvalue()).replace(end, end + ours, 1)


def _undated(raw: bytes) -> bytes:
    """Without the lines of the header that change by themselves."""
    return re.sub(rb'^"(?:POT-Creation-Date|PO-Revision-Date|Generated-By|Last-Translator|Report-Msgid-Bugs-To|'
                  rb'Language-Team): .*\\n"\n', b"", raw, flags=re.MULTILINE)  # fmt: skip


def _faults(held: Catalog, wanted: Catalog) -> Iterator[str]:
    for message in wanted:
        if not message.id:
            continue
        there = held.get(message.id)
        if there is None:
            yield f"not there: {_name(message)}"
        elif why := _fault(there, held.num_plurals):
            yield f"{why}: {_name(message)}"


def _fault(message: Message, plurals: int) -> str:
    """What is wrong with one translated message; empty when nothing is."""
    forms = message.string if isinstance(message.string, list | tuple) else (message.string,)
    if message.fuzzy:
        return "unsure"
    if not all(forms) or len(forms) != (plurals if message.pluralizable else 1):
        return "untranslated"
    return "" if all(_is_filled_alike(message, form or "") for form in forms) else "filled with other things"


def _is_filled_alike(message: Message, form: str) -> bool:
    """Whether the translation has the places of the English one; a singular may leave the number out."""
    ids = message.id if isinstance(message.id, list | tuple) else (message.id,)
    allowed = [sorted(_PLACE.findall(id)) for id in ids]
    found = sorted(_PLACE.findall(form))
    without = [sorted(p for p in each if p not in _NUMBERS) for each in allowed] if message.pluralizable else []
    return found in (*allowed, *without)


_NUMBERS = frozenset({"%(num)s", "{n}"})


def _name(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]
