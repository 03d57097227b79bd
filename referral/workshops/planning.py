"""What a workshop must say before it is published, and one entry that becomes several dates. Pure: no database."""

from calendar import monthcalendar
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from referral import terms, text
from referral.errors import UsageError
from referral.listings import checks
from referral.listings.cleaning import line, paragraphs
from referral.text import _

Dates = tuple[datetime, datetime]
"""Begin and end as the clocks at the place show them, without a zone."""

LONGEST = timedelta(days=31)
"""From the first hour to the last: a course of several weekends is several dates."""

FAR = timedelta(days=3 * 365)
"""Nothing is planned further ahead; a year typed wrong is."""

MANY = 60
"""The most dates of one entry."""

WORDS, NAMES = 4000, 12
"""The longest description in characters, and the most presenters."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything a form says of a workshop but its dates."""

    programme: str
    """One of `programmes()`."""
    title: str
    language: str
    """ISO 639, one of the terms of the facet."""
    time_zone: str
    """IANA name; the dates are what clocks there show."""
    online: bool = False
    address: str = ""
    locality: str = ""
    country: str = ""
    """ISO 3166-1."""
    lat: float | None = None
    lon: float | None = None
    presenters: tuple[str, ...] = ()
    """Public ids of listings, or plain names."""
    price: int | None = None
    """For one couple or person, as the words say, in whole units of the currency."""
    currency: str = ""
    registration_url: str = ""
    about: str = ""
    """Markdown."""


def programmes() -> Mapping[str, str]:
    """Programme -> what it is called, in the order of a form."""
    return {
        "couples": _("Workshop for couples"),
        "singles": _("Workshop for singles"),
        "introduction": _("Introduction"),
        "advanced": _("For couples who have been to a workshop"),
        "families": _("For parents and families"),
        "professionals": _("Training for professionals"),
    }


def rhythms() -> Mapping[str, str]:
    """How dates may repeat -> what that is called."""
    return {
        "week": _("Every week"),
        "fortnight": _("Every two weeks"),
        "month": _("Every month, on the same weekday of the month"),
    }


def checked(plan: Plan) -> Plan:
    """The plan as it may be stored. Raises UsageError with one sentence a person can act on."""
    _known(plan)
    title = line(plan.title, _("The title"), 120)
    locality = line(plan.locality, _("The town"), 120)
    registration = line(plan.registration_url, _("The web address"), 500)
    _require(bool(title), _("The title is missing."))
    _require(plan.online or bool(locality and plan.country), _("Please say in which town it is, or that it is online."))
    _require(not registration or checks.web_address(registration), _("That is not a web address, like https://…"))
    return replace(
        plan,
        title=title,
        locality=locality,
        registration_url=registration,
        address=line(plan.address, _("The address"), 300),
        about=paragraphs(plan.about, _("The description"), WORDS),
        presenters=_presenters(plan.presenters),
        lat=checks.degrees(plan.lat, 90.0),
        lon=checks.degrees(plan.lon, 180.0),
        currency=plan.currency if plan.price is not None else "",
    )


def _known(plan: Plan) -> None:
    """Raise UsageError for what is in no list."""
    _require(plan.programme in programmes(), _("Please choose a programme."))
    _require(plan.language in terms.facets()["language"].terms, _("Please choose a language."))
    _require(plan.time_zone in zones(), _("Please choose a time zone, like Europe/Vienna."))
    _require(not plan.country or plan.country in checks.countries(), _("Please choose a country."))
    _require((plan.lat is None) == (plan.lon is None), _("A point needs latitude and longitude."))
    if plan.price is not None:
        _require(0 <= plan.price <= 1_000_000, _("That is not a price."))
        _require(plan.currency in text.locale("en").currencies, _("Please choose a currency, like EUR."))


def _presenters(given: tuple[str, ...]) -> tuple[str, ...]:
    _require(len(given) <= NAMES, _("That is more presenters than one workshop can name."))
    return tuple(name for one in given if (name := line(one, _("The presenter"), 120)))


@cache
def zones() -> frozenset[str]:
    """Every time zone a place may have."""
    return frozenset(z for z in available_timezones() if "/" in z and not z.startswith(("Etc/", "SystemV/")))


def moment(local: datetime, zone: str) -> datetime:
    """The moment, UTC, at which clocks there show `local`; of an hour that comes twice, the first.

    Raises UsageError for an hour that is left out when clocks go forward.
    """
    meant = local.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)
    if meant.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != local:
        raise UsageError(_("There is no such hour on that day: the clocks go forward."))
    return meant


def moments(dates: Dates, zone: str) -> Dates:
    """Both moments in UTC. Raises UsageError for an end before the beginning, or more than a month after it."""
    start, end = (moment(one, zone) for one in dates)
    _require(start < end, _("It ends before it begins."))
    _require(end - start <= LONGEST, _("It lasts longer than a month. Please enter its dates one by one."))
    return start, end


def repeated(start: datetime, end: datetime, rhythm: str, times: int) -> list[Dates]:
    """The dates of a series of `times`, the first included: the hours on the clock stay what they are."""
    _require(rhythm in rhythms(), _("Please choose how it repeats."))
    _require(1 <= times <= MANY, _("A series has from one to {most} dates.").format(most=MANY))
    begins = [_later(start, rhythm, n) for n in range(times)]
    return [(begin, begin + (end - start)) for begin in begins]


def _later(start: datetime, rhythm: str, n: int) -> datetime:
    if rhythm == "month":
        return datetime.combine(_weekday_of_month(start.date(), n), start.time())
    return start + timedelta(weeks=n * (2 if rhythm == "fortnight" else 1))


def _weekday_of_month(first: date, later: int) -> date:
    """The same weekday of a month `later`: the second Saturday; where there is no fifth, the last."""
    year, month = divmod(first.year * 12 + first.month - 1 + later, 12)
    days = [week[first.weekday()] for week in monthcalendar(year, month + 1) if week[first.weekday()]]
    return date(year, month + 1, days[min((first.day - 1) // 7, len(days) - 1)])


def _require(holds: bool, sentence: str) -> None:
    if not holds:
        raise UsageError(sentence)
