"""Where a language is named, no place is: India is called Hindi somewhere, and Switzerland is not in "Swiss German"."""

from collections.abc import Iterable, Sequence

from index.folding import fold
from referral.places.types import Found, Place
from referral.search.piece import Piece
from referral.search.placing import is_called
from referral.search.tokens import Token, joined
from referral.text import own_country_name


def without_languages(
    line: Sequence[Token], towns: Iterable[Piece], tongues: Sequence[Piece], country: str | None
) -> list[Piece]:
    """The places among `towns` that no language of `tongues` is named in, at an end of, or around."""
    return [one for one in towns if not any(_is_rather(tongue, one, line, country) for tongue in tongues)]


def is_in_a_language(line: Sequence[Token], found: Found, tongues: Sequence[Piece], country: str | None) -> bool:
    """Whether the whole line names a language rather than the place, or the place beside a language."""
    whole = Piece(0, len(line), 0.0, "place", None, (found,))
    return any(_is_rather(tongue, whole, line, country) for tongue in tongues)


def _is_rather(tongue: Piece, town: Piece, line: Sequence[Token], country: str | None) -> bool:
    """Whether the words of `town` are a language's, or hold one where a country or region would stand."""
    place, words = town.found[0].place, joined(line[tongue.start : tongue.end])
    if town.end - town.start > tongue.end - tongue.start and _is_part_of(words, place.name):
        return False
    if (tongue.start, tongue.end) == (town.start, town.end):
        is_home = is_called(words, town.found[0]) and place.country == country
        return not (is_home or _is_own(words, place))
    if tongue.start <= town.start and town.end <= tongue.end:
        return True
    is_over_an_end = (
        town.start < tongue.start < town.end <= tongue.end or tongue.start <= town.start < tongue.end < town.end
    )
    return is_over_an_end and town.found[0].match == "qualifier" and not _is_own(words, place)


def _is_part_of(words: str, name: str) -> bool:
    """Whether the place is called by the language's name and more: Spanish Fork, Chino Hills."""
    return fold(words) != fold(name) and f" {fold(words)} " in f" {fold(name)} "


def _is_own(words: str, place: Place) -> bool:
    """Whether people there call their country so: Eesti, Suomi."""
    return fold(words) == fold(own_country_name(place.country))
