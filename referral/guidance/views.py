"""The questions people ask, and one question with its answers."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for

from referral.guidance import answers, counts, drawings, questions, translations
from referral.guidance.hotlines import LEAVE_URL, for_who_reads
from referral.guidance.questions import QuestionLine
from referral.guidance.topics import topics
from referral.listings import cards, published
from referral.model import OwnAnswer, Question, QuestionText
from referral.text import DEFAULT, _, at, language, listed
from referral.web import anyone, session, today, visitors_country, writing
from referral.web.limits import count_here

views = Blueprint("guidance", __name__)

NEEDED = "20 per 1 hour"
"""Answers to "was this what you needed?" from one address."""


@dataclass(frozen=True, slots=True)
class AnswerView:
    """One answer with who gives it."""

    viewpoint: str
    language: str
    """What viewpoint and body are in."""
    body: str
    """Markdown."""
    author: str
    author_credentials: str
    author_url: str
    """The author's own listing, while it is public; else empty."""
    reviewed_on: date
    adapted_from: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """The drawing of a question."""

    drawing: str
    alt: str
    caption: str
    language: str
    """What alt and caption are in."""


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question as its page shows it."""

    title: str
    short: str
    language: str
    """What title and short answer are in."""
    is_translated: bool
    """Whether all of it is in the language of the moment."""
    is_reviewed: bool
    """Whether a native speaker has read the translation."""
    safety: bool
    figure: Figure | None
    answers: list[AnswerView]
    own: list[AnswerView]
    """Of people listed here, under their own names."""
    related: list[QuestionLine]
    searches: list[tuple[str, str]]
    """(label, link)."""


@views.get("/questions")
@anyone
def index() -> str:
    """List the questions by topic."""
    every = [questions.line(q) for q in questions.all_questions(session())]
    groups = [(id, label, [q for q in every if q.topic == id]) for id, label in topics().items()]
    return render_template("guidance/index.html", topics=[t for t in groups if t[2]])


@views.get("/questions/<slug>")
@anyone
def question(slug: str) -> Response:
    """Show one question with its attributed answers; 404 when there is none."""
    found = questions.question(session(), slug)
    if found is None:
        abort(404)
    return make_response(page(found, _own(found.id)))


@views.post("/questions/<slug>/needed")
@anyone
def needed(slug: str) -> Response:
    """Count whether it was what somebody needed; nothing is kept of who said so."""
    found = questions.question(session(), slug)
    said = request.form.get("needed")
    if found is None or said not in ("yes", "no"):
        abort(404 if found is None else 400)
    count_here(NEEDED, "needed")
    with writing() as here:
        counts.note(here, found.id, said == "yes", today())
        here.commit()
    return make_response(redirect(url_for("guidance.thanks", slug=slug), 303))


@views.get("/questions/<slug>/thanks")
@anyone
def thanks(slug: str) -> str:
    """Thank for it, and show ways on."""
    found = questions.question(session(), slug)
    if found is None:
        abort(404)
    return render_template("guidance/thanks.html", question=questions.line(found), onwards=_related(found))


def page(found: Question, own: list[AnswerView], preview: bool = False) -> str:
    """The page of a question; a preview asks nothing of its reader."""
    numbers = for_who_reads(found.fits, visitors_country()) if found.safety else []
    told = {"question": view(found, own), "hotlines": numbers, "leave_url": LEAVE_URL}
    return render_template("guidance/question.html", **told, slug="" if preview else found.slug)


def view(found: Question, own: list[AnswerView]) -> QuestionView:
    """The question in the language of the moment, in English what nobody has translated."""
    text, head = translations.here(found), translations.headline(found)
    given = _answers(found, text)
    return QuestionView(
        title=head.title,
        short=head.short,
        language=head.language,
        is_translated=all(answer.language == language() for answer in given),
        is_reviewed=text is None or text.reviewed,
        safety=found.safety,
        figure=_figure(found, text),
        answers=given,
        own=own,
        related=_related(found),
        searches=_searches(found, text),
    )


def _related(found: Question) -> list[QuestionLine]:
    return [questions.line(q) for q in questions.by_slug(session(), found.related)]


def _searches(found: Question, text: QuestionText | None) -> list[tuple[str, str]]:
    here = text.searches if text else []
    pairs = zip([*here, *[""] * len(found.searches)], found.searches, strict=False)
    return [(said or label, at(f"/search?{query}")) for said, (label, query) in pairs]


def _answers(found: Question, text: QuestionText | None) -> list[AnswerView]:
    here = [*(text.answers if text else []), *[[]] * len(found.answers)]
    given = []
    for one, said in zip(found.answers, here, strict=False):
        spoken = text.language if text and said else found.language
        viewpoint, body = said or (one.viewpoint, one.body)
        given.append(AnswerView(viewpoint, spoken, body, _(one.author), "", "", one.reviewed_on, one.adapted_from))
    return given


def _figure(found: Question, text: QuestionText | None) -> Figure | None:
    """The drawing with words in the language of the moment: what it always shows, where the question says no more."""
    if not found.drawing:
        return None
    said = text if text is not None else found if language() == DEFAULT else None
    alt, caption = (said.alt, said.caption) if said is not None else ("", "")
    return Figure(found.drawing, alt or drawings.shown(found.drawing), caption, language())


def _own(question_id: int) -> list[AnswerView]:
    """What people listed here answer, those in the language of the moment first; who is not seen now is left out."""
    rows = answers.published(session(), question_id)
    seen = {one.id: one for one in published.load(session(), [row.listing_id for row in rows])}
    told = [own_answer(row, cards.card(seen[row.listing_id], today())) for row in rows if row.listing_id in seen]
    return sorted(told, key=lambda one: one.language != language())


def own_answer(row: OwnAnswer, author: cards.Card) -> AnswerView:
    """An answer under the name of its author: called what they may be called, with the levels somebody has verified."""
    verified = [one.label for one in author.credentials if one.verified_on is not None]
    day = (row.decided_at or row.made_at).date()
    return AnswerView("", row.language, row.body, author.name, listed((author.role_label, *verified)), author.url, day)
