"""Every text stands in the catalogue of every language that is offered, and pages show nothing but that language."""

import html
import re
from collections.abc import Iterator
from pathlib import Path

import html5lib
import pytest
from babel.messages.catalog import Catalog
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from referral import text
from referral.catalogues import keeping
from referral.guidance import questions
from referral.model import QuestionText
from tests.client import CheckingClient
from tests.tongues import made_up

OFFERED = text.languages()[1:]

PAGES = ("/", "/search", "/search?in=US", "/search?text=zzzz", "/networks", "/networks/in/DE", "/questions",
         "/workshops", "/about", "/about/order", "/about/privacy", "/about/accessibility", "/about/inclusion",
         "/account/sign-in", "/shortlist", "/nowhere")  # fmt: skip


@pytest.fixture(scope="module")
def wanted() -> Catalog:
    """Every text of ours."""
    return keeping.template()


def test_texts_are_found_where_they_stand(wanted: Catalog) -> None:
    for said in ("Find a therapist", "Step-free entrance", "How you meet", "Is your listing still correct?", ", "):
        assert wanted.get(said) is not None, said


@pytest.mark.parametrize("language", OFFERED)
def test_a_language_that_is_offered_lacks_no_text(language: str, wanted: Catalog) -> None:
    assert list(keeping.state(language, wanted).faults) == []


@pytest.mark.parametrize("language", OFFERED)
def test_pages_say_nothing_in_english(language: str, client: CheckingClient, wanted: Catalog) -> None:
    found = {path: strays(client.get(f"/{language}{path}").text, language, wanted) for path in PAGES}

    assert {path: said for path, said in found.items() if said} == {}


def strays(page: str, language: str, wanted: Catalog) -> list[str]:
    """The sentences of a page that the catalogue of its language says otherwise."""
    english = set(_translated(language, wanted))
    return [said for said in _said(page) if said in english]


def test_in_a_language_made_up_by_the_test_pages_say_nothing_in_english(
    client: CheckingClient, wanted: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _made in made_up(tmp_path / "translations", monkeypatch, wanted):
        english = set(_translated("sv", wanted))

        found = {path: strays(client.get(f"/sv{path}").text, "sv", wanted) for path in PAGES}

        assert len(english) > 500 and "¤" in client.get("/sv/").text
        assert {path: said for path, said in found.items() if said} == {}


@pytest.mark.parametrize("language", OFFERED)
def test_every_question_is_there_in_a_language_that_is_offered(language: str, app: Flask, engine: Engine) -> None:
    with Session(engine) as session:
        there = session.scalars(select(QuestionText.id).where(QuestionText.language == language)).all()

    assert len(there) == len(list(questions.TEXTS.glob("*.toml"))) >= 30


def _translated(language: str, wanted: Catalog) -> Iterator[str]:
    """The English sentences that read otherwise in `language`: two words at least, and no places in them."""
    with text.speaking(language):
        for message in wanted:
            said = message.id if isinstance(message.id, str) else ""
            if " " in said.strip() and not re.search(r"[%{]", said) and text._(said) != said:
                yield said


def _said(page: str) -> Iterator[str]:
    """Every text of a page and of its attributes, but names and words that carry a language of their own."""
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    yield from _of(tree, tree.get("lang", ""))


def _of(element: object, whole: str) -> Iterator[str]:
    if not isinstance(element.tag, str) or element.get("lang", whole) != whole or element.tag in ("script", "style"):  # type: ignore[attr-defined]
        return
    yield from (html.unescape(value).strip() for value in element.attrib.values())  # type: ignore[attr-defined]
    yield (element.text or "").strip()  # type: ignore[attr-defined]
    for child in element:  # type: ignore[attr-defined]
        yield from _of(child, whole)
        yield (child.tail or "").strip()
