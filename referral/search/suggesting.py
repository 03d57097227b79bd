"""What was probably meant by words that find nobody, as a link that finds somebody: "Did you mean Söderholm?".

Which words those are the index says (`index/guessing.py`); here it is decided where they are looked for, and how they
are written: as whoever is found writes them.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from index.folding import fold
from index.sounding import is_alike
from index.types import Query, Results
from referral.places.folding import spelled_out
from referral.search.asking import Asked, query
from referral.search.naming import is_plain
from referral.search.offering import Choice
from referral.search.sources import Sources
from referral.search.urls import Search, url
from referral.text import _

MOST_NAMES = 3
"""Words of somebody's name."""

_APART = re.compile(r"[\W_]+")
_ENDS = re.compile(r"^[\W_]+|[\W_]+$")


def did_you_mean(sources: Sources, asked: Asked, results: Results, words: str) -> Choice | None:
    """Somebody's name that the whole line is nearly; else near `words` who is there, else who is called so anywhere.

    None where somebody is found, or the words are usual ones.
    """
    if not words or is_plain(words):
        return None
    if len(names := sources.bearers(words)) == 1:
        return Choice(names[0], url(Search(text=names[0])))
    if name := _name(sources, asked, words):
        return Choice(name, url(Search(text=name)))
    if meant := results.did_you_mean:
        there = replace(asked.search, text=meant, page=1, after=None, typed="", and_typed="")
        said = _as_written(sources, query(replace(asked, search=there)), words)
        return Choice(said, url(replace(there, text=said)))
    is_anywhere = replace(asked.search, text="").is_empty
    said = "" if is_anywhere else anywhere(sources, words)
    if not said or not is_borne(sources, said):
        return None
    return Choice(said, url(Search(text=said))) if " " in said else as_words(said)


def is_borne(sources: Sources, words: str) -> bool:
    """Whether somebody is called by them: another word alone is no reason to give up the place and all wishes."""
    names = _own_words(sources, Query(text=words))[0]
    return all(fold(word) in names for word in words.split())


def called(sources: Sources, words: str) -> Choice | None:
    """Who is called by these few words: the one who is, else all whose listings hold them."""
    is_name = bool(words) and len(words.split()) <= MOST_NAMES and not any(c.isdigit() for c in words)
    names = sources.bearers(words) if is_name else []
    if len(names) == 1:
        return Choice(names[0], url(Search(text=names[0])))
    return as_words(words) if names else None


def as_words(words: str) -> Choice:
    """Whoever holds the words, wherever they are."""
    return Choice(_("Listings with the words “{words}”").format(words=words), url(Search(text=words)), is_words=True)


def anywhere(sources: Sources, words: str) -> str:
    """The words that were probably meant, wherever who is found may be; empty where there are none."""
    meant = sources.find(Query(text=words)).did_you_mean
    return _as_written(sources, Query(text=meant), words) if meant else ""


def _name(sources: Sources, asked: Asked, words: str) -> str:
    """The name that a whole line is nearly, a part of which was read as a place; empty where it is no name."""
    typed = asked.search.typed or (f"{words} {asked.place.name}" if asked.place else words)
    lines = dict.fromkeys((typed, *(part.strip() for part in typed.split(","))))
    return next(filter(None, (_whole_name(sources, line) for line in lines if fold(line) != fold(words))), "")


def _whole_name(sources: Sources, line: str) -> str:
    """The name of somebody who is called so, or nearly, by two words or more."""
    if not 1 < len(line.split()) <= MOST_NAMES or is_plain(line):
        return ""
    if names := sources.bearers(line):
        return names[0]
    meant = sources.find(Query(text=line)).did_you_mean
    name = _own_words(sources, Query(text=meant))[0] if meant else {}
    return _joined([word for word in name if word in meant.split()], name) if name.keys() >= set(meant.split()) else ""


def _as_written(sources: Sources, asked: Query, typed: str) -> str:
    """The words that are asked for as the best hit writes them, in the name first; else as typed, or folded."""
    name, said = _own_words(sources, asked)
    words = [word if word in name else _heard(word, name) for word in asked.text.split()]
    return _joined(words, dict(_written(typed)) | said | name)


def _heard(word: str, name: Mapping[str, str]) -> str:
    """The word of a name in another script that a folded word sounds as; else the word itself."""
    return next((own for own in name if is_alike(word, own)), word)


def _joined(words: Sequence[str], written: Mapping[str, str]) -> str:
    """The folded words as they are written, with a hyphen where they have one."""
    said, begin = [], 0
    while begin < len(words):
        ends = range(len(words), begin, -1)
        end = next((end for end in ends if " ".join(words[begin:end]) in written), begin + 1)
        folded = " ".join(words[begin:end])
        said.append(written.get(folded, folded))
        begin = end
    return " ".join(said)


def _own_words(sources: Sources, asked: Query) -> tuple[dict[str, str], dict[str, str]]:
    """The words of the best hit's name; those around what is asked for and of the town: folded -> written."""
    best = dict(sources.find(asked).hits[:1])
    for card in sources.cards(best, asked=asked.text).values():
        name = dict(_written(card.name))
        also = {fold(spelled_out(word)): word for word in name.values()}
        around = "".join(text for text, _ in card.marks)
        return also | name, dict(_written(f"{around} {card.locality}"))
    return {}, {}


def _written(text: str) -> Iterator[tuple[str, str]]:
    """Each word of a text, folded and as it is written; those with a hyphen between also one by one and as one."""
    for piece in text.split():
        whole = _ENDS.sub("", piece)
        if " " in fold(whole):
            yield fold(whole).replace(" ", ""), whole
            yield from ((fold(word), word) for word in _APART.split(whole))
        yield fold(whole), whole
