"""The engines that are compared, each behind the same few functions. None of this is part of the product."""

from collections.abc import Callable, Mapping, Sequence

from index.types import Query, Results

Answer = tuple[int, Sequence[int], Mapping[str, int]]
"""The whole answer: exact total, the first 20 listings in order, term -> how many have it."""

Ask = Callable[[Query], object]


class Engine:
    """What an engine has in common with the others."""

    name = ""

    def asks(self, kind: str) -> Ask | None:
        """How a class of questions is answered; None where the engine has no such thing."""
        raise NotImplementedError

    def plain(self, answer: object) -> Answer:
        """The answer as it can be compared; called by checks only, never timed."""
        if isinstance(answer, Results):
            counts = {term: n for held in answer.counts.values() for term, n in held.items()}
            return answer.total, [id for id, _km in answer.hits], counts
        return answer  # type: ignore[return-value]  # every other engine answers with one

    def close(self) -> None:
        """Give back what was taken; nothing by default."""
