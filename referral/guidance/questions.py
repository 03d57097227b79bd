"""Questions with their attributed answers: loaded from texts, found by topic and by what fits a search."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """A question, as a list shows it."""

    slug: str
    url: str
    title: str
    short: str
    topic: str
