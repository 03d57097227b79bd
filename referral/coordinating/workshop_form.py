"""A workshop of a network, as a form."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy.orm import Session
from wtforms import DateTimeLocalField, Form
from wtforms.validators import Optional

from referral.editing.fields import (
    MARKS,
    Number,
    OneOf,
    Ticked,
    Typed,
    Written,
    country_choices,
    currency_choices,
    writing_choices,
)
from referral.errors import UsageError
from referral.listings import published
from referral.listings.placing import Locate
from referral.model import Workshop
from referral.text import N_, _
from referral.workshops import planning, publishing, times
from referral.workshops.planning import Dates, Plan


class Moment(DateTimeLocalField):
    """A day and an hour, as clocks at the place show them."""

    def __init__(self, label: str, hint: str = "", **kind: Any) -> None:
        super().__init__(label, [Optional()], format="%Y-%m-%dT%H:%M", description=hint, **kind)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was typed."""
        self.data = None
        try:
            if valuelist and valuelist[0]:
                self.data = datetime.strptime(valuelist[0][:16].replace(" ", "T"), "%Y-%m-%dT%H:%M")
        except ValueError:
            raise ValueError(_("This is not a day with an hour: 2026-03-12 18:00.")) from None


class WorkshopForm(Form):
    """One workshop, or the first of a series; the whole site guards its forms."""

    class Meta:
        """The library's own texts are not used."""

        csrf = False
        locales: ClassVar[list[str]] = []

    programme = OneOf(N_("What kind"), lambda: [("", _("Choose one")), *planning.programmes().items()])
    title = Typed(N_("Title"), longest=120)
    language = OneOf(N_("Language"), lambda: [("", _("Choose a language")), *writing_choices()])
    starts = Moment(N_("It begins"), N_("In the time zone you choose below."))
    ends = Moment(N_("It ends"))
    time_zone = OneOf(
        N_("Time zone"),
        lambda: [("", _("Choose a time zone")), *times.zone_choices()],
        N_("That of the place; online the one you go by."),
    )
    rhythm = OneOf(N_("It repeats"), lambda: [("", _("Not at all")), *planning.rhythms().items()])
    times = Number(N_("How many times in all"), N_("The first one included."), planning.MANY)
    online = Ticked(N_("It is online"))
    locality = Typed(N_("Town"), longest=120)
    country = OneOf(N_("Country"), country_choices)
    address = Typed(N_("Address"), N_("House and street, for everybody to see."), 300)
    presenters = Written(
        N_("Who leads it"),
        N_(
            "One name a line. If somebody is listed here, paste the address of their page instead: "
            "we show their name with a link."
        ),
        1500,
        rows=3,
    )
    price = Number(N_("Price"), N_("A whole amount. Say below for whom: one person, or a couple."), 1_000_000)
    currency = OneOf(N_("Currency"), currency_choices)
    registration_url = Typed(N_("Where to register"), N_("A web address, with https."), 500, inputmode="url")
    about = Written(N_("What people should know"), MARKS, planning.WORDS, rows=8)


_PLAIN = (
    "programme", "title", "language", "time_zone", "online", "locality", "country", "address", "price", "currency",
    "registration_url", "about",
)  # fmt: skip
"""Fields that stand in a plan as they stand in the form."""


_PAGE = re.compile(r"/therapists/([^/?#\s]+)/?(?:[?#]\S*)?$")
"""The end of the address of somebody's page."""


def told(workshop: Workshop) -> Mapping[str, Any]:
    """What the fields hold before anything is typed."""
    starts, ends = publishing.local(workshop)
    plain = {name: getattr(workshop, name) for name in _PLAIN}
    return {**plain, "starts": starts, "ends": ends, "presenters": "\n".join(workshop.presenters)}


def planned(session: Session, filled: WorkshopForm, locate: Locate) -> Plan:
    """What was typed, as a workshop is planned. Raises UsageError for what cannot be meant."""
    said: dict[str, Any] = {name: filled[name].data or filled[name].default or "" for name in _PLAIN}
    said |= {"online": bool(filled["online"].data), "price": filled["price"].data}
    typed = (line.strip() for line in filled["presenters"].data.splitlines())
    names = tuple(_presenter(session, name) for name in typed if name)
    place = locate(said["locality"], said["country"]) if said["locality"] and said["country"] else None
    if place is not None:
        said |= {"lat": place.lat, "lon": place.lon}
    return Plan(**said, presenters=names)


def _presenter(session: Session, typed: str) -> str:
    """A name as it was typed; the number of the listing whose page's address was.

    Raises UsageError for the address of a page that nobody sees.
    """
    page = _PAGE.search(typed)
    there = published.by_slug(session, page[1]) if page else None
    if page and there is None:
        raise UsageError(_("We do not know that page. Copy its address from your browser."))
    return there.public_id if there else typed


def dates(filled: WorkshopForm) -> list[Dates]:
    """When it takes place, as clocks there show it; several for a series. Raises UsageError without a day."""
    starts, ends = filled["starts"].data, filled["ends"].data
    if starts is None or ends is None:
        raise UsageError(_("Say when it begins and when it ends."))
    if not filled["rhythm"].data:
        return [(starts, ends)]
    return planning.repeated(starts, ends, filled["rhythm"].data, filled["times"].data or 1)
