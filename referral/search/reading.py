"""A typed line becomes a search: which part is a place, which a language or topic, which a name.

Each way to read the line has a cost, and the cheapest wins: a place or term that is meant exactly costs nothing,
a correction costs a little, words that only the text search can use cost more. Nothing is guessed in silence:
what was corrected, what else it could mean and what was not understood all come back with the reading.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from referral.places import distance
from referral.places.types import Found
from referral.search import (
    addressed,
    alternatives,
    apart,
    areas,
    beside,
    coded,
    doubted,
    elsewhere,
    guessing,
    matter,
    nearly,
    quarters,
    second,
    sentence,
    somebody,
    telling,
    times,
    titles,
    two,
    unsaid,
    whole,
    wide,
)
from referral.search.exactly import Exactly
from referral.search.looking import Looking, nobody_knows
from referral.search.piece import Piece
from referral.search.pieces import is_told
from referral.search.placing import may_be_a_name
from referral.search.pricing import without_price
from referral.search.quarters import Quarter
from referral.search.reaching import Reach, point, reach
from referral.search.respelling import Respelled, respelled
from referral.search.streets import is_phone
from referral.search.tokens import Token, joined, tokens, without_noise
from referral.search.torn import whole_again
from referral.search.understanding import Places, Reading, placed, reading
from referral.search.urls import Search, clean
from referral.terms import Term


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
    plain = _read(areas.with_capitals(far.rest, looking.exactly), looking)
    found = doubted.offering(plain, far.rest, places, country)
    found = doubted.half_negated(found, far.rest, looking)
    found = nearly.said(somebody.offered(found, far.rest, looking), typed)
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
    if not (without_noise(words) or is_told(words) or (words and words[-1].is_code) or whole.is_town(words, looking)):
        read = looking.cheapest(words)
        return Reading(Search(typed=typed), times=times.wished(words, read), unsaid=unsaid.wished(words, read))
    if (name := titles.name_after(words)) and known(name):
        return somebody.titled(typed, name, looking)
    if (person := coded.find(words, looking)) is not None:
        return somebody.beside_a_code(typed, person[0], _read_words(joined(person[1]), looking))
    if (sure := addressed.find(typed, words, looking) or _at_the_first(typed, words, looking)) is not None:
        return sure
    both = _of_two(typed, looking) if two.has_a_sign(typed) or _are_beside(typed, words, looking) else None
    named = [] if both else whole.named(typed, words, looking)
    if named:
        found = reading(typed, (), named, "", places)
        return replace(found, words=typed) if may_be_a_name(typed, named[0]) and known(typed) else found
    return both or _of_two(typed, looking) or _without_street(typed, words, looking) or _in_parts(typed, words, looking)


def _without_street(typed: str, words: Sequence[Token], looking: Looking) -> Reading | None:
    """The reading of an address in a town that nobody knows, less its street; None for any other line."""
    unplaced = addressed.unplaced(typed, words, looking)
    if unplaced is None:
        return None
    street, rest = unplaced
    found = _in_parts(joined(rest), rest, looking)
    return replace(found, left_out=(street, *found.left_out), search=replace(found.search, typed=typed))


def _at_the_first(typed: str, words: Sequence[Token], looking: Looking) -> Reading | None:
    """The reading of a line that names several countries or regions at the first of them, the others as its choices."""
    several = areas.find(words, looking.exactly)
    if several is None or two.has_a_sign(typed.replace("/", " ")) or apart.find(words, looking.exactly):
        return None
    is_a_name = words[0].phrase == words[-1].phrase and looking.known(typed)
    first = None if is_a_name else _read_words(joined(several.rest), looking)
    if first is None or first.found is None or first.words:
        return None
    city = first.found.place
    if (here := areas.nearer(city, several.first, several.others[0])) != city:
        first = replace(first, found=replace(first.found, place=here), search=placed(first.search, here))
        first = replace(first, choices=(city, *first.choices))
    found = elsewhere.offering(first, several.others)
    left = (*first.elsewhere, *(joined(words[one.start : one.end]) for one in several.others))
    return replace(found, elsewhere=left, search=replace(found.search, typed=typed))


def _of_two(typed: str, looking: Looking) -> Reading | None:
    """The reading of a line that says where each of two people lives; None for any other."""
    words, exactly = apart.without_saying_so(tokens(two.spelled_out(typed), looking.country)), looking.exactly
    named = apart.find(words, exactly) or two.find(words, exactly) or _are_beside(typed, words, looking)
    here = second.at_a_city(_in_parts(typed, named.rest, looking), looking.country) if named else None
    if named is None or here is None or here.found is None or not (here.search.place or here.search.area):
        return None
    other = second.likelier_near(here.found.place, named.found)
    if (other.area or here.search.area) and not (apart.is_said(words) and second.may_meet_online(here, other)):
        return None
    found = next((one for one in named.found if one.place.id == other.id), None)
    both = replace(here, search=replace(second.joined(here.search, other), typed=typed), second=found)
    return both if other.id != here.search.place else None


def _are_beside(typed: str, words: Sequence[Token], looking: Looking) -> two.Two | None:
    found = two.side_by_side(words, looking.exactly)
    return None if found and looking.known(typed) else found


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
    if (guessed := guessing.whole(typed, words, read, looking.places, looking.country)) and not looking.known(typed):
        return reading(typed, chosen, guessed, "", looking.places)
    if both := guessing.at_odds(words, read, looking.exactly):
        kept = [p for p in read if p.kind in ("text", "place")]
        odd = reading(typed, chosen, [], sentence.text_of(words, kept), looking.places)
        return replace(odd, choices=tuple(both), search=replace(odd.search, typed=typed))
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
    at = replace(at, search=replace(at.search, typed=typed), choices=choices[: elsewhere.MOST_CHOICES])
    return replace(at, aside=joined(quarter.beside), is_one_of_two=True)
