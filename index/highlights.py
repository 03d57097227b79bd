"""A part of a text with the asked words marked, by the same analysis as the search. Pure; nothing here is markup."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial

from index import words
from index.cutting import ending, last_before, patterns
from index.folding import APOSTROPHES, fold, fold_each
from index.signs import pieces, places
from index.sounding import is_alike, skeletons

ELLIPSIS = "…"
"""Stands for what is left out."""

_TRIED = 50
"""So many matches are tried as the first of the excerpt."""


_OTHERWISE = ("ar", "he", "ru")
"""Languages whose stems may begin otherwise than the word; elsewhere most words are ruled out without their stem."""


@dataclass(frozen=True, slots=True)
class _Match:
    """A stretch of text that an asked word found."""

    begin: int
    end: int
    asked: int
    """Which of the asked words."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is looked for in a text of one language."""

    keys: Mapping[str, int]
    """By each key an asked word stands for, which of them."""
    begun: str
    """What a longer word may begin with; empty when the last is too short."""
    letters: frozenset[str]
    """What a word begins with whose stem may be one of the keys."""
    language: str
    sounds: Sequence[str] = ()
    """What a name may sound as, in another script."""

    def found(self, folded: str) -> int | None:
        """Which of the asked words finds a folded piece of text; None when none does."""
        number = self._written(" ".join((folded, *words.joined(folded))) if self.sounds else folded)
        return self._heard(folded) if number is None and self.sounds else number

    def _heard(self, folded: str) -> int | None:
        """The same of a name, by how it sounds."""
        called, alone = words.heard(folded), words.surnames(folded)
        return next(
            (n for n, one in enumerate(self.sounds) if one in alone or any(_sounds_as(one, other) for other in called)),
            None,
        )

    def _written(self, folded: str) -> int | None:
        for word in (piece for whole in folded.split() for piece in pieces(whole)):
            number = self.keys.get(word[: words.LETTERS])
            if number is None and self.begun and word.startswith(self.begun):
                number = self.keys[self.begun]
            if number is None and (word[0] in self.letters or self.language in _OTHERWISE):
                stems = words.stem_keys(word[: words.LETTERS], self.language)
                number = next((self.keys[key] for key in stems if key in self.keys), None)
            if number is not None:
                return number
        return None


def _sounds_as(one: str, other: str) -> bool:
    """Whether the index finds one by the other: what they have in common rules most out."""
    return not skeletons(one).isdisjoint(skeletons(other)) and is_alike(one, other)


class Highlighter:
    """What one typed line finds in many texts."""

    def __init__(self, asked: str) -> None:
        self._asked = cache(partial(_asked, asked))
        sounds = dict.fromkeys((*words.asked(asked), *words.asked_apart(asked)))
        self._called = replace(self._asked(""), sounds=tuple(sounds))

    def excerpt(self, text: str, language: str, length: int) -> list[tuple[str, bool]]:
        """A stretch of `text` around the asked words, as pieces and whether each is a match.

        At most `length` characters, without the ellipses where something is left out; white space shows as single
        spaces. It begins at the start of the text where nothing matches. Only a word that is longer than the whole
        excerpt is cut. `language` (ISO 639-1) is the text's, and decides its stems.
        """
        line = " ".join(text.split())
        found = list(_matches(line, self._asked(language)))
        begin, end = _stretch(line, found, length)
        return _marked(line, begin, end, found)

    def called(self, name: str) -> list[tuple[str, bool]]:
        """A name as pieces, and whether each is what was asked for: as it is written, or as it sounds."""
        return _marked(name, 0, len(name), list(_matches(name, self._called)))


def _asked(line: str, language: str) -> _Asked:
    asked = words.asked(line)
    languages = (language,) if words.can_stem(language) else ()
    keys = {key: number for number, word in enumerate(asked) for key in words.keys(word, languages)}
    begun = asked[-1] if asked and words.may_begin(asked[-1]) else ""
    letters = frozenset().union(*(words.beginnings(word, one) for word in asked for one in languages))
    return _Asked(keys, begun, letters, language if languages else "")


def _matches(line: str, asked: _Asked) -> Iterator[_Match]:
    """What the asked words found, in order."""
    pieces = line.split(" ")
    folded = fold_each(pieces)
    found = {word: number for word in set(folded) if (number := asked.found(word)) is not None}
    begin = 0
    for piece, word in zip(pieces, folded, strict=True) if found else ():
        if word in found:
            narrow = list(_narrowed(piece, begin, asked))
            yield from narrow or [_Match(begin, begin + len(piece), found[word])]
        begin += len(piece) + 1


def _narrowed(piece: str, at: int, asked: _Asked) -> Iterator[_Match]:
    """The words of a piece that were found, without what is around them; signs that stand together are one match."""
    last: _Match | None = None
    for one in _words(piece, at, asked):
        if last and one.begin < last.end:
            last = _Match(last.begin, one.end, last.asked)
            continue
        if last:
            yield last
        last = one
    if last:
        yield last


def _words(piece: str, at: int, asked: _Asked) -> Iterator[_Match]:
    """Each word, or pair of signs, of a piece that was found; of a name no signs apart."""
    for run in patterns().run.finditer(piece):
        word = run.group().rstrip(APOSTROPHES)
        for begin, end in [(0, len(word))] if asked.sounds else places(word):
            number = asked.found(fold(word[begin:end]))
            if number is not None:
                yield _Match(at + run.start() + begin, at + run.start() + end, number)


def _stretch(line: str, found: Sequence[_Match], length: int) -> tuple[int, int]:
    """Where the excerpt begins and ends: around the first matches that show the most of the asked words."""
    first, last = _most(found, length)
    if last <= length:
        return 0, ending(line, 0, length)
    word = last_before(patterns().word, line, first, 0) or 0
    earliest = max(min(word - (length - (last - word)) // 2, len(line) - length), 0)
    places = (at for at in range(earliest, word) if not at or patterns().word.match(line, at))
    begin = next(places, word)
    return begin, ending(line, begin, length)


def _most(found: Sequence[_Match], length: int) -> tuple[int, int]:
    """Where matches near each other begin and end, that are of the most asked words."""
    everything, ends, best, held = len({one.asked for one in found}), [one.end for one in found], (0, 0), 0
    for number, one in enumerate(found[:_TRIED]):
        last = max(bisect_right(ends, one.begin + length), number + 1)
        here = len({other.asked for other in found[number:last]})
        if here > held:
            best, held = (one.begin, ends[last - 1]), here
        if held == everything:
            break
    return best


def _marked(line: str, begin: int, end: int, found: Sequence[_Match]) -> list[tuple[str, bool]]:
    """The stretch in pieces."""
    pieces, at, before = [], begin, ELLIPSIS if begin else ""
    for one in found:
        if begin <= one.begin < end:
            pieces += [(before + line[at : one.begin], False), (line[one.begin : min(one.end, end)], True)]
            at, before = min(one.end, end), ""
    pieces.append((before + line[at:end] + (ELLIPSIS if end < len(line) else ""), False))
    return [piece for piece in pieces if piece[0]]
