"""When a workshop is, as people say it: the days, the hours, and whose clocks. In the language of the moment."""

from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.core import get_global
from babel.dates import format_interval, format_time, get_timezone_name

from referral import text
from referral.text import _, language
from referral.workshops.planning import zones


def on(moment: datetime, zone: str) -> date:
    """The day the clocks of `zone` show."""
    return moment.astimezone(ZoneInfo(zone)).date()


def days(start: datetime, end: datetime, zone: str) -> str:
    """ "Sat, 5 – Sun, 6 December 2026", by the clocks of `zone`."""
    return _days(start, end, zone, language())


@lru_cache(maxsize=4096)
def _days(start: datetime, end: datetime, zone: str, language: str) -> str:
    here = ZoneInfo(zone)
    first, last = start.astimezone(here), end.astimezone(here)
    if first.date() == last.date():
        last = first
    return str(format_interval(first, last, "yMMMEd", locale=text.locale(language)))


def hours(start: datetime, end: datetime, zone: str) -> str:
    """ "9:00 – 17:00" on one day, else "begins at 18:00, ends at 16:00"."""
    here = ZoneInfo(zone)
    first, last = start.astimezone(here), end.astimezone(here)
    begins, ends = hour(first), hour(last)
    if first.date() == last.date():
        return f"{begins} – {ends}"
    return _("begins at {begins}, ends at {ends}").format(begins=begins, ends=ends)


def hour(moment: datetime) -> str:
    """ "9:00 AM", or "9:00": what the clocks of the moment's own zone show."""
    return str(format_time(moment.replace(tzinfo=None), "short", locale=text.locale(language())))


def clocks(start: datetime, zone: str) -> str:
    """ "Central European Standard Time": the name of what the clocks show on that day."""
    return str(get_timezone_name(start.astimezone(ZoneInfo(zone)), locale=text.locale(language())))


@lru_cache(maxsize=16)
def _places(language: str) -> dict[str, str]:
    known = text.locale(language)
    lands, aliases = get_global("zone_territories"), get_global("zone_aliases")
    found = {}
    for zone in zones():
        main = aliases.get(zone, zone)
        city = known.time_zones.get(main, {}).get("city") or zone.rpartition("/")[2].replace("_", " ")
        land = known.territories.get(lands.get(main, ""), "")
        found[zone] = f"{city} ({land})" if land else city
    return found


def zone_choices() -> list[tuple[str, str]]:
    """(zone, "Vienna (Austria)": the town and country it is named for), in the order of the alphabet of the moment."""
    return sorted(_places(language()).items(), key=lambda one: text.alphabetical(one[1]))
