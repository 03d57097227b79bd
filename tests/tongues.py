"""Languages that only tests speak: Finnish, Swedish, and Persian, which runs from right to left."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from referral import text

WORDS = {
    "fi": {"Find a therapist": "Etsi terapeutti", "Questions": "Kysymykset", "Skip to the content": "Siirry sisältöön"},
    "fa": {"Find a therapist": "یافتن درمانگر", "Questions": "پرسش‌ها", "Skip to the content": "رفتن به محتوا"},
}


def offered(folder: Path, monkeypatch: pytest.MonkeyPatch, more: str = "") -> Iterator[None]:
    """The site speaks them besides English, from catalogues in `folder`; `more` goes into their heads."""
    for code, words in WORDS.items():
        path = text.catalogue_file(code, folder)
        path.parent.mkdir(parents=True)
        head = f'msgid ""\nmsgstr ""\n"Language: {code}\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
        head += f'"Content-Type: text/plain; charset=utf-8\\n"\n"X-Offered: yes\\n"\n{more}\n'
        path.write_text(
            head + "".join(f'msgid "{said}"\nmsgstr "{other}"\n\n' for said, other in words.items()), "utf-8"
        )
    yield from _speaking(folder, monkeypatch)


def made_up(folder: Path, monkeypatch: pytest.MonkeyPatch, wanted: Catalog) -> Iterator[None]:
    """The site speaks a Swedish in which every text begins with a mark."""
    made, out = Catalog(locale="sv", fuzzy=False), BytesIO()
    for message in wanted:
        if message.id:
            several = isinstance(message.id, tuple | list)
            made.add(message.id, [f"¤{form}" for form in message.id] if several else f"¤{message.id}")
    write_po(out, made, width=0)
    path = text.catalogue_file("sv", folder)
    path.parent.mkdir(parents=True)
    path.write_bytes(out.getvalue().replace(b'"Language: sv', b'"X-Offered: yes\\n"\n"Language: sv', 1))
    yield from _speaking(folder, monkeypatch)


def _speaking(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(text, "FOLDER", folder)
    _forget()
    yield
    monkeypatch.undo()
    _forget()


def _forget() -> None:
    for kept in (text.languages, text._catalogue, text.is_reviewed):
        kept.cache_clear()
