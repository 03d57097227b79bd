"""Fear of losing somebody, which is no fear of them: "scared he will leave me", "Angst, dass er geht".

Only such words may stand between the fear and the loss as name who may go. Who fears to leave is in danger, and
whatever else the line says is heard as it is.
"""

import re
from functools import cache
from pathlib import Path

from index.folding import fold
from referral.search.tokens import BREAKS, runs_of

MOST_BETWEEN = 6
"""Words between the fear and the loss."""

_COMMA = ","


def without_loss(line: str) -> str:
    """The line without the words that say so; as it is where it says nothing of the kind."""
    typed = [word for word in BREAKS.sub(f" {_COMMA} ", line).split() if word == _COMMA or fold(word)]
    folded = [fold(word) or _COMMA for word in typed]
    found = _said().search(f" {' '.join(folded)} ")
    if found is None:
        return line
    begins = [1 + sum(len(word) + 1 for word in folded[:n]) for n in range(len(folded))]
    return " ".join(word for at, word in zip(begins, typed, strict=True) if not found.start() < at < found.end())


@cache
def _said() -> re.Pattern[str]:
    afraid, between, after = (any_of(words) for words in blocks_of("losing_words.txt"))
    near = rf"(?: (?:{between}|{_COMMA})){{0,{MOST_BETWEEN}}}"
    told, before = any_of(runs_of("losing.txt")), any_of(runs_of("losing_before.txt"))
    ahead = rf" {afraid}{near} {told}(?= (?:$|{_COMMA}|{after} ))"
    behind = rf"(?: {between}){{0,2}} {before}(?: {between})? {afraid}(?= )"
    return re.compile(f"(?:{ahead}|{behind})")


def blocks_of(name: str) -> tuple[frozenset[str], ...]:
    """The folded words of the blocks of a list, each under a remark."""
    blocks = re.split(r"^#.*\n", (Path(__file__).parent / name).read_text("utf-8"), flags=re.MULTILINE)
    return tuple(frozenset(map(fold, block.split())) for block in blocks[1:])


def any_of(runs: frozenset[str]) -> str:
    """Any of them, the longest first."""
    return f"(?:{'|'.join(sorted(map(re.escape, runs), key=lambda run: (-len(run), run)))})"
