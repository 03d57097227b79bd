"""A typed line becomes a search: which part is a place, which a language or topic, which a name.

Each way to read the line has a cost, and the cheapest wins: a place or term that is meant exactly costs nothing,
a correction costs a little, words that only the text search can use cost more. Nothing is guessed in silence:
what was corrected, what else it could mean and what was not understood all come back with the reading.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from index.folding import fold
from referral import terms
from referral.places import distance
from referral.places.types import Found, Place
from referral.search import (
    addressed,
    alternatives,
    apart,
    beside,
    coded,
    doubted,
    elsewhere,
    guessing,
    matter,
    quarters,
    second,
    sentence,
    somebody,
    telling,
    times,
    titles,
    two,
    unsaid,
    wide,
)
from referral.search.exactly import Exactly, is_direction
from referral.search.guessing import is_guess
from referral.search.looking import Looking, nobody_knows
from referral.search.piece import LARGE, Piece
from referral.search.pieces import is_told, languages
from referral.search.placing import KNOWN_AT_HOME, is_called, may_be_a_name
from referral.search.pricing import without_price
from referral.search.quarters import Quarter
from referral.search.reaching import Reach, point, reach
from referral.search.respelling import Respelled, respelled
from referral.search.streets import is_phone
from referral.search.tokens import NOT_BEFORE, Token, joined, tokens, without_noise
from referral.search.tongues import is_in_a_language
from referral.search.torn import whole_again
from referral.search.understanding import Places, Reading, placed, reading
from referral.search.urls import Search, clean
from referral.terms import Term

WORD = 4
"""A usual word of so many letters may be a town of that name, standing alone."""

MOST_CHOICES = 5
"""Other places a line may mean that are shown."""

COORDINATES = 8
"""Words that coordinates take at most: "41° 52′ 55″ N, 87° 37′ 40″ W"."""

MOST_NAMED = 12
"""Words that a place takes at most, with all that it lies in."""


def read(
    line: str,
    places: Places,
    *,
    country: str | None = None,
    known: Callable[[str], bool] = nobody_knows,
    borne: Callable[[str], bool] = nobody_knows,
) -> Reading:
    """The cheapest reading of `line`; `country` (ISO 3166-1) is where a bare name is first looked for.

    `known` says whether somebody's listing holds some words: a therapist's name is no misspelt town;
    `borne` whether somebody listed is called by them.
    """
    typed = clean(line)
    rest, price = without_price(typed)
    far = reach(rest)
    looking = Looking(places, country, known, Exactly(places.store, country), borne)
    found = doubted.offering(_read(far.rest, looking), far.rest, places, country)
    found = somebody.offered(found, far.rest, looking)
    if far.radius is not None:
        found = replace(found, search=_within(found.search, far, found.found, typed))
    return replace(found, price=price, search=replace(found.search, typed=typed)) if price else found


def _within(search: Search, far: Reach, found: Found | None, typed: str) -> Search:
    """The search within that distance, in its unit where that is not the usual one there."""
    search = replace(search, typed=typed) if search.typed else search
    if found is None or search.area:
        return search
    return replace(search, radius=far.radius, unit="" if distance.unit(found.place.country) == far.unit else far.unit)


def _read(typed: str, looking: Looking) -> Reading:
    """The same of a line that says no distance; coordinates beside other words are where it is."""
    where, rest = point(typed)
    found = looking.places.find(where) if where else []
    if not found or found[0].place.kind != "point":
        return _read_words(typed, looking)
    other = _read_words(rest, looking)
    return other if other.found else replace(other, found=found[0], search=placed(other.search, found[0].place))


def _read_words(typed: str, looking: Looking) -> Reading:
    """The same of a line of words."""
    if is_phone(typed):
        return reading(typed, (), [], typed, looking.places)
    words, places, known = tokens(typed, looking.country), looking.places, looking.known
    part = wide.find(words, looking.exactly)
    rest = _read_words(joined(part[1]), looking) if part else None
    if part and rest and rest.found is None and not (rest.unread or rest.wide):
        held = typed if known(typed) else ""
        return replace(rest, wide=part[0], words=held, search=replace(rest.search, typed=typed))
    if not (without_noise(words) or is_told(words) or (words and words[-1].is_code) or _is_town(words, looking)):
        read = looking.cheapest(words)
        return Reading(Search(typed=typed), times=times.wished(words, read), unsaid=unsaid.wished(words, read))
    if (name := titles.name_after(words)) and known(name):
        return somebody.titled(typed, name, looking)
    if (person := coded.find(words, looking)) is not None:
        return somebody.beside_a_code(typed, person[0], _read_words(joined(person[1]), looking))
    if (address := addressed.find(typed, words, looking)) is not None:
        return address
    both = _of_two(typed, looking) if two.has_a_sign(typed) or _are_beside(typed, words, looking) else None
    whole = [] if both else _whole(typed, words, looking)
    if whole:
        found = reading(typed, (), whole, "", places)
        return replace(found, words=typed) if may_be_a_name(typed, whole[0]) and known(typed) else found
    return both or _of_two(typed, looking) or _without_street(typed, words, looking) or _in_parts(typed, words, looking)


def _without_street(typed: str, words: Sequence[Token], looking: Looking) -> Reading | None:
    """The reading of an address in a town that nobody knows, less its street; None for any other line."""
    unplaced = addressed.unplaced(typed, words, looking)
    if unplaced is None:
        return None
    street, rest = unplaced
    found = _in_parts(joined(rest), rest, looking)
    return replace(found, left_out=(street, *found.left_out), search=replace(found.search, typed=typed))


def _of_two(typed: str, looking: Looking) -> Reading | None:
    """The reading of a line that says where each of two people lives; None for any other."""
    words, exactly = tokens(two.spelled_out(typed), looking.country), looking.exactly
    named = apart.find(words, exactly) or two.find(words, exactly) or _are_beside(typed, words, looking)
    here = second.at_a_city(_in_parts(typed, named.rest, looking), looking.country) if named else None
    if named is None or here is None or here.found is None or not here.search.place:
        return None
    other = second.likelier_near(here.found.place, named.found)
    both = replace(here, search=replace(second.joined(here.search, other), typed=typed))
    return both if other.id != here.search.place else None


def _are_beside(typed: str, words: Sequence[Token], looking: Looking) -> two.Two | None:
    found = two.side_by_side(words, looking.exactly)
    return None if found and looking.known(typed) else found


def _is_town(words: Sequence[Token], looking: Looking) -> bool:
    """Whether the one word of the line is a usual one, and a large town ("Nice") or in capitals ("OR")."""
    if len(words) != 1:
        return False
    found = looking.exactly.find(words[0].typed) if len(words[0].typed) >= WORD else []
    if words[0].typed.isupper() or not found:
        return words[0].typed.isupper()
    is_home = found[0].place.country == looking.country and is_called(words[0].typed, found[0])
    return found[0].place.population >= (KNOWN_AT_HOME if is_home else LARGE)


def _whole(typed: str, words: Sequence[Token], looking: Looking) -> list[Found]:
    """The places the line as a whole is the exact name of; a small one is compared with what it may misspell."""
    named = looking.exactly.find(typed) if len(words) <= MOST_NAMED else []
    if _says_in(words) and not (named and is_called(typed, named[0])):
        return _whole(joined(words[1:]), words[1:], looking)
    if named and not is_called(typed, named[0]) and any(t.follows_in and not t.is_code for t in words[2:]):
        return []  # "Boston in United States": of the parts, and not in Indiana
    if named and len(words) == 1 and words[0].is_everyday and not is_called(typed, named[0]):
        return []
    if not named and not _is_point(typed, words):
        return []
    found = named if is_direction(typed) else looking.places.find(typed, country=looking.country)
    if not found or (is_guess(found) and not named) or _means_a_term(typed, found[0].place):
        return []
    return [] if is_in_a_language(words, found[0], languages(words), looking.country) else found


def _says_in(words: Sequence[Token]) -> bool:
    """Whether the line begins with a word that says a place comes next: "in Boston" is not Boston of Indiana."""
    is_not = fold(words[0].typed) in NOT_BEFORE if words else True
    return len(words) > 1 and words[1].follows_in and not (is_not or words[0].is_code)


def _is_point(typed: str, words: Sequence[Token]) -> bool:
    """Whether the line may be coordinates or a postcode, which are looked up as a whole."""
    return any(c.isdigit() for c in typed) and len(words) <= COORDINATES


def _means_a_term(typed: str, place: Place) -> bool:
    """Whether the whole line is the name of a term, and the place of that name is a small one."""
    return bool(terms.find(typed)) and place.kind not in ("country", "region") and place.population < LARGE


def _in_parts(typed: str, words: Sequence[Token], looking: Looking) -> Reading:
    """The cheapest of all ways to read the words; then a guess at what is still unread."""
    read = whole_again(words, looking.cheapest(words), looking.places, looking.country, looking.known)
    right = matter.alone(_respelled(typed, Respelled(words, read), looking))
    left_out = tuple(joined(words[p.start : p.end]) for p in right.read if p.kind in ("not", "spare"))
    known = nobody_knows if left_out or right.terms else looking.known
    found = _understood(typed, right.line, right.read, replace(looking, known=known))
    found = elsewhere.at_one(found, typed, right, looking.exactly)
    if hours := times.wished(right.line, right.read):
        found = replace(found, times=hours, search=replace(found.search, typed=typed))
    if unlisted := unsaid.wished(right.line, right.read):
        found = replace(found, unsaid=unlisted, search=replace(found.search, typed=typed))
    if not (left_out or right.terms):
        return found
    return replace(found, left_out=left_out, respelled=right.terms, search=replace(found.search, typed=typed))


def _respelled(typed: str, spelled: Respelled, looking: Looking) -> Respelled:
    """The line with its misspelt terms put right; as it is where somebody's listing holds it, or a town is likelier."""
    right = respelled(spelled, looking.cheapest, looking.is_name)
    if right is spelled or titles.is_titled(spelled.line) or looking.known(typed):
        return spelled
    guess = guessing.misspelt(spelled.line, spelled.read, looking.places, looking.country, looking.known)
    return spelled if guess and guess.is_likely(looking.country) else right


