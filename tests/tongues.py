"""Languages that only tests speak: Finnish, and Persian, which runs from right to left."""

from collections.abc import Iterator
from pathlib import Path

import pytest

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
    monkeypatch.setattr(text, "FOLDER", folder)
    _forget()
    yield
    monkeypatch.undo()
    _forget()


def _forget() -> None:
    for kept in (text.languages, text._catalogue, text._is_reviewed):
        kept.cache_clear()
