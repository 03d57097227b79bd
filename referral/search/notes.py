"""Notes above the results: what of a typed line was read differently, left out, or not understood."""

from collections.abc import Iterable

from index.folding import fold
from referral.listings.labels import label
from referral.places.types import Place
from referral.search.asking import Asked
from referral.search.naming import is_name, is_plain
from referral.search.second import Second
from referral.search.sentence import is_of_themselves, is_sentence
from referral.search.tokens import tokens
from referral.search.understanding import Reading
from referral.search.unsaid import is_origin
from referral.terms import plain
from referral.text import _, either, inside, language, listed

BY_REGION = frozenset({"US", "CA"})
"""Countries where who may see somebody online depends on the state or province they live in."""


def _by_region(asked: Asked) -> Place | None:
    """The one of them that is asked for as a whole."""
    places = (asked.place, asked.other) if asked.is_online else ()
    return next((one for one in places if one is not None and one.area in BY_REGION), None)


def _of_a_part(asked: Asked) -> tuple[str, ...]:
    if (whole := _by_region(asked)) is None:
        return ()
    there = inside(whole.label(language()))
    said = _("Most of them may see people in some parts of {place} alone. Name your state or province.")
    return (said.format(place=there),)


def of_no_town(asked: Asked) -> tuple[str, ...]:
    """One sentence where one of two who live apart is known by country or region alone."""
    if asked.place is None or not (asked.is_by_law or asked.unmet):
        return ()
    whole = [one for one in (asked.place, asked.other or asked.unmet) if one is not None and one.area]
    there = either(inside(one.label(language())) if one.kind == "country" else one.named(language()) for one in whole)
    both = _(
        "You named no town there ({place}), so we looked for who may see both of you online. "
        "With a town, we can look near both of you."
    )
    alone = _("You named no town there ({place}), so we looked for one place alone: {other}.")
    return ((alone if asked.unmet else both).format(place=there, other=asked.place.label(language())),)


def correction(reading: Reading | None, asked: Asked) -> tuple[str, ...]:
    """A sentence for each thing that was read differently from what was typed."""
    found: list[str] = []
    match = reading.found.match if reading and reading.found else ""
    if asked.place is not None and reading and reading.is_misspelt:
        found.append(_("We could not place “{typed}” exactly. Showing {place}."))
    elif asked.place is not None and match == "fallback":
        found.append(_("We understood only part of “{typed}”. Showing {place}."))
    elif asked.place is not None and reading and reading.found and reading.misread:
        found.append(_("We read “{typed}” as {term}."))
    place = asked.place.label(language()) if asked.place else ""
    typed = (reading.misread if reading else "") or asked.search.typed
    said = tuple(s.format(typed=typed, place=place, term=place) for s in found)
    if reading and reading.and_misread and asked.other:
        other = asked.other.label(language())
        said = (*said, _("We read “{typed}” as {term}.").format(typed=reading.and_misread, term=other))
    of_words = (*respelled(reading), *left_out(reading), *set_aside(reading, place))
    return (
        *at_home(reading, asked),
        *of_no_town(asked),
        *_of_a_part(asked),
        *said,
        *elsewhere(reading),
        *hours(reading),
        *prices(reading),
        *of_the_therapist(reading),
        *of_words,
    )


def at_home(reading: Reading | None, asked: Asked) -> tuple[str, ...]:
    """One sentence where a line that names no place was taken to be of the visitor's country."""
    if reading is None or reading.found or asked.place is None or not (asked.is_online and asked.search.area):
        return ()
    said = _("You named no place, so we took {place}: who works online may not see people everywhere.")
    return (said.format(place=inside(asked.place.label(language()))),)


def elsewhere(reading: Reading | None) -> tuple[str, ...]:
    """One sentence where the line names more places than the one that is searched at."""
    if reading is None or not reading.elsewhere:
        return ()
    words = _quoted(reading.elsewhere)
    said = _("We left out {words}: a search is for one place, or for two where two people live apart.")
    return (said.format(words=words),)


