"""The questions people ask, and one question with its answers."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, Response, abort, make_response, render_template

from referral.guidance import questions, translations
from referral.guidance.hotlines import hotlines
from referral.guidance.questions import QuestionLine
from referral.listings import published
from referral.model import Answer, Question
from referral.text import _, at, language
from referral.web import anyone, bias, session

views = Blueprint("guidance", __name__)

LEAVE_URL = "https://www.wikipedia.org/"
"""Where "leave this page quickly" leads: a page nobody asks about."""


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
    adapted_from: str


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
    answers: list[AnswerView]
    related: list[QuestionLine]
    searches: list[tuple[str, str]]
    """(label, link)."""


@views.get("/questions")
@anyone
def index() -> str:
    """List the questions by topic."""
    every = [questions.line(q) for q in questions.all_questions(session())]
    topics = [(id, label, [q for q in every if q.topic == id]) for id, label in questions.topics().items()]
    return render_template("guidance/index.html", topics=[t for t in topics if t[2]])


@views.get("/questions/<slug>")
@anyone
def question(slug: str) -> Response:
    """Show one question with its attributed answers; 404 when there is none."""
    found = questions.question(session(), slug)
    if found is None:
        abort(404)
    numbers = hotlines(bias()) if found.safety else []
    page = render_template("guidance/question.html", question=_view(found), hotlines=numbers, leave_url=LEAVE_URL)
    return make_response(page)


def _view(found: Question) -> QuestionView:
    related = [questions.line(q) for q in questions.by_slug(session(), found.related)]
    text, head = translations.here(found), translations.headline(found)
    labels = text.searches if text else [label for label, _query in found.searches]
    searches = [(label, at(f"/search?{query}")) for label, (_old, query) in zip(labels, found.searches, strict=False)]
    words = [(viewpoint, body, head.language) for viewpoint, body in text.answers] if text else []
    words += [(a.viewpoint, a.body, found.language) for a in found.answers[len(words) :]]
    answers = [_answer(a, *said) for a, said in zip(found.answers, words, strict=False)]
    whole = all(answer.language == language() for answer in answers)
    reviewed = text is None or text.reviewed
    return QuestionView(
        head.title, head.short, head.language, whole, reviewed, found.safety, answers, related, searches
    )


def _answer(answer: Answer, viewpoint: str, body: str, language: str) -> AnswerView:
    author = published.load(session(), [answer.listing_id]) if answer.listing_id else []
    return AnswerView(
        viewpoint,
        language,
        body,
        _(answer.author),
        answer.author_credentials,
        at(f"/therapists/{author[0].slug}") if author else "",
        answer.reviewed_on,
        answer.adapted_from,
    )
