"""A typed line becomes a search: which part is a place, which a language or topic, which a name.

Each way to read the line has a cost, and the cheapest wins: a place or term that is meant exactly costs nothing,
a correction costs a little, words that only the text search can use cost more. Nothing is guessed in silence:
what was corrected, what else it could mean and what was not understood all come back with the reading.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from index.folding import fold
from referral import terms
from referral.places import distance
from referral.places.store import Store
from referral.places.types import Found, Place
from referral.search import guessing, sentence
from referral.search.cheapest import cheapest
from referral.search.exactly import Exactly
from referral.search.guessing import is_guess
from referral.search.piece import LARGE, Piece
from referral.search.pieces import is_told, pieces
from referral.search.placing import KNOWN_AS_NAME, is_called
from referral.search.reaching import Reach, point, reach
from referral.search.tokens import Token, joined, tokens, without_noise
from referral.search.torn import whole_again
from referral.search.urls import Search, clean
from referral.terms import Term

WORD = 4
"""A usual word of so many letters may be a town of that name, standing alone."""

TITLES = frozenset("dr doctor mr mrs ms prof doktor herr frau mme sra sr".split())
"""Words before a name."""

COORDINATES = 8
"""Words that coordinates take at most: "41° 52′ 55″ N, 87° 37′ 40″ W"."""


class Places(Protocol):
    """What a reading needs of the gazetteer."""

    store: Store
    """Where it keeps its names: many runs of words are looked up for one line."""

    def find(self, line: str, *, country: str | None = None, limit: int = 6) -> list[Found]:
        """The places a line may mean, best first."""
        ...

    def choices(self, found: Sequence[Found]) -> list[Place]:
        """What else the line may mean, when that has to be said."""
        ...


def nobody_knows(words: str) -> bool:
    """For who has no listings at hand."""
    return False


@dataclass(frozen=True, slots=True)
class _Looking:
    """Where a reading looks."""

    places: Places
    country: str | None
    known: Callable[[str], bool]
    exactly: Exactly


@dataclass(frozen=True, slots=True)
class Reading:
    """What a typed line was understood as."""

    search: Search
    found: Found | None = None
    """The place, with how it was matched."""
    choices: tuple[Place, ...] = ()
    """Other places the line may mean."""
    unread: str = ""
    """Words left for the text search: names, or nothing we know."""
    words: str = ""
    """The line as words, where it names a small town and is held by somebody's listing too."""
    left_out: tuple[str, ...] = ()
    """What the line says is not wished, as it was typed: a search cannot leave people out by it."""
    aside: str = ""
    """The words of a sentence that nobody could be found by."""
    misread: str = ""
    """The words that the place was made of, where they are misspelt and not the whole line."""

    @property
    def is_certain(self) -> bool:
        """Whether a large place was named as it is written."""
        return self.found is not None and not is_guess([self.found]) and self.found.place.population >= LARGE


def read(
    line: str, places: Places, *, country: str | None = None, known: Callable[[str], bool] = nobody_knows
) -> Reading:
    """The cheapest reading of `line`; `country` (ISO 3166-1) is where a bare name is first looked for.

    `known` says whether somebody's listing holds some words: a therapist's name is no misspelt town.
    """
    typed = clean(line)
    far = reach(typed)
    if far.radius is None:
        return _read(typed, places, country, known)
    found = _read(far.rest, places, country, known)
    return replace(found, search=_within(found.search, far, found.found, typed))


def _within(search: Search, far: Reach, found: Found | None, typed: str) -> Search:
    """The search within that distance, in its unit where that is not the usual one there."""
    search = replace(search, typed=typed) if search.typed else search
    if found is None or search.area:
        return search
    return replace(search, radius=far.radius, unit="" if distance.unit(found.place.country) == far.unit else far.unit)


def _read(typed: str, places: Places, country: str | None, known: Callable[[str], bool]) -> Reading:
    """The same of a line that says no distance; coordinates beside other words are where it is."""
    where, rest = point(typed)
    found = places.find(where) if where else []
    if not found or found[0].place.kind != "point":
        return _read_words(typed, places, country, known)
    other = _read_words(rest, places, country, known)
    return other if other.found else replace(other, found=found[0], search=placed(other.search, found[0].place))


