"""What a moderator writes of a question: checked, compared field by field, read from a row and put into one. Pure."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import parse_qsl

from referral import terms
from referral.errors import UsageError
from referral.guidance.drawings import DRAWINGS
from referral.guidance.topics import topics
from referral.listings.cleaning import line, paragraphs
from referral.listings.differences import Difference, difference
from referral.model import Answer, Question
from referral.text import N_, _

Wording = Mapping[str, Any]
"""Field -> what it says, as JSON keeps it."""

Parts = Sequence[Mapping[str, str]]
"""Answers or searches, in their order."""

FIELDS: Mapping[str, str] = {
    "title": N_("Question"),
    "short": N_("Short answer"),
    "topic": N_("Topic"),
    "answers": N_("Answers"),
    "asked": N_("Other words for it"),
    "searches": N_("Related searches"),
    "related": N_("People also ask"),
    "drawing": N_("Drawing"),
    "caption": N_("Words under the drawing"),
    "alt": N_("What the drawing shows"),
}
"""Field -> what people call it, in the order of a page."""

ANSWER: Mapping[str, str] = {
    "viewpoint": N_("Heading"),
    "body": N_("Answer"),
    "author": N_("Who gives it"),
    "reviewed_on": N_("Reviewed on"),
    "adapted_from": N_("Adapted from"),
}
"""The same of one answer."""

TITLE, SHORT, BODY, LINE = 200, 600, 8000, 300
"""The most characters."""

MANY = 12
"""The most answers, searches, related questions or other words."""


def wording(question: Question) -> dict[str, Any]:
    """What the question says now."""
    plain = {name: getattr(question, name) for name in FIELDS if name != "answers"}
    answers = [{**{n: getattr(a, n) for n in ANSWER}, "reviewed_on": str(a.reviewed_on)} for a in question.answers]
    return {**plain, "searches": [list(pair) for pair in question.searches], "answers": answers}


def put(question: Question, name: str, value: Any) -> None:
    """Let the question say `value` in this field."""
    if name != "answers":
        setattr(question, name, value)
        return
    question.answers = [
        Answer(**{**one, "position": n, "reviewed_on": date.fromisoformat(one["reviewed_on"])})
        for n, one in enumerate(value)
    ]


def checked(wish: Wording) -> dict[str, Any]:
    """The wording as it may be stored. Raises UsageError for what cannot be said."""
    told = {name: line(wish[name], field_label(name), LINE) for name in ("drawing", "caption", "alt")}
    told["title"] = line(wish["title"], field_label("title"), TITLE)
    told["short"] = line(wish["short"], field_label("short"), SHORT)
    if not (told["title"] and told["short"]):
        raise UsageError(_("A question needs its words and a short answer."))
    if wish["topic"] not in topics() or told["drawing"] not in ("", *DRAWINGS):
        raise UsageError(_("Choose from the list."))
    lists: dict[str, list[Any]] = {
        "asked": [line(one, field_label("asked"), TITLE) for one in wish["asked"]],
        "related": [line(one, field_label("related"), LINE) for one in wish["related"]],
        "searches": [_search(*pair) for pair in wish["searches"]],
        "answers": [_answer(one) for one in wish["answers"]],
    }
    if any(len(many) > MANY for many in lists.values()):
        raise UsageError(_("That is too many of them: at most {most}.").format(most=MANY))
    if not lists["answers"]:
        raise UsageError(_("A question needs at least one answer."))
    return {**told, **lists, "topic": wish["topic"]}


def _search(label: str, query: str) -> list[str]:
    """A related search; its address may be pasted whole."""
    asked = query.rpartition("?")[2].strip()
    known = terms.facets()
    pairs = parse_qsl(asked)
    if not label or not pairs or any(facet not in known or term not in known[facet].terms for facet, term in pairs):
        said = _("“{query}” is not the address of a search by filters, such as /search?delivery=online.")
        raise UsageError(said.format(query=query[:TITLE]))
    return [line(label, field_label("searches"), TITLE), asked]


def _answer(told: Mapping[str, str]) -> dict[str, str]:
    one = {name: line(told[name], _(ANSWER[name]), LINE) for name in ("viewpoint", "author", "adapted_from")}
    body = paragraphs(told["body"], _("Answer"), BODY)
    if not (body and one["author"]):
        raise UsageError(_("An answer needs its words and who gives it."))
    try:
        day = date.fromisoformat(told["reviewed_on"])
    except ValueError:
        raise UsageError(_("Say on which day the answer was reviewed.")) from None
    return {**one, "body": body, "reviewed_on": str(day)}


def field_label(name: str) -> str:
    """What people call the field."""
    return _(FIELDS[name])


def between(before: Wording, after: Wording) -> list[Difference]:
    """Every field that differs, in words; nothing was said before where `before` is empty."""
    names = [name for name in FIELDS if before.get(name) != after[name]]
    return [difference(n, field_label(n), _lines(n, before.get(n)), _lines(n, after[n])) for n in names]


def _lines(name: str, value: Any) -> tuple[str, ...]:
    if name == "topic":
        return (topics().get(value, ""),) if value else ()
    if name == "searches":
        return tuple(" · ".join(pair) for pair in value or ())
    if name == "answers":
        return tuple(said for one in value or () for said in _answer_lines(one))
    return tuple(value) if isinstance(value, list) else tuple((value or "").splitlines())


def _answer_lines(one: Mapping[str, str]) -> list[str]:
    heads = [f"{_(ANSWER[n])}: {one[n]}" for n in ("viewpoint", "author", "reviewed_on", "adapted_from") if one[n]]
    return [*heads, *(said for said in one["body"].splitlines() if said)]


def places(before: Parts, after: Parts, key: str) -> list[int | None]:
    """Where each of `after` stood in `before`: what says the same, then what stands under the same `key`, then beside.

    None for what is new: so that translations stay with what they translate.
    """
    found: dict[int, int] = {}
    for alike in (_is_same, _is_under_the_same(key), _is_beside):
        for new in range(len(after)):
            left = (old for old in range(len(before)) if old not in found.values())
            if new not in found and (old := next((o for o in left if alike(before, o, after, new)), None)) is not None:
                found[new] = old
    return [found.get(new) for new in range(len(after))]


def _is_same(before: Parts, old: int, after: Parts, new: int) -> bool:
    return before[old] == after[new]


def _is_under_the_same(key: str) -> Callable[[Parts, int, Parts, int], bool]:
    return lambda before, old, after, new: before[old][key] == after[new][key]


def _is_beside(before: Parts, old: int, after: Parts, new: int) -> bool:
    return old == new and len(before) == len(after)
