"""The questions and answers that stand on a page of results: what fits it, what was asked, what comes first."""

from referral.guidance import questions
from referral.guidance.questions import QuestionLine
from referral.model import Question
from referral.search import fits
from referral.search.sources import Sources
from referral.search.urls import Search


def guidance(sources: Sources, search: Search, total: int) -> tuple[QuestionLine, ...]:
    """The questions of whoever asks this and finds so many."""
    fitting = questions.fitting(sources.editorial.questions, fits.situations(search, total))
    return tuple(questions.line(q) for q in fitting if q.slug != search.question)


def asked(sources: Sources, search: Search) -> QuestionLine | None:
    """The question that the typed line asks."""
    found = _question(sources, search.question)
    return questions.line(found) if found else None


def related(sources: Sources, search: Search) -> tuple[QuestionLine, ...]:
    """The questions beside the one that is asked."""
    found = _question(sources, search.question)
    beside = (_question(sources, slug) for slug in (found.related if found else ()))
    return tuple(questions.line(one) for one in beside if one)


def urgent(sources: Sources, search: Search) -> QuestionLine | None:
    """What who types of violence, fear or despair should see before any list."""
    wanted = fits.urgent(search)
    return next((questions.line(q) for q in sources.editorial.questions if q.safety and wanted in q.fits), None)


def _question(sources: Sources, slug: str) -> Question | None:
    return next((q for q in sources.editorial.questions if q.slug == slug), None)
