"""Networks and questions, kept in memory until somebody writes one: they change by the month."""

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock

from sqlalchemy.orm import Session

from referral.guidance import questions
from referral.model import Network, Question
from referral.networks import areas


@dataclass(frozen=True, slots=True)
class Kept:
    """What the editors have published, as of one moment; read only."""

    content: int
    """The change clock's count of what is not a listing."""
    networks: Sequence[Network]
    questions: Sequence[Question]
    """Without their answers, in the order of the page."""


class Editorial:
    """The newest of it, shared by the threads of a process."""

    def __init__(self) -> None:
        self._kept: Kept | None = None
        self._lock = Lock()

    def read(self, session: Session, content: int) -> Kept:
        """Everything, as `session` sees it, whose change clock shows `content`."""
        kept = self._kept
        if kept is None or kept.content != content:
            kept = Kept(content, areas.all_networks(session), questions.all_questions(session))
            for one in (*kept.networks, *kept.questions):
                session.expunge(one)
            with self._lock:
                self._kept = kept
        return kept
