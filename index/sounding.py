"""Whether two words of different scripts are one name: Иванов and Ivanov, כהן and Cohen, 김 and Kim.

How the letters of a script are spelled in Latin ones stands in `letters.toml`; a word is a row of letters that the
usual spellings fit. Two words of one script are never alike here, however near they are. A skeleton is what all
spellings of a name have in common, so that only the few names with the same one need be compared.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from anyascii import anyascii
from rapidfuzz.distance import OSA

from index import fitting
from index.arrays import Bools
from index.fitting import LONGEST, VOWELS, Latin, Spelled
from index.folding import fold

LETTERS = Path(__file__).with_name("letters.toml")

LATIN, OTHER = "latin", "other"

_SCRIPTS = {
    "hebrew": re.compile("[\u0590-\u05ff]"),
    "arabic": re.compile("[\u0600-\u06ff]"),
    "cyrillic": re.compile("[\u0400-\u04ff]"),
    "greek": re.compile("[\u0370-\u03ff]"),
    "korean": re.compile("[\uac00-\ud7a3]"),
    "han": re.compile("[\u3400-\u9fff]"),
}

SCRIPTS = (LATIN, *_SCRIPTS, OTHER)

_BARE = ("hebrew", "arabic")
"""Scripts that leave vowels out."""

_SYLLABIC = ("korean", "han")
"""Scripts with a sign for each syllable."""

LONGEST_OF_SIGNS, MOST = 4, 16
"""Signs of a name, and skeletons of one."""

_TWICE = re.compile(r"([^aeiouy])\1+")
_ALIKE = str.maketrans(
    {"d": "t", **dict.fromkeys("cgkqsxz", "k"), **dict.fromkeys("bpfvw", "b"), **dict.fromkeys("aehijouy", "-")}
)
"""Of the letters that one sound is spelled by only the kind is left: of the throat and hissed, of the lips, vowels."""

_HISSED, _BETWEEN = re.compile("t(?=k)"), re.compile("-(?=.)")

_LONGEST_RUN = 5


@lru_cache(maxsize=8192)
def script(word: str) -> str:
    """The script of a folded word."""
    if word.isascii():
        return LATIN
    return next((name for name, letters in _SCRIPTS.items() if letters.search(word)), OTHER)


def is_latin(word: str) -> bool:
    """Whether a folded word is in Latin letters."""
    return script(word) == LATIN


def is_bare(word: str) -> bool:
    """Whether a folded word is in a script that leaves vowels out."""
    return script(word) in _BARE


def has_letters(word: str) -> bool:
    """Whether a folded word is in a script known here that writes sounds and not syllables."""
    return script(word) not in (*_SYLLABIC, OTHER)


def heard(word: str) -> list[str]:
    """What a folded word of a name may be: itself; 김민수 also 김 and 민수, and each sign alone."""
    return list(dict.fromkeys([word, word[0], word[1:], *word])) if surname(word) else [word]


def surname(word: str) -> str:
    """The surname in a folded word that may be a whole name, 유 of 유성민; empty where its script writes it apart."""
    return word[0] if script(word) in _SYLLABIC and 1 < len(word) <= LONGEST_OF_SIGNS else ""


def parted(word: str) -> list[str]:
    """A folded word as surname and given name, where its script writes both as one."""
    return [word[0], word[1:]] if script(word) in _SYLLABIC and 2 < len(word) <= LONGEST_OF_SIGNS else [word]


@lru_cache(maxsize=8192)
def skeletons(word: str) -> frozenset[str]:
    """What the spellings of a folded word have in common; several where a letter is spelled in very other ways."""
    begun = {""}
    after = "-" if script(word) in _BARE else ""
    for spellings in _spelled(word):
        each = {spelled.replace("+", "-").translate(_ALIKE) + after for spelled in spellings}
        begun = set(sorted({_bare(one + other) for one in begun for other in each})[: 2 * MOST])
    return frozenset(sorted({one.rstrip("-") for one in begun})[:MOST])


def _bare(alike: str) -> str:
    """Only the kinds of consonants, and the last sign, on which it depends what becomes of the next."""
    return _BETWEEN.sub("", _HISSED.sub("", re.sub(r"(.)\1+", r"\1", alike)))


def is_alike(one: str, other: str) -> bool:
    """Whether two folded words are one name in different scripts."""
    return script(one) != script(other) and (_is_spelled(one, other) or _is_spelled(other, one))


def alike(word: str, others: Iterable[str]) -> list[str]:
    """Those of other folded words that are one name with `word` in another script."""
    own, latin = script(word), fitting.one(_latin(word))
    return [
        other
        for other in others
        if script(other) != own
        and ((script(other) != LATIN and _fits(other, latin)) or (own != LATIN and _is_spelled(word, other)))
    ]


def without_a_letter(word: str) -> list[str]:
    """A folded word, and the same with one letter less."""
    return list(dict.fromkeys([word, *(word[:at] + word[at + 1 :] for at in range(len(word)))]))


def is_spelled_nearly(word: str, other: str) -> bool:
    """Whether the usual spellings of two folded words in Latin letters differ in one at most."""
    return OSA.distance(_latin(word), _latin(other), score_cutoff=1) <= 1


def _is_spelled(word: str, other: str) -> bool:
    """Whether `other`, read in Latin letters, is a spelling of `word`."""
    return script(word) != LATIN and bool(_fits(word, fitting.one(_latin(other))))


def which(word: str, names: Latin) -> Bools:
    """Which of many Latin names are spellings of a folded word in another script."""
    return np.broadcast_to(_fits(word, names), np.shape(names.sizes))


def may_be_spelled(word: str, names: Latin) -> Bools:
    """Which of many Latin names may be the usual spelling of a folded word but for a letter."""
    return fitting.is_about(_latin(word), names)


def _fits(word: str, latin: Latin) -> Bools | bool:
    name = script(word)
    is_bare = name in _BARE
    return fitting.fits(_spelled(word), latin, is_bare=is_bare, may_be_mute=is_bare or name == "cyrillic")


@lru_cache(maxsize=8192)
def _latin(word: str) -> str:
    """A folded word by the first spelling of each of its letters."""
    if script(word) == LATIN:
        return _TWICE.sub(r"\1", word[:LONGEST])
    return _TWICE.sub(r"\1", "".join(spellings[0].strip("+") for spellings in _spelled(word)))


@lru_cache(maxsize=8192)
def _spelled(word: str) -> Spelled:
    """How each letter of a folded word is spelled, the longest runs first; a doubled one counts once."""
    name, rest = script(word), word[:LONGEST]
    known, found = _letters().get(name, {}), list[tuple[str, ...]]()
    while rest:
        run, spelled = _run(rest, known, "" if found else "^") or (rest[0], _by_rule(rest[0], name))
        if name in _BARE or found[-1:] != [spelled] or spelled[0][:1] in VOWELS:
            found.append(spelled)
        rest = rest[len(run) :]
    return tuple(found)


def _run(rest: str, known: Mapping[str, tuple[str, ...]], before: str) -> tuple[str, tuple[str, ...]] | None:
    """The longest run of letters that `rest` begins with, and its spellings; None where the table has none."""
    for n in range(_LONGEST_RUN, 0, -1):
        run, after = rest[:n], "" if rest[n:] else "$"
        for key in (*([before + run] if before else ()), run + after, run):
            if key in known:
                return run, known[key]
    return None


def _by_rule(letter: str, script: str) -> tuple[str, ...]:
    """The spellings of a letter that the table does not have."""
    latin = _romanized(letter)
    is_syllable = script == "korean" and _SCRIPTS[script].match(letter)
    return tuple(dict.fromkeys([latin, *_by_sounds(letter, latin)])) if is_syllable else (latin,)


def _romanized(letter: str) -> str:
    return "".join(fold(anyascii(letter)).split())


def _by_sounds(syllable: str, latin: str) -> Iterable[str]:
    """The spellings of a Korean syllable by its sounds; its last consonant is as the rule has it."""
    begin, vowel, *end = list(unicodedata.normalize("NFD", syllable))
    last = latin.removeprefix(_romanized(unicodedata.normalize("NFC", begin + vowel))) if end else ""
    known = _letters()["korean_sounds"]
    begins, vowels = (known.get(sound) or (_romanized(sound),) for sound in (begin, vowel))
    return (one + other + last for one in begins for other in vowels)


@cache
def _letters() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Script -> letter or run of letters -> its spellings, doubled consonants once."""
    told = tomllib.loads(LETTERS.read_text("utf-8"))
    return {
        script: {
            _folded(run): tuple(_TWICE.sub(r"\1", one.strip("-")) for one in some.split()) for run, some in runs.items()
        }
        for script, runs in told.items()
    }


def _folded(run: str) -> str:
    """A run of the table as it is folded, with its signs for beginning and end."""
    return f"{'^' * run.startswith('^')}{fold(run)}{'$' * run.endswith('$')}"
