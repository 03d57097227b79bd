"""Searching workshops by place, days, language, programme and how one meets: from an address, answered from memory."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from urllib.parse import urlencode

from referral.errors import UsageError
from referral.model import Workshop
from referral.places.gazetteer import Gazetteer
from referral.places.types import Place
from referral.search import offering
from referral.search.offering import Choice
from referral.text import _, at, language
from referral.workshops import times
from referral.workshops.planning import programmes
from referral.workshops.upcoming import Near, Upcoming

REACH = 100.0
"""Kilometres: for a weekend people go further than for an hour."""

NEAREST = 3
"""So many are shown where none is within reach."""

PAGE = 30
PATH = "/workshops"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asks for: everything that stands in the address."""

    line: str = ""
    """The place as it was typed."""
    first: date | None = None
    last: date | None = None
    language: str = ""
    programme: str = ""
    how: str = ""
    """ "in_person", "online", or "" for either."""
    page: int = 1

    @property
    def is_all(self) -> bool:
        """Whether nothing was asked for."""
        return self == Wanted(page=self.page)


@dataclass(frozen=True, slots=True)
class Found:
    """The answer."""

    here: list[Near]
    """What fits, by date; with a place, only what one goes to."""
    online: list[Near]
    """With a place, what fits and needs no way there."""
    place: Place | None = None
    choices: tuple[Choice, ...] = ()
    """Other places that may have been meant."""
    unplaced: bool = False
    """Whether a place was typed that is none we know."""
    further: bool = False
    """Whether nothing is within reach, and these are the nearest."""


def parse(args: Mapping[str, str]) -> Wanted:
    """What an address asks for; unknown terms are left out. Raises UsageError for a day that is none."""
    return Wanted(
        line=" ".join(args.get("q", "")[:200].split()),
        first=_day(args.get("from", "")),
        last=_day(args.get("to", "")),
        language=args.get("language", "") if args.get("language", "").isalpha() else "",
        programme=args.get("programme", "") if args.get("programme") in programmes() else "",
        how=args.get("how", "") if args.get("how") in ("in_person", "online") else "",
        page=int(args["page"]) if args.get("page", "").isdecimal() and len(args["page"]) < 4 else 1,
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise UsageError(_("A day is written like 2027-03-20.")) from None


def url(wanted: Wanted) -> str:
    """The link that asks for this."""
    pairs = [
        ("q", wanted.line),
        ("from", wanted.first.isoformat() if wanted.first else ""),
        ("to", wanted.last.isoformat() if wanted.last else ""),
        ("language", wanted.language),
        ("programme", wanted.programme),
        ("how", wanted.how),
        ("page", str(wanted.page) if wanted.page > 1 else ""),
    ]
    query = urlencode([pair for pair in pairs if pair[1]])
    return at(f"{PATH}?{query}" if query else PATH)


def find(upcoming: Upcoming, wanted: Wanted, gazetteer: Gazetteer, now: datetime, *, country: str = "") -> Found:
    """What fits; `country` (ISO 3166-1) is where a bare name is first looked for."""
    ahead = [w for w in upcoming.ahead(now) if fits(w, wanted)]
    read = gazetteer.find(wanted.line, country=country or None) if wanted.line else []
    if not read:
        return Found([(w, None) for w in ahead], [], unplaced=bool(wanted.line))
    place, fitting = read[0].place, {w.id for w in ahead}
    online = [(w, None) for w in ahead if w.online] if wanted.how != "in_person" else []
    near = [] if wanted.how == "online" else [n for n in _around(upcoming, place, now) if n[0].id in fitting]
    choices = offering.links(read[0], gazetteer.choices(read), lambda p: url(_placed(wanted, p)))
    if near or wanted.how == "online":
        return Found(near, list(online), place, choices)
    every = [n for n in upcoming.nearest(place.lat, place.lon, now) if n[0].id in fitting]
    return Found(every[:NEAREST], list(online), place, choices, further=True)


def there(upcoming: Upcoming, wanted: Wanted, gazetteer: Gazetteer, now: datetime, *, country: str = "") -> list[Near]:
    """What the filters choose from: all there is at the place and in the days asked for, else anywhere."""
    bare = replace(wanted, language="", programme="", how="")
    found = find(upcoming, bare, gazetteer, now, country=country)
    return [(w, None) for w in upcoming.ahead(now) if fits(w, bare)] if found.further else [*found.here, *found.online]


def _around(upcoming: Upcoming, place: Place, now: datetime) -> list[Near]:
    if place.kind == "country":
        return [(w, None) for w in upcoming.ahead(now) if w.country == place.country and not w.online]
    return upcoming.within(place.lat, place.lon, max(REACH, place.radius_km), now)


def _placed(wanted: Wanted, place: Place) -> Wanted:
    return Wanted(place.label(language()), wanted.first, wanted.last, wanted.language, wanted.programme, wanted.how)


def fits(workshop: Workshop, wanted: Wanted) -> bool:
    """Whether it is what is asked for, wherever it is."""
    return (
        (not wanted.language or workshop.language == wanted.language)
        and (not wanted.programme or workshop.programme == wanted.programme)
        and (not wanted.how or workshop.online == (wanted.how == "online"))
        and (wanted.first is None or times.on(workshop.ends_at, workshop.time_zone) >= wanted.first)
        and (wanted.last is None or times.on(workshop.starts_at, workshop.time_zone) <= wanted.last)
    )
