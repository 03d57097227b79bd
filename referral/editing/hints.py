"""What a listing does not say yet, and why people would want to know it. Pure; never a score."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from index.order import CONFIRMED_DAYS
from referral.listings.content import Content
from referral.text import N_, _

FEW_WORDS = 40
"""Below this, a text says little of a person."""

MOST = 3
"""Hints at a time: a longer list is put off."""


@dataclass(frozen=True, slots=True)
class Hint:
    """One thing to add, and what it does for who is looking."""

    section: str
    """The id of the section it is added in."""
    title: str
    why: str


def hints(content: Content, today: date) -> list[Hint]:
    """The few things that would help most, the most useful first; none when all is said."""
    missing = (Hint(id, _(title), _(why)) for lacks, id, title, why in _KNOWN if lacks(content, today))
    return [hint for hint, _n in zip(missing, range(MOST), strict=False)]


def _unsaid(content: Content, _today: date) -> bool:
    return content.new_clients == "accepting" and content.new_clients_confirmed_on is None


def _availability(content: Content, today: date) -> bool:
    said = content.new_clients_confirmed_on
    return content.new_clients == "accepting" and said is not None and today - said > timedelta(CONFIRMED_DAYS)


def _place(content: Content, _today: date) -> bool:
    return "in_person" in content.chosen("delivery") and not content.offices


def _served(content: Content, _today: date) -> bool:
    return "online" in content.chosen("delivery") and not content.served


def _reach(content: Content, _today: date) -> bool:
    return not (content.phone or content.website or (content.email and not content.no_enquiries))


def _few_words(content: Content, _today: date) -> bool:
    return 0 < len(content.bio.split()) < FEW_WORDS


def _access(content: Content, _today: date) -> bool:
    return bool(content.offices) and not any(a.facet == "accessibility" for a in content.terms)


_KNOWN: tuple[tuple[Callable[[Content, date], bool], str, str, str], ...] = (
    (
        _place,
        "offices",
        N_("Where your office is"),
        N_("Most people look around a town. Without one you are found by your name only."),
    ),
    (
        _served,
        "online",
        N_("Where online clients may live"),
        N_("You are offered to people online only where you said that you may work."),
    ),
    (
        _reach,
        "contact",
        N_("A way to reach you"),
        N_("A telephone, a website or an address for enquiries: one is enough."),
    ),
    (
        _unsaid,
        "availability",
        N_("Whether somebody new can come"),
        N_("You have not said it yet, so visitors read “ask”. Saving it confirms it as of today."),
    ),
    (
        _availability,
        "availability",
        N_("Whether somebody new can come"),
        N_("What was said of it is more than 30 days old, so visitors read “ask”. Saving it again confirms it."),
    ),
    (
        lambda content, _today: not content.bio,
        "words",
        N_("A few lines of your own"),
        N_("Write as you would speak to a couple at the door: whom you like to see, and what the first hour is like."),
    ),
    (
        lambda content, _today: not content.photo,
        "photo",
        N_("Your picture"),
        N_("People afraid of the first call look for a face. A picture taken at a window with a telephone is good."),
    ),
    (
        lambda content, _today: not content.costs,
        "costs",
        N_("What a session costs"),
        N_("People who find no price often take it for too high, and do not ask."),
    ),
    (
        _few_words,
        "words",
        N_("A little more in your own words"),
        N_("Say one thing that happens in the room with you. Nobody compares degrees; they imagine sitting there."),
    ),
    (
        _access,
        "access",
        N_("How one gets in"),
        N_("Steps, a lift, a place to park: a plain no saves somebody the way."),
    ),
)
"""(what is missing, the section, the thing, why): the most useful first."""
