"""What the terms of a listing are called by people, in the language of the moment."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Protocol

from index.folding import fold
from referral import terms
from referral.text import DEFAULT, N_, _, country_name, language, language_name, listed


class PlaceNames(Protocol):
    """What places are called in the language of the moment."""

    def __call__(self, code: str, town: str = "") -> str:
        """A region by its ISO 3166-2 code, "" for an unknown one; or a town of that region, as given where unknown."""


_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_LEADING = re.compile(r"^\s{0,3}(?:#{1,6}|>|[-*+]|\d{1,3}[.)])\s+", re.MULTILINE)
_EMPHASIS = re.compile(r"[*`]+|(?<!\w)_+|_+(?!\w)")
_SENTENCE = re.compile(r"(?:(?<=\w{3})|(?<=\s[a-z]{2}))[.!?؟。]+[\"'’”»)]*(?=\s+(?![a-z\d]))")
"""Where a sentence ends, with what closes a quotation; not after a "Dr." or a "z. B.", and not in "ca. 20"."""


def no_names(code: str, town: str = "") -> str:
    """For who has no names of places at hand."""
    return town


def label(facet: str, term: str) -> str:
    """What the term is called; its id for one that was taken out of the list since."""
    return _label(facet, term, language())


@lru_cache(maxsize=4096)
def _label(facet: str, term: str, language: str) -> str:
    """The same; `language` stands here because the words depend on it."""
    found = terms.term(facet, term)
    if facet == "language" and language != DEFAULT and (named := language_name(term)) != term:
        return named
    return _(found.label) if found else term.replace("_", " ")


def labels(facet: str, chosen: Iterable[str]) -> tuple[str, ...]:
    """What each term is called, in their order."""
    return _labels(facet, tuple(chosen), language())


@lru_cache(maxsize=4096)
def _labels(facet: str, chosen: tuple[str, ...], language: str) -> tuple[str, ...]:
    """The same few hundred choices over and over; `language` stands here because the words depend on it."""
    return tuple(label(facet, term) for term in chosen)


SPOKEN = {"native": N_("native"), "fluent": N_("fluent"), "good": N_("good enough for sessions")}
"""How well a language is spoken -> what visitors read of it."""


IDENTITY = {
    "gender": N_("Gender"),
    "orientation": N_("Orientation"),
    "faith": N_("Faith or world view"),
    "background": N_("Background"),
}
"""What somebody may say of themselves -> what it is called; each only if they fill it in."""


def spoken(language: str, level: str) -> str:
    """The language, and how well it is spoken where that was said: "German (native)"."""
    name = label("language", language)
    return f"{name} ({_(SPOKEN[level])})" if level in SPOKEN else name


def is_facilitator(tracks: Sequence[str]) -> bool:
    """Whether their only track is the non-clinical one."""
    return len(tracks) == 1 and tracks[0] == "facilitator"


def role(tracks: Sequence[str], levels: Sequence[str]) -> str:
    """What they may be called, whose `levels` are valid today: never "therapist" without the clinical track."""
    if "clinical" not in tracks:
        return label("track", "facilitator") if tracks else _("Imago practitioner")
    in_training = bool(levels) and all(level == "imago_trainee" for level in levels)
    return label("credential", "imago_trainee") if in_training else label("track", "clinical")


def area(code: str, names: PlaceNames) -> str:
    """The name of a country or region: "Illinois, United States"."""
    country = country_name(code[:2])
    region = names(code) if len(code) > 2 else ""
    return listed((region, country))


def areas(codes: Iterable[str], names: PlaceNames) -> tuple[str, ...]:
    """Each country once, whole or in brackets behind those of its regions: "Illinois, Wisconsin (United States)"."""
    parts: dict[str, list[str]] = {}
    for code in codes:
        parts.setdefault(code[:2], []).append(code)
    return tuple(_within(country, parts[country], names) for country in parts)


def _within(country: str, codes: Sequence[str], names: PlaceNames) -> str:
    regions = listed(names(code) for code in codes if code != country)
    return f"{regions} ({country_name(country)})" if regions and country not in codes else country_name(country)


def town(locality: str, region: str, names: PlaceNames) -> str:
    """The town as people say it: "Evanston, Illinois"; without the region where both are called the same."""
    name, said = (names(region), names(region, locality)) if region else ("", locality)
    return listed((said, name)) if name and fold(name) not in (fold(locality), fold(said)) else said


def plain(markdown: str) -> str:
    """The words of a Markdown text on one line, for excerpts and the index; never to be shown as HTML."""
    linked = _LINK.sub(r"\1", markdown) if "](" in markdown else markdown  # hardly anybody writes a link, or stars:
    text = _LEADING.sub(" ", linked)
    if any(sign in text for sign in "*`_"):  # to look for them costs as much as all the rest
        text = _EMPHASIS.sub(" ", text)
    return " ".join(text.split())


def excerpt(markdown: str, most: int) -> str:
    """The first words of a Markdown text, at most `most` characters, with an ellipsis where it was cut."""
    return cut(plain(markdown), most)


def cut(text: str, most: int) -> str:
    """The same of a text that is plain: whole sentences, where those that fit are at least a third of it."""
    if len(text) <= most:
        return text
    whole = [end.end() for end in _SENTENCE.finditer(text, 0, most + 1)]
    if whole and whole[-1] * 3 >= most:
        return text[: whole[-1]]
    begun = text[: most - 1]
    return begun[: begun.rfind(" ")].rstrip(" .,;:-–…") + "…" if " " in begun else begun + "…"