def _read_words(typed: str, places: Places, country: str | None, known: Callable[[str], bool]) -> Reading:
    """The same of a line of words."""
    words = tokens(typed, country)
    looking = _Looking(places, country, known, Exactly(places.store, country))
    if not (without_noise(words) or is_told(words) or (words and words[-1].is_code) or _is_town(words, looking)):
        return Reading(Search())
    whole = _whole(typed, words, looking)
    if whole:
        found = _reading(typed, (), whole, "", places)
        small = whole[0].place.population < LARGE and not whole[0].place.area
        return replace(found, words=typed) if small and whole[0].match == "exact" and known(typed) else found
    return _in_parts(typed, words, looking)


def _is_town(words: Sequence[Token], looking: _Looking) -> bool:
    """Whether the one word of the line is a usual one, and a large town ("Nice") or in capitals ("OR")."""
    if len(words) != 1:
        return False
    found = looking.exactly.find(words[0].typed) if len(words[0].typed) >= WORD else []
    return words[0].typed.isupper() or (bool(found) and found[0].place.population >= LARGE)


def _whole(typed: str, words: Sequence[Token], looking: _Looking) -> list[Found]:
    """The places the line as a whole is the exact name of; a small one is compared with what it may misspell."""
    named = looking.exactly.find(typed)
    if named and len(words) == 1 and words[0].is_everyday and not is_called(typed, named[0]):
        return []
    if not named and not _is_point(typed, words):
        return []
    found = looking.places.find(typed, country=looking.country)
    if not found or (is_guess(found) and not named) or _means_a_term(typed, found[0].place):
        return []
    return found


def _is_point(typed: str, words: Sequence[Token]) -> bool:
    """Whether the line may be coordinates or a postcode, which are looked up as a whole."""
    return any(c.isdigit() for c in typed) and len(words) <= COORDINATES


def _means_a_term(typed: str, place: Place) -> bool:
    """Whether the whole line is the name of a term, and the place of that name is a small one."""
    return bool(terms.find(typed)) and place.kind not in ("country", "region") and place.population < LARGE


def _in_parts(typed: str, words: Sequence[Token], looking: _Looking) -> Reading:
    """The cheapest of all ways to read the words; then a guess at what is still unread."""
    read = cheapest(words, pieces(words, looking.exactly, looking.known))
    read = whole_again(words, read, looking.places, looking.country, looking.known)
    left_out = tuple(joined(words[p.start : p.end]) for p in read if p.kind == "not")
    if not left_out:
        return _understood(typed, words, read, looking)
    known = _understood(typed, words, read, replace(looking, known=nobody_knows))
    return replace(known, left_out=left_out, search=replace(known.search, typed=typed))


def _understood(typed: str, words: Sequence[Token], read: Sequence[Piece], looking: _Looking) -> Reading:
    """What the pieces say together."""
    chosen = tuple(dict.fromkeys(p.term for p in read if p.term))
    town = next((p for p in read if p.kind == "place"), None)
    is_understood = all(p.kind not in ("text", "name") for p in read)
    if not chosen and not (town and is_understood and not town.is_shy) and looking.known(typed):
        return _held(typed, words, town if is_understood else None, looking)
    if is_understood:
        plain = _reading(typed, chosen, list(town.found) if town else [], "", looking.places)
    else:
        plain = _with_unread(typed, words, read, chosen, town, looking)
    misspelt = town is not None and town.found[0].corrected and plain.found == town.found[0]
    return replace(plain, misread=joined(words[town.start : town.end])) if town and misspelt else plain


def _held(typed: str, words: Sequence[Token], town: Piece | None, looking: _Looking) -> Reading:
    """The reading of a line that somebody's listing holds: its words, and the small town it may mean is a choice.

    The other way round for a known town of the visitor's country: "Paartherapie Leer". After a title a name comes.
    """
    if town is None:
        return _reading(typed, (), [], typed, looking.places)
    is_titled = any(fold(token.typed) in TITLES for token in words)
    place = town.found[0].place
    if place.country == looking.country and place.population >= KNOWN_AS_NAME and not is_titled:
        return replace(_reading(typed, (), list(town.found), "", looking.places), words=typed)
    held = _reading(typed, (), [], typed, looking.places)
    return replace(held, choices=(place,), search=replace(held.search, typed=typed))


