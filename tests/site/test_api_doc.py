"""What docs/api.md says of the API holds: its examples are asked for, its fields and parameters are those there are."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from referral.config import ROOT
from referral.search import urls
from referral.search.urls import Search
from referral.workshops import publishing
from tests.client import CheckingClient
from tests.make import NOW
from tests.people import CHICAGO, Write, make_listing
from tests.workshops.test_publishing import PLAN, WEEKEND

TEXT = (ROOT / "docs" / "api.md").read_text("utf-8")

EXAMPLES = re.findall(r"^    GET (\S+)\n\n```json\n(.*?)\n```$", TEXT, re.MULTILINE | re.DOTALL)

MORE = "…"
"""In an example: the rest of a text, of a list or of an object is left out."""

OURS = {"typed", "and_typed", "help", "question"}
"""What the pages write into their own links, of which nothing is promised."""


def agrees(told: Any, real: Any) -> bool:
    """Whether an example is what the answer is, but for what it leaves out."""
    match told:
        case dict():
            rest = told.keys() - {MORE}
            is_whole = rest <= real.keys() if MORE in told else rest == real.keys()
            return is_whole and all(agrees(told[name], real[name]) for name in rest)
        case [*some, "…"]:
            return len(real) > len(some) and all(map(agrees, some, real))
        case list():
            return len(real) == len(told) and all(map(agrees, told, real))
        case str() if told.endswith(MORE):
            return str(real).startswith(told.removesuffix(MORE))
        case _:
            return bool(told == real)


def names(told: Any) -> set[str]:
    """Every name of a field in an example."""
    if isinstance(told, dict):
        return {*told} - {MORE} | {name for one in told.values() for name in names(one)}
    return {name for one in told for name in names(one)} if isinstance(told, list) else set()


@pytest.fixture
def known(client: CheckingClient, write: Write) -> CheckingClient:
    """The directory of the examples: one therapist and one workshop in Chicago."""
    ada = {"public_id": "AdaExample01", "name": "Ada Example", "languages": ["en", "es"], "serves": ["US-IL"]}
    write(lambda s: make_listing(s, **ada, **CHICAGO, costs=[(180, "USD")], topics=["communication"]))
    plan = replace(PLAN, locality="Chicago", country="US", lat=41.88, lon=-87.63)
    write(lambda s: publishing.add(s, plan, [WEEKEND], NOW, network_id=None))
    return client


@pytest.mark.parametrize(("path", "told"), EXAMPLES, ids=[path for path, _told in EXAMPLES])
def test_an_example_is_what_is_answered(known: CheckingClient, path: str, told: str) -> None:
    real = known.get(path).json

    assert agrees(json.loads(told), real), json.dumps(real, indent=2, ensure_ascii=False)


def test_every_field_of_the_examples_is_explained() -> None:
    prose = re.sub(r"```json.*?```", "", TEXT, flags=re.DOTALL)
    shown = {name for _path, told in EXAMPLES for name in names(json.loads(told))}

    assert {name for name in shown if f"`{name}`" not in prose} == set()


def test_every_field_that_is_explained_is_in_an_example() -> None:
    shown = {name for _path, told in EXAMPLES for name in names(json.loads(told))}
    fields = {name for cell in rows("field") for name in re.findall(r"`(\w+)`", cell)}

    assert len(fields) > 60 and fields - shown == set()


def test_the_parameters_of_a_search_are_those_of_its_links() -> None:
    whole = Search("1", (1.0, 1.0), "US", "2", 9, "calm", "imago", page=2, sort="nearest", unit="km", typed="a")
    several = replace(whole, terms=(("language", ("en", "es")),), either=("language",), after=urls.Cursor(0, 1, 1))
    written = {name for name, _value in urls.fields(several)} - OURS - {"language"}
    section = TEXT.partition("## Searching")[2].partition("\n## ")[0]

    assert {name for cell in rows("parameter", section) for name in re.findall(r"`(\w+)`", cell)} == {
        *written, "q", "and_q", "facet",
    }  # fmt: skip


def rows(head: str, text: str = TEXT) -> list[str]:
    """The first cells of all tables whose first column is called so."""
    tables = re.findall(rf"^\| {head} \|.*\n\|[-|]+\n((?:\|.*\n)+)", text, re.MULTILINE)
    return [line.split("|")[1] for table in tables for line in table.splitlines()]
