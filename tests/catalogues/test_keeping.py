"""A catalogue is brought in step with the texts, and says when it holds."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from jinja2.ext import babel_extract

from referral import text
from referral.catalogues import keeping
from referral.config import ROOT


def wanted(*more: str) -> Catalog:
    made = Catalog()
    made.add("Save", locations=[("templates/a.html", 3)])
    made.add(("%(num)s day", "%(num)s days"), locations=[("templates/a.html", 9)])
    for said in more:
        made.add(said)
    return made


def fill(path: Path, *pairs: tuple[str, str]) -> None:
    raw = path.read_text("utf-8")
    for said, other in pairs:
        raw = raw.replace(f"{said}\n", f"{other}\n", 1)
    path.write_text(raw, "utf-8")


FULL = (
    ('msgid "Save"\nmsgstr ""', 'msgid "Save"\nmsgstr "Tallenna"'),
    ('msgstr[0] ""', 'msgstr[0] "yksi päivä"'),
    ('msgstr[1] ""', 'msgstr[1] "%(num)s päivää"'),
)


def test_a_new_language_is_empty_and_not_offered(tmp_path: Path) -> None:
    state = keeping.update("fi", wanted(), tmp_path)

    raw = text.catalogue_file("fi", tmp_path).read_text("utf-8")
    assert len(state.faults) == 2 and not state.is_offered and not state.is_reviewed
    assert "#: templates/a.html\n" in raw and "fuzzy" not in raw and "Date" not in raw
    assert text.marks("fi", tmp_path) == {"X-Offered": "no", "X-Reviewed": "no"}


def test_a_full_one_is_offered_and_stays_so_when_a_text_is_new(tmp_path: Path) -> None:
    keeping.update("fi", wanted(), tmp_path)
    fill(text.catalogue_file("fi", tmp_path), *FULL)

    assert keeping.update("fi", wanted(), tmp_path).is_offered
    later = keeping.update("fi", wanted("Open"), tmp_path)
    assert later.is_offered and later.faults == ("untranslated: Open",)


def test_updating_twice_changes_nothing(tmp_path: Path) -> None:
    keeping.update("fi", wanted(), tmp_path)
    fill(text.catalogue_file("fi", tmp_path), *FULL, ("X-Reviewed: no", "X-Reviewed: no"))
    path = text.catalogue_file("fi", tmp_path)
    path.write_text(path.read_text("utf-8").replace("X-Reviewed: no", "X-Reviewed: yes"), "utf-8")
    keeping.update("fi", wanted(), tmp_path)
    before = path.read_bytes()

    assert keeping.update("fi", wanted(), tmp_path).is_reviewed
    assert path.read_bytes() == before


@pytest.mark.parametrize("said", ["%(nun)s päivää", "{num} päivää", "%(num)s <b>päivää</b>", "%(num)s %(num)s"])
def test_what_a_sentence_is_filled_with_must_stand_in_its_translation(tmp_path: Path, said: str) -> None:
    keeping.update("fi", wanted(), tmp_path)
    fill(text.catalogue_file("fi", tmp_path), *FULL[:2], ('msgstr[1] ""', f'msgstr[1] "{said}"'))

    assert keeping.state("fi", wanted(), tmp_path).faults == ("filled with other things: %(num)s day",)


def test_no_text_of_a_template_is_left_out() -> None:
    wanted = {message.id if isinstance(message.id, str) else message.id[0] for message in keeping.template()}
    options = {"extensions": "jinja2.ext.i18n", "silent": "false"}

    for path in sorted((ROOT / "templates").rglob("*.html")):
        with path.open("rb") as file:
            found = babel_extract(file, ["_", "gettext", "ngettext"], [], options)
            texts = {m if isinstance(m, str) else m[0] for _line, _function, m, _remarks in found if m}
        assert texts <= wanted, path
