"""What other approaches than Imago are called, long and short: who writes of one name is found by the others too."""

import csv
import re
from functools import cache
from pathlib import Path

from index.folding import fold

_LIST = Path(__file__).parent / "approaches.csv"


def named_in(text: str) -> str:
    """All names of every approach that `text` names; empty when it names none. EFT, for who writes of it in full."""
    return " ".join(dict.fromkeys(_groups()[name] for name in found_in(text)))


def found_in(text: str) -> list[str]:
    """The approaches that `text` names, as it names them, folded."""
    folded = fold(text)
    if _telling().isdisjoint(folded.split(" ")):  # most name none: asking so is ten times faster
        return []
    return list(_names().findall(f" {folded} "))


@cache
def _groups() -> dict[str, str]:
    """Folded name -> all names of that approach, each word once."""
    with _LIST.open(encoding="utf-8", newline="") as file:
        rows = [tuple(map(fold, row["names"].split(";"))) for row in csv.DictReader(file)]
    return {name: " ".join(dict.fromkeys(" ".join(names).split())) for names in rows for name in names}


@cache
def _telling() -> frozenset[str]:
    """The longest word of every name: the rarest, as "therapy" stands in most."""
    return frozenset(max(name.split(" "), key=len) for name in _groups())


@cache
def _names() -> re.Pattern[str]:
    """Any name as whole words, the longest first."""
    longest = sorted(_groups(), key=len, reverse=True)
    return re.compile(f"(?<= )({'|'.join(map(re.escape, longest))})(?= )")