def _understood(typed: str, words: Sequence[Token], read: Sequence[Piece], looking: Looking) -> Reading:
    """What the pieces say together."""
    chosen = tuple(dict.fromkeys(p.term for p in read if p.term))
    town = next((p for p in read if p.kind == "place"), None)
    if town is not None:
        town = guessing.likelier(town, words, looking.places, looking.country)
    is_understood = all(p.kind not in ("text", "name") for p in read)
    is_meant = town is not None and not is_understood and beside.is_meant(town, words, read, looking.country)
    held = "" if chosen or (town and is_understood and not town.is_shy) or not looking.known(typed) else typed
    if held and not is_meant:
        return somebody.held(typed, words, town if is_understood else None, looking)
    if is_understood:
        plain = reading(typed, chosen, list(town.found) if town else [], "", looking.places)
    else:
        plain = replace(_with_unread(typed, words, read, chosen, town, looking), words=held)
        if not (plain.found or held or (plain.aside and chosen)):
            plain = beside.read_shyly(plain, words, read, looking.exactly)
    plain = replace(plain, search=plain.search.with_either(alternatives.facets(words, read)))
    misspelt = town is not None and town.found[0].corrected and plain.found == town.found[0]
    return replace(plain, misread=joined(words[town.start : town.end])) if town and misspelt else plain


