"""Whether an engine's answers are those of the plain arrays: only who answers right is timed.

Exact: the total and the counts of all terms. Ours must find what the arrays find by the words' stems and beginnings;
the others, which know neither, what the arrays find by the words as typed. Exceptions: a circle's edge is rounded to
metres by us and not by others, so one listing may lie on either side; misspelt words are answered in different ways, so
only ours is compared; hits are compared in number, and in order between ours and the arrays where no words are asked.
"""

from collections.abc import Iterator

from bench.engines import Answer, Engine
from bench.engines.arrays import Arrays
from bench.engines.ours import Ours
from bench.queries import TEXT
from index.types import Query, Results

CHECKED = 40
"""Questions of each class."""

SLOW = 3
"""Of Whoosh only so many: it takes up to a second for each."""


def right(kind: str, engines: list[Engine], queries: list[Query]) -> Iterator[Engine]:
    """Those whose answers agree; a line on the terminal for each that does not."""
    floor = engines[0]
    assert isinstance(floor, Arrays)
    for engine in engines:
        if engine.asks(kind) is None:
            continue
        checked = queries[: SLOW if engine.name.startswith("whoosh") else CHECKED]
        wrong = [why for query in checked if (why := _wrong(kind, floor, engine, query))]
        if wrong:
            print(f"  {engine.name} is left out of “{kind}”: {len(wrong)} of {len(checked)} wrong, such as {wrong[0]}")
        else:
            yield engine


def _wrong(kind: str, floor: Arrays, engine: Engine, query: Query) -> str:
    """What is wrong with one answer; empty when nothing is."""
    asks, ask = floor.asks(kind), engine.asks(kind)
    if asks is None or ask is None or engine is floor:
        return ""
    if kind == "typo":
        return _misspelt(asks(query), ask(query), query)
    answer = engine.plain(ask(query))
    literal = kind in TEXT and not isinstance(engine, Ours)
    expected = floor.exactly(kind, query) if literal else floor.plain(asks(query))
    off = abs(expected[0] - answer[0])
    if off > (1 if query.circles else 0):
        return f"{answer[0]} instead of {expected[0]} for {query}"
    if len(answer[1]) != min(20, answer[0]) or len(set(answer[1])) != len(answer[1]):
        return f"{len(answer[1])} hits of {answer[0]} for {query}"
    if isinstance(engine, Ours) and kind not in TEXT and not off and expected[1] != answer[1]:
        return f"another order for {query}"
    return _miscounted(expected, answer, query, off)


def _miscounted(expected: Answer, answer: Answer, query: Query, off: int) -> str:
    """A facet combined by `any` ignores its own choices in our answers only: with choices, counts are not compared."""
    if query.terms:
        return ""
    terms = [
        term for term in {*expected[2], *answer[2]} if abs(expected[2].get(term, 0) - answer[2].get(term, 0)) > off
    ]
    return f"other counts of {', '.join(terms[:3])} for {query}" if terms else ""


def _misspelt(expected: object, answer: object, query: Query) -> str:
    if isinstance(answer, Results) and not answer.total and answer.did_you_mean != expected:
        return f"{answer.did_you_mean!r} instead of {expected!r} for {query.text}"
    return ""
