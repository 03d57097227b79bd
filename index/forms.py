"""What `forms.toml` says of a language: words whose stems are told, and rules for all others."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from index.folding import fold

TOLD = Path(__file__).with_name("forms.toml")

Rules = Sequence[tuple[re.Pattern[str], str]]
"""Patterns of a folded word, and what stands in its place."""


@cache
def stems(language: str) -> Mapping[str, tuple[str, ...]]:
    """By folded word the stems it has whatever it looks like."""
    found: dict[str, tuple[str, ...]] = {}
    for stem, forms in _told(language).get("words", {}).items():
        for form in dict.fromkeys(fold(forms).split()):
            found[form] = (*found.get(form, ()), fold(stem))
    return found


@cache
def beginnings(language: str) -> Mapping[str, frozenset[str]]:
    """By told stem what its words begin with: "getrennt" is of "trennen"."""
    found: dict[str, frozenset[str]] = {}
    for word, told in stems(language).items():
        for stem in told:
            found[stem] = found.get(stem, frozenset(stem[0])) | {word[0]}
    return found


@cache
def rules(language: str) -> tuple[Rules, Rules, Rules]:
    """The rules of a language: before, also, after."""
    before, also, after = (
        [(re.compile(form), said) for form, said in _told(language).get(kind, {}).items()]
        for kind in ("before", "also", "after")
    )
    return before, also, after


def _told(language: str) -> Mapping[str, Mapping[str, str]]:
    return _all().get(language, {})


@cache
def _all() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    return tomllib.loads(TOLD.read_text("utf-8"))
