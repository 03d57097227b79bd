"""What somebody probably meant by a line that finds nobody: the line that finds somebody with the fewest edits.

All its words are looked at together, known ones too: "vanse" is a word by chance, and Keith Vance is meant. For each
listing it is counted what every word costs there, so that no words need be tried side by side, and whatever is offered
finds somebody. Edits decide first, then that the words are somebody's name, then first letters, then how many have all
of them; a line with somebody's name in it may cost one edit more as a whole name. A word is put right as somebody has
written it, by no stem and no sound; one that anybody has, only to a name: who types "Maria Byrne" does not mean the
town of Bryne.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from index import spelling, texts, words
from index.arrays import Bools
from index.costing import EDIT, NEVER, NO_NAME, Costs, Line, Word
from index.part import Part
from index.signs import pieces
from index.spelling import NAME
from index.texts import Found


def meant(
    parts: Sequence[Part],
    line: str,
    each: Sequence[list[Found]],
    among: Sequence[Bools],
    *,
    only_names: bool = False,
) -> str:
    """The line with the words that were probably meant, which somebody holds `among` the rows of each part.

    `each` says who holds each piece of the line, by part. `only_names`: only where all words are one person's name.
    Empty where there is no such line.
    """
    if not any(some.any() for some in among):
        return ""
    beside_name = any(_is_borne(some) for some in each)
    found = [Line(part, at, some) for at, (part, some) in enumerate(zip(parts, among, strict=True))]
    read: list[Word] = []
    for word in _words(parts, words.typed(line), each, beside_name):
        if read and all(one.costs.min(initial=NEVER) == NEVER for one in found):
            return ""
        read.append(word)
        for one in found:
            one.add(word)
    cost = min(_least(one.costs, only_names) for one in found)
    if beside_name and (of_names := min(_least(one.costs, True) for one in found)) // EDIT <= cost // EDIT + 1:
        cost = of_names
    if not EDIT <= cost < NEVER:
        return ""
    lines: Counter[str] = Counter()
    for one in found:
        lines.update(one.lines(read, cost))
    best = min(lines, key=lambda one: (-lines[one], one))
    return best if len(best) <= words.LINE else ""


def _least(costs: Costs, only_names: bool) -> int:
    if only_names:
        costs = costs[costs // NO_NAME % (EDIT // NO_NAME) == 0]
    return int(costs.min(initial=NEVER))


def _is_borne(held: Sequence[Found]) -> bool:
    """Whether a word is somebody's name."""
    return any(int(one.levels.max(initial=0)) >= NAME for one in held)


def _words(
    parts: Sequence[Part], typed: Sequence[str], each: Sequence[list[Found]], beside_name: bool
) -> Iterator[Word]:
    """Each word, as it is come to; one whose pieces are too many to be asked for is what others leave of it."""
    held = iter(each)
    for word in typed:
        own = [some for _, some in zip(pieces(word), held, strict=False)]
        if own:
            found = texts.together(parts, own)
            is_known = any(found)
            may_be_far = beside_name and not _is_borne(found)
            nears = spelling.near(parts, word[: words.LETTERS], only_names=is_known, beside_name=may_be_far)
            yield Word(word, nears, found, is_known)