def _with_unread(
    typed: str,
    words: Sequence[Token],
    read: Sequence[Piece],
    chosen: tuple[Term, ...],
    town: Piece | None,
    looking: Looking,
) -> Reading:
    """The reading where some words are left: misspelt, an address, at odds with each other, or nothing we know."""
    if (whole := guessing.whole(typed, words, read, looking.places, looking.country)) and not looking.known(typed):
        return reading(typed, chosen, whole, "", looking.places)
    if either := guessing.contradicting(words, read, looking.exactly):
        kept = [p for p in read if p.kind in ("text", "place")]
        plain = reading(typed, chosen, [], sentence.text_of(words, kept), looking.places)
        return replace(plain, choices=either, search=replace(plain.search, typed=typed))
    if not chosen and (found := guessing.address(typed, town, looking.places, looking.country)):
        return reading(typed, (), found, "", looking.places)
    if town and (quarter := quarters.of(words, read, town, looking.exactly)):
        return _of_a_quarter(typed, chosen, quarter, looking)
    guess = telling.misspelt(words, read, looking)
    found = guess.found if guess else list(town.found) if town else []
    left = [p for p in read if guess is None or not guess.start <= p.start < guess.end]
    misread = joined(words[guess.start : guess.end]) if guess else ""
    if sentence.is_sentence(words):
        return replace(telling.told(typed, words, left, chosen, found, looking), misread=misread)
    kept = [p for p in left if p.kind in ("text", "name")]
    return replace(reading(typed, chosen, found, sentence.text_of(words, kept), looking.places), misread=misread)


def _of_a_quarter(typed: str, chosen: tuple[Term, ...], quarter: Quarter, looking: Looking) -> Reading:
    """The reading at the city; the phrase beside it is set aside, and the place of that name is a choice."""
    at = reading(typed, chosen, quarter.city, "", looking.places)
    choices = (quarter.other.place, *(place for place in at.choices if place.id != quarter.other.place.id))
    at = replace(at, search=replace(at.search, typed=typed), choices=choices[:MOST_CHOICES])
    return replace(at, aside=joined(quarter.beside), is_one_of_two=True)
