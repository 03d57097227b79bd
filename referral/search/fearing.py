"""Fear of things, which is no fear of a person: "scared of commitment", "Angst vor der Hochzeit", "uçaktan korkuyorum".

Only words that say what is feared may stand between the fear and the thing, and nobody may be named behind it in the
same phrase: "scared of sex with him" is heard as it is. So is whatever else the line says.
"""

import re
from functools import cache

from index.folding import fold
from referral.search.losing import any_of, blocks_of
from referral.search.tokens import BREAKS, runs_of

MOST_BETWEEN = 4
"""Words between the fear and the thing."""

_COMMA = ","


def without_things(line: str) -> str:
    """The folded words of the line, a comma where a phrase ends, without fears of things."""
    folded = [word if word == _COMMA else fold(word) for word in BREAKS.sub(f" {_COMMA} ", line).split()]
    return _said().sub(" ", f" {' '.join(word for word in folded if word)} ")


@cache
def _said() -> re.Pattern[str]:
    afraid, between, persons = (any_of(words) for words in blocks_of("fearing_words.txt"))
    nobody = rf"(?= (?:(?!{persons} )[^ ,]+ )*(?:$|{_COMMA} ))"
    ahead = rf" {afraid}(?: {between}){{0,{MOST_BETWEEN}}} {any_of(runs_of('things.txt'))}{nobody}"
    behind = rf" {any_of(runs_of('things_before.txt'))}(?: {between})? {afraid}(?= )"
    return re.compile(f"(?:{ahead}|{behind})")