def nobody_has(words: str) -> str:
    """That nobody is called so, or writes of it; empty where the words may be a place."""
    if is_plain(words):
        return writes_of(words)
    return goes_by(words) if is_name(words) else ""


def goes_by(words: str) -> str:
    """That nobody is called so."""
    return _("Nobody listed goes by “{words}”").format(words=words)


def writes_of(words: str) -> str:
    """That no listing holds the words."""
    return _("Nobody listed writes of “{words}” yet").format(words=words)


def hours(reading: Reading | None) -> tuple[str, ...]:
    """One sentence for the hours and days that are wished for."""
    if reading is None or not reading.times:
        return ()
    words = _quoted(reading.times)
    return (_("Hours and days are not listed here, so we left out {words}. Ask when you write.").format(words=words),)


def of_the_therapist(reading: Reading | None) -> tuple[str, ...]:
    """A sentence for what is wished of the therapist and no listing says, and one for where they come from."""
    unsaid = reading.unsaid if reading else ()
    of_sex = _(
        "We left out {words}: a search knows nobody's sex and nobody's faith. Names, photos and portraits may tell."
    )
    of_origin = _(
        "We left out {words}: a search does not know where anybody's family comes from. Some listings tell it."
    )
    wished = (of_sex, [w for w in unsaid if not is_origin(w)]), (of_origin, [w for w in unsaid if is_origin(w)])
    return tuple(said.format(words=_quoted(words)) for said, words in wished if words)


def _quoted(words: Iterable[str]) -> str:
    return listed(_("“{words}”").format(words=one) for one in words)


def prices(reading: Reading | None) -> tuple[str, ...]:
    """One sentence for the price that is wished for."""
    if reading is None or not reading.price:
        return ()
    words = _("“{words}”").format(words=reading.price)
    said = _("A search cannot look for a price, so we left out {words}. What a session costs stands with who tells it.")
    return (said.format(words=words),)


def respelled(reading: Reading | None) -> tuple[str, ...]:
    """A sentence for each term that was misspelt."""
    said = _("We read “{typed}” as {term}.")
    slips = reading.respelled if reading else ()
    return tuple(said.format(typed=typed, term=label(term.facet, term.id)) for typed, term in slips)


def corrected_second(other: Second | None, typed: str) -> tuple[str, ...]:
    """The same sentence for the place of the other of two, where it was misspelt."""
    if other is None or not other.is_guess:
        return ()
    said = _("We could not place “{typed}” exactly. Showing {place}.")
    return (said.format(typed=typed, place=other.place.label(language())),)


def set_aside(reading: Reading | None, place: str) -> tuple[str, ...]:
    """What is said where only parts of a line could be searched for, or one of the two places in it."""
    if reading is None or not reading.aside:
        return ()
    if reading.is_one_of_two:
        return (_("A search looks around one place. We took {place}.").format(place=place),)
    if all(plain.is_usual(word) for word in fold(reading.aside).split()):
        return ()  # "who can see us": nothing of it is lost
    return (thanking(reading.search.typed, _("A search can only use the parts of it that stand below.")),)


def thanking(typed: str, said: str) -> str:
    """The same, after a word to who tells of themselves."""
    return _("Thank you for telling us.") + " " + said if is_of_themselves(tokens(typed)) else said


def nothing_in(typed: str) -> tuple[str, ...]:
    """What is said where somebody wrote much, and nothing of it can be searched for."""
    if not is_sentence(tokens(typed)):
        return ()
    return (thanking(typed, _("We found no place in it yet: a town, a postcode or a country is enough.")),)


def left_out(reading: Reading | None) -> tuple[str, ...]:
    """One sentence for what the line says is not wished."""
    if reading is None or not reading.left_out:
        return ()
    words = _quoted(reading.left_out)
    return (_("We left out {words}. A search can only look for what somebody offers.").format(words=words),)
