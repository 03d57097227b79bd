"""The stretches of an address that may be its town, and what stands beside each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from referral.places.folding import fold

Word = tuple[str, int]
"""A word of the line and which part it stands in."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the line that may be its town, and what is beside it."""

    text: str
    before: str
    """What stands before it in its part."""
    after: str
    """The same behind it."""
    others: tuple[str, ...]
    """All that is beside it, part by part."""
    is_first: bool
    """Whether it begins in the first part."""


def bare_words(text: str) -> str:
    """The words of `text` that have no digit, folded."""
    return " ".join(w for w in fold(text).split(" ") if not any(map(str.isdigit, w)))


def letters(parts: Sequence[str]) -> bool:
    """Whether there is a letter in these parts."""
    return any(map(str.isalpha, "".join(parts)))


def has_words(line: str) -> bool:
    """Whether there is a word of two letters, or one in a script that writes whole words so."""
    return any(len(word) > 1 or not word.isascii() for word in fold(line).split(" "))


def pieces(parts: list[str]) -> Iterator[Piece]:
    """Ever shorter ends of the address, then what in a part ends before its end, then starts; and what is beside."""
    words = [(word, at) for at, part in enumerate(parts) for word in part.split(" ")]
    for start in range(1, len(words)):
        yield _joined(parts, words, start, len(words))
    for start, end in _inside(words):
        yield _joined(parts, words, start, end)
    for end in range(len(words) - 1, 0, -1):
        yield _joined(parts, words, 0, end)


def _inside(words: list[Word]) -> Iterator[tuple[int, int]]:
    """From where to where in a part there is a number and the part goes on ("20122 Milano" MI), the last part first.

    Also what stands before a number in a later part ("London" 4).
    """
    starts = [at for at, (_, part) in enumerate(words) if not at or words[at - 1][1] != part]
    for first, stop in zip(reversed(starts), reversed([*starts[1:], len(words)]), strict=True):
        for end in range(stop - 1, first, -1):
            numbers = [at for at in range(first, end) if any(map(str.isdigit, words[at][0]))]
            if first and not numbers and words[end][0].isdigit():
                yield first, end
            yield from ((start, end) for start in range(first, numbers[-1] + 1 if numbers else first))


def _joined(parts: list[str], words: list[Word], start: int, end: int) -> Piece:
    """The words from `start` to `end` with the commas between their parts, and what stands beside them."""
    first, last = words[start][1], words[end - 1][1]
    before = " ".join(word for word, part in words[:start] if part == first)
    after = " ".join(word for word, part in words[end:] if part == last)
    others = (*parts[:first], *filter(None, (before, after)), *parts[last + 1 :])
    by_part = groupby(words[start:end], key=itemgetter(1))
    text = ", ".join(" ".join(word for word, _ in own) for _, own in by_part)
    return Piece(text, before, after, others, not first)
