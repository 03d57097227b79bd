"""A workshop as other programs read it: JSON-LD of schema.org in its page, and a row of the open API."""

from datetime import datetime
from zoneinfo import ZoneInfo

from referral.listings.labels import excerpt
from referral.model import Workshop
from referral.workshops.lines import WorkshopLine, place_label

Json = dict[str, object]


def event(workshop: Workshop, link: str, presenters: list[tuple[str, str]], organiser: tuple[str, str] | None) -> Json:
    """The Event of schema.org; presenters and organiser as (name, address), the address empty where there is none."""
    told: Json = {
        "@context": "https://schema.org",
        "@type": "EducationEvent",
        "name": workshop.title,
        "startDate": local(workshop.starts_at, workshop.time_zone),
        "endDate": local(workshop.ends_at, workshop.time_zone),
        "eventStatus": f"https://schema.org/Event{'Cancelled' if workshop.withdrawn_at else 'Scheduled'}",
        "eventAttendanceMode": f"https://schema.org/{'Online' if workshop.online else 'Offline'}EventAttendanceMode",
        "inLanguage": workshop.language,
        "location": _location(workshop, link),
        "url": link,
        "performer": [_named("Person", one) for one in presenters],
        "organizer": organiser and _named("Organization", organiser),
        "description": excerpt(workshop.about, 300),
        "offers": _offer(workshop),
    }
    return {name: value for name, value in told.items() if value}


def row(workshop: Workshop, line: WorkshopLine, far: float | None, base_url: str) -> Json:
    """One workshop of the API."""
    return {
        "id": workshop.public_id,
        "title": workshop.title,
        "programme": workshop.programme,
        "language": workshop.language,
        "starts_at": local(workshop.starts_at, workshop.time_zone),
        "ends_at": local(workshop.ends_at, workshop.time_zone),
        "time_zone": workshop.time_zone,
        "online": workshop.online,
        "locality": workshop.locality,
        "country": workshop.country,
        "point": [workshop.lat, workshop.lon] if workshop.lat is not None else None,
        "distance_km": None if far is None else round(far, 1),
        "series": workshop.series or None,
        "price": workshop.price,
        "currency": workshop.currency or None,
        "network": line.network_name or None,
        "registration_url": workshop.registration_url,
        "demonstration": workshop.demonstration,
        "url": base_url + line.url,
        "calendar": f"{base_url}{line.url}.ics",
    }


def local(moment: datetime, zone: str) -> str:
    """The moment as clocks of the zone show it, with how far they are from UTC."""
    return moment.astimezone(ZoneInfo(zone)).isoformat(timespec="minutes")


def _location(workshop: Workshop, link: str) -> Json:
    if workshop.online:
        return {"@type": "VirtualLocation", "url": workshop.registration_url or link}
    address = {"streetAddress": workshop.address, "addressLocality": workshop.locality}
    whole: Json = {"@type": "PostalAddress", "addressCountry": workshop.country}
    whole |= {name: value for name, value in address.items() if value}
    place: Json = {"@type": "Place", "name": place_label(workshop), "address": whole}
    if workshop.lat is not None:
        place["geo"] = {"@type": "GeoCoordinates", "latitude": workshop.lat, "longitude": workshop.lon}
    return place


def _offer(workshop: Workshop) -> Json | None:
    if workshop.price is None:
        return None
    offer: Json = {"@type": "Offer", "price": workshop.price, "priceCurrency": workshop.currency}
    return offer | ({"url": workshop.registration_url} if workshop.registration_url else {})


def _named(kind: str, one: tuple[str, str]) -> Json:
    name, address = one
    told: Json = {"@type": kind, "name": name}
    return told | ({"url": address} if address else {})
