"""A question with its answers, as a form."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from wtforms import FieldList, Form, FormField, ValidationError

from referral.editing.fields import MARKS, NEEDED, Day, OneOf, Plain, Ticked, Typed, Written
from referral.guidance import wording
from referral.guidance.drawings import DRAWINGS
from referral.guidance.topics import topics
from referral.guidance.translations import EDITORS
from referral.text import N_, _


class AnswerForm(Form):
    """One answer."""

    viewpoint = Typed(N_("Heading"), N_("From which point of view it answers."), wording.LINE)
    body = Written(N_("Answer"), MARKS, wording.BODY, rows=12)
    author = Typed(N_("Who gives it"), longest=wording.LINE)
    reviewed_on = Day(N_("Reviewed on"))
    adapted_from = Typed(N_("Adapted from"), N_("If its thoughts were somebody else’s first."), wording.LINE)
    removed = Ticked(N_("Remove"))

    def validate(self, *given: Any, **more: Any) -> bool:
        """An answer has its words, somebody who gives it, and a day; a row left empty is none."""
        valid = bool(super().validate(*given, **more))
        if self.data["removed"] or not _is_filled(self.data):
            return valid
        for name, said in _NEEDED.items():
            if not (self[name].data or self[name].errors):
                self[name].errors, valid = [_(said)], False
        return valid


_NEEDED = {
    "body": N_("Write the answer."),
    "author": N_("Say who gives it."),
    "reviewed_on": N_("Say on which day the answer was reviewed."),
}
"""Field of an answer -> what is said where it is empty."""


class QuestionForm(Plain):
    """What a question says."""

    missing: ClassVar = {"title": N_("Write the question."), "short": N_("Write a short answer.")}

    title = Typed(N_("Question"), N_("In the words of the person who asks."), wording.TITLE, render_kw=NEEDED)
    short = Written(
        N_("Short answer"), N_("One or two sentences, shown first."), wording.SHORT, rows=3, render_kw=NEEDED
    )
    topic = OneOf(N_("Topic"), lambda: list(topics().items()))
    answers = FieldList(FormField(AnswerForm), min_entries=1, max_entries=wording.MANY)
    asked = Written(N_("Other words for it"), N_("What people type who ask this. One a line."), 2000, rows=4)
    searches = Written(
        N_("Related searches"),
        N_("One a line: what the link says, a bar, the address of the search.\nWork online | /search?delivery=online"),
        2000,
        rows=4,
    )
    related = Written(N_("People also ask"), N_("The addresses of other questions, one a line."), 2000, rows=4)
    drawing = OneOf(N_("Drawing"), lambda: [("", _("None")), *((name, _(said)) for name, said in DRAWINGS.items())])
    caption = Typed(N_("Words under the drawing"), longest=wording.LINE)
    alt = Typed(
        N_("What the drawing shows"),
        N_("Read to people who cannot see. Leave empty for the usual words."),
        wording.LINE,
    )

    def validate_answers(self, field: "FieldList[Any]") -> None:
        """A question has an answer: the first is asked for where there is none."""
        if not any(_is_filled(one) and not one["removed"] for one in field.data):
            field.entries[0]["body"].errors = [_("Write at least one answer.")]
            raise ValidationError(_("Write at least one answer."))


PLAIN = ("title", "short", "topic", "drawing", "caption", "alt")
"""Fields that stand in the wording as they stand in the form."""


def told(said: Mapping[str, Any]) -> dict[str, Any]:
    """What the fields hold before anything is typed."""
    answers = [{**one, "reviewed_on": date.fromisoformat(one["reviewed_on"])} for one in said["answers"]]
    return {
        **{name: said[name] for name in PLAIN},
        "answers": answers,
        "asked": "\n".join(said["asked"]),
        "searches": "\n".join(f"{label} | /search?{asked}" for label, asked in said["searches"]),
        "related": "\n".join(f"/questions/{slug}" for slug in said["related"]),
    }


def empty(today: date) -> dict[str, Any]:
    """What the fields of a new question hold."""
    return {"answers": [{"author": EDITORS, "reviewed_on": today}]}


def wished(filled: QuestionForm) -> dict[str, Any]:
    """What was typed, as a question says it."""
    searches = [line.partition("|") for line in _lines(filled["searches"].data)]
    return {
        **{name: filled[name].data or "" for name in PLAIN},
        "answers": [_answer(one) for one in filled["answers"].data if not one["removed"] and _is_filled(one)],
        "asked": _lines(filled["asked"].data),
        "searches": [[label.strip(), query.strip()] for label, _bar, query in searches],
        "related": [line.rstrip("/").rpartition("/")[2] for line in _lines(filled["related"].data)],
    }


def _is_filled(one: Mapping[str, Any]) -> bool:
    return bool(one["body"] or one["viewpoint"])


def _answer(one: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(one[name] or "") for name in wording.ANSWER}


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
