"""Networks, questions and workshops, kept in memory until somebody writes one: they change by the day or the month."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

from sqlalchemy.orm import Session

from referral.guidance import questions
from referral.guidance.finding import Titles
from referral.model import Network, Question
from referral.networks import areas
from referral.networks.areas import NetworkLine
from referral.text import Voice, voice
from referral.workshops.upcoming import Upcoming, load


@dataclass(frozen=True, slots=True)
class Kept:
    """What the editors have published, as of one moment; read only."""

    content: int
    """The change clock's count of what is not a listing."""
    networks: Sequence[Network]
    questions: Sequence[Question]
    """Without their answers, in the order of the page."""
    upcoming: Upcoming = field(default_factory=Upcoming)
    """The workshops that are announced."""
    titles: Titles = field(default_factory=Titles)
    """The words of the questions."""
    _lines: dict[tuple[Voice, str], tuple[NetworkLine, ...]] = field(default_factory=dict, compare=False)

    def network_lines(self, area: str, names: Callable[[str], str]) -> tuple[NetworkLine, ...]:
        """The networks to ask in `area` (ISO 3166-1 or -2), as lists show them; worked out once a language."""
        key = (voice(), area)
        found = self._lines.get(key)
        if found is None:
            found = self._lines[key] = tuple(_network_lines(self.networks, area, names))
        return found


def _network_lines(networks: Sequence[Network], area: str, names: Callable[[str], str]) -> Iterator[NetworkLine]:
    responsible = areas.networks_for(networks, area)
    yield from (areas.line(n, names) for n in responsible.own)
    yield from (areas.line(n, names, fallback=True) for n in responsible.fallback)


class Editorial:
    """The newest of it, shared by the threads of a process."""

    def __init__(self) -> None:
        self._kept: Kept | None = None
        self._lock = Lock()

    def read(self, session: Session, content: int, now: datetime) -> Kept:
        """Everything, as `session` sees it, whose change clock shows `content`; of workshops what is not over `now`."""
        kept = self._kept
        if kept is None or kept.content != content:
            asked = questions.all_questions(session)
            kept = Kept(content, areas.all_networks(session), asked, load(session, now), Titles(asked))
            for one in (*kept.networks, *kept.questions, *kept.upcoming):
                session.expunge(one)
            with self._lock:
                self._kept = kept
        return kept
