"""The page where nothing was typed, or nothing of it can be searched for: no list, but ways on."""

from dataclasses import replace

from referral.search import choices, helping, notes, wording
from referral.search.asking import Asked
from referral.search.page import Page
from referral.search.sentence import is_of_themselves
from referral.search.sources import Sources
from referral.search.tokens import tokens
from referral.search.understanding import Reading
from referral.search.urls import Search
from referral.text import _


def gone(page: Page) -> Page:
    """The page of a link to a place that is known no more: nobody typed it, and no letter of it slipped."""
    return replace(page, summary=_("The place of this link is no longer known here"), unread="")


def nothing_asked(sources: Sources, search: Search, reading: Reading | None, words: str = "", nobody: str = "") -> Page:
    """What is said of the line, and where to go on; `words` are those that nobody's listing holds, and `nobody` says so
    where they are more than a place that is not known.

    A line that asks one of our questions is answered by it: what cannot be searched for in it is no failure.
    """
    asked = Asked(replace(search, typed=""), None)
    there = choices.countries(sources, asked, reading)
    question = helping.asked(sources, search)
    nobody = "" if question else notes.nobody_has(words) or nobody
    said = _said(search, reading, bool(there), bool(nobody), bool(question))
    is_unread = bool(search.typed) and not (said or there or question)
    if question:
        summary = _("Others have asked this too")
    elif is_unread:
        summary = nobody or _("We could not place “{typed}”").format(typed=search.typed)
    else:
        summary = nobody or _("Find a therapist")
    return Page(
        typed=search.typed,
        place=None,
        radius_km=None,
        summary=summary,
        total=0,
        cards=(),
        unread=search.typed if is_unread else "" if question else words,
        corrections=said,
        which=wording.which(reading, asked, 0) if there else "",
        choices=(*there, *choices.others(reading, None)),
        guidance=helping.related(sources, search) or helping.guidance(sources, search, 0),
        asked=question,
        urgent=helping.urgent(sources, search),
        urgent_words=wording.urgent_words(search),
    )


def _said(
    search: Search, reading: Reading | None, is_wide: bool, is_somebody: bool, is_question: bool
) -> tuple[str, ...]:
    """What is said of the line above the ways on."""
    left = (
        *notes.hours(reading),
        *notes.of_the_therapist(reading),
        *notes.prices(reading),
        *notes.left_out(reading),
    )
    if is_question:
        return (*left, *_may_fit(search.typed))
    said = (*left, *notes.nothing_in(search.typed), *(() if is_wide else _nobody_there(reading)))
    is_read = reading is not None and search.typed and not (reading.unread or reading.choices)
    if (is_read or is_somebody) and not (said or is_wide):
        return (_("Write above where you are, and you see who you can reach, near you or online."),)
    return said


def _may_fit(typed: str) -> tuple[str, ...]:
    """A word to who tells of themselves, before the question that is about it."""
    return (notes.thanking(typed, _("This question may fit.")),) if is_of_themselves(tokens(typed)) else ()


def _nobody_there(reading: Reading | None) -> tuple[str, ...]:
    """One sentence where nobody is listed in the part of the world that is named."""
    is_wide = reading is not None and reading.wide is not None
    return (_("Nobody is listed here yet. A network can say who is near."),) if is_wide else ()