def _with_unread(
    typed: str,
    words: Sequence[Token],
    read: Sequence[Piece],
    chosen: tuple[Term, ...],
    town: Piece | None,
    looking: _Looking,
) -> Reading:
    """The reading where some words are left: misspelt, an address, at odds with each other, or nothing we know."""
    if guessing.contradict(words, read, looking.exactly):
        kept = [p for p in read if p.kind in ("text", "place")]
        return _reading(typed, chosen, [], _text(words, kept), looking.places)
    if not chosen and (found := guessing.address(typed, town, looking.places, looking.country)):
        return _reading(typed, (), found, "", looking.places)
    told = sentence.is_sentence(words) and bool(chosen or town)
    may_be = sentence.may_be_places(words, read) if told else read
    guess = guessing.misspelt(words, may_be, looking.places, looking.country, looking.known)
    misread = joined(words[guess.start : guess.end]) if guess else ""
    if told:
        found = guess.found if guess else list(town.found) if town else []
        return replace(_told(typed, words, read, chosen, found, looking), misread=misread)
    if guess is None:
        kept = [p for p in read if p.kind in ("text", "name")]
        plain = _reading(typed, chosen, list(town.found) if town else [], _text(words, kept), looking.places)
        return replace(plain, search=replace(plain.search, typed=typed)) if sentence.is_sentence(words) else plain
    left = [p for p in read if p.kind == "text" and not guess.start <= p.start < guess.end]
    return replace(_reading(typed, chosen, guess.found, _text(words, left), looking.places), misread=misread)


def _told(
    typed: str,
    words: Sequence[Token],
    read: Sequence[Piece],
    chosen: tuple[Term, ...],
    found: list[Found],
    looking: _Looking,
) -> Reading:
    """The reading of a sentence: of the words nobody is called by, only a person's name is searched for."""
    kept = sentence.names(words, read)
    aside = [p for p in read if p.kind == "text" and p not in kept]
    reading = _reading(typed, chosen, found, _text(words, kept), looking.places)
    return replace(reading, aside=_text(words, aside), search=replace(reading.search, typed=typed))


def _text(words: Sequence[Token], kept: Sequence[Piece]) -> str:
    """The words of these pieces as they were typed, with the particles of a name between them."""
    numbers = {n for p in kept for n in range(p.start, p.end)}
    between: list[int] = []
    for n, token in enumerate(words):
        if n in numbers:
            numbers.update(between if n - len(between) - 1 in numbers else ())
            between = []
        elif token.is_particle and token.phrase == words[n - 1].phrase:
            between.append(n)
        else:
            between = []
    return " ".join(words[n].typed for n in sorted(numbers))


def _reading(typed: str, found_terms: tuple[Term, ...], found: list[Found], words: str, places: Places) -> Reading:
    search = Search(text=words)
    for one in found_terms:
        search = search.choosing(one.facet, one.id)
    choices = tuple(places.choices(found)) or _other_postcodes(found)
    if found:
        search = placed(search, found[0].place)
        if choices or is_guess(found):
            search = replace(search, typed=typed)
    return Reading(search, found[0] if found else None, choices, words)


def _other_postcodes(found: Sequence[Found]) -> tuple[Place, ...]:
    """The same code in other countries: 10115 is New York, and Berlin."""
    if not found or found[0].match != "postcode":
        return ()
    return tuple(f.place for f in found[1:6] if f.match == "postcode" and f.place.country != found[0].place.country)


def placed(search: Search, place: Place) -> Search:
    """The search at `place`: all of a country or region, else around the point."""
    bare = replace(search, place="", near=None, area="", page=1)
    if place.kind == "point":
        return replace(bare, near=(round(place.lat, 2), round(place.lon, 2)))
    return replace(bare, area=place.area) if place.area else replace(bare, place=place.id)
