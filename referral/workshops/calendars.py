"""A workshop for a calendar: an iCalendar file (RFC 5545) that names the time zone, so that nine stays nine."""

from zoneinfo import ZoneInfo

from referral.listings.labels import plain
from referral.model import Workshop
from referral.workshops.lines import place_label

MADE_BY = "-//Imago referral directory//EN"


def calendar(workshop: Workshop, link: str) -> bytes:
    """The file; `link` is the address of the workshop's page. One that was called off says so to the calendar."""
    from icalendar import Calendar, Event

    zone, event = ZoneInfo(workshop.time_zone), Event()
    event.add("uid", f"{workshop.public_id}@workshops")
    event.add("dtstamp", workshop.changed_at)
    event.add("sequence", workshop.version - 1)
    event.add("dtstart", workshop.starts_at.astimezone(zone))
    event.add("dtend", workshop.ends_at.astimezone(zone))
    event.add("summary", workshop.title)
    event.add("status", "CANCELLED" if workshop.withdrawn_at else "CONFIRMED")
    event.add("url", link)
    event.add("location", ", ".join(p for p in (workshop.address, place_label(workshop)) if p) or link)
    event.add("description", "\n\n".join(p for p in (plain(workshop.about), link) if p))
    if workshop.lat is not None and workshop.lon is not None and not workshop.online:
        event.add("geo", (workshop.lat, workshop.lon))
    made = Calendar()
    made.add("version", "2.0")
    made.add("prodid", MADE_BY)
    made.add_component(event)
    made.add_missing_timezones()
    return bytes(made.to_ical())
