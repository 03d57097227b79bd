"""Usual words of the languages people type here, which say something else than where somebody is."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from index.folding import fold
from index.words import stop_words
from referral import terms

_FOLDER = Path(__file__).parent


_HEADS = {
    "en": "english", "de": "deutsch", "fr": "francais", "es": "espanol", "da": "dansk", "no": "dansk", "sv": "dansk",
    "nl": "nederlands", "tr": "turkce", "it": "italiano", "pt": "portugues", "hu": "magyar",
}  # fmt: skip
"""Language → what it is called above its words."""


_ALL = "all"
"""The first word above words of several languages, which are usual in a line of any of them."""


def words_of(path: Path) -> frozenset[str]:
    """The folded words of a list; a line that begins with # is a remark."""
    return frozenset[str]().union(*_by_language([path]).values())


def _by_language(paths: Iterable[Path]) -> Mapping[str, frozenset[str]]:
    """The folded words of lists under the first word of the remark above them, which names their language."""
    found: dict[str, set[str]] = defaultdict(set)
    language = ""
    for line in (line for path in paths for line in path.read_text("utf-8").splitlines()):
        if line.startswith("#"):
            language = fold(line).partition(" ")[0]
        else:
            found[language].update(map(fold, line.split()))
    shared = found.pop(_ALL, set())
    return {name: frozenset((words | shared) - {""}) for name, words in found.items()}


NOISE = words_of(_FOLDER / "noise.txt")
"""Words that every search here could hold: they narrow nothing."""

EVERYDAY = words_of(_FOLDER / "everyday.txt")
"""Words that are likelier themselves than the small or far place of that name: male, hate, love, home."""

PEOPLE = words_of(_FOLDER / "people.txt")
"""Words for the two of a couple: who, and whose."""


def is_plain(line: str) -> bool:
    """Whether all words are usual ones of one language, or of our terms: spelled right, they misspell no name."""
    return _are_in(line, _plain(), _ours())


def is_usual(word: str) -> bool:
    """Whether the folded word only holds others together in some language: of everyday words many are names, too."""
    return word in _usual()


def says_little(line: str) -> bool:
    """Whether they only hold others together or ask for somebody: "near me", "in der Stadt"."""
    return _are_in(line, _little())


def _are_in(line: str, known: Mapping[str, frozenset[str]], beside: frozenset[str] = frozenset()) -> bool:
    words = fold(line).split(" ")
    return bool(words[0]) and any(one.issuperset(set(words) - beside) for one in known.values())


@cache
def _little() -> Mapping[str, frozenset[str]]:
    found = dict(_by_language([_FOLDER / "noise.txt", _FOLDER / "usual.txt"]))
    for language, head in _HEADS.items():
        found[head] |= stop_words(language)
    return found


@cache
def _plain() -> Mapping[str, frozenset[str]]:
    """With everyday words."""
    everyday = _by_language([_FOLDER / "everyday.txt"])
    return {name: words | everyday.get(name, frozenset()) for name, words in _little().items()}


@cache
def _usual() -> frozenset[str]:
    return frozenset().union(*_little().values())


@cache
def _ours() -> frozenset[str]:
    """The words of our terms, in whatever language."""
    return frozenset(word for name in terms.names() for word in name.split(" "))
