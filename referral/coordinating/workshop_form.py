"""A workshop of a network, as a form."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy.orm import Session
from wtforms import DateTimeLocalField
from wtforms.validators import Optional

from referral.editing.fields import (
    MARKS,
    NEEDED,
    Number,
    OneOf,
    Plain,
    Ticked,
    Typed,
    Written,
    country_choices,
    currency_choices,
    writing_choices,
)
from referral.errors import UsageError
from referral.listings import published
from referral.listings.checks import web_address
from referral.listings.placing import Locate
from referral.model import Workshop
from referral.text import N_, _
from referral.workshops import planning, publishing, times
from referral.workshops.planning import Dates, Plan

EARLIEST, LATEST = 1900, 9000
"""Years beyond which no zone is reckoned: nobody means them."""


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


class WorkshopForm(Plain):
    """One workshop, or the first of a series."""

    missing: ClassVar = {
        "programme": N_("Please choose a programme."),
        "title": N_("The title is missing."),
        "language": N_("Please choose a language."),
        "time_zone": N_("Please choose a time zone, like Europe/Vienna."),
    }

    programme = OneOf(
        N_("What kind"), lambda: [("", _("Choose one")), *planning.programmes().items()], render_kw=NEEDED
    )
    title = Typed(N_("Title"), longest=120, render_kw=NEEDED)
    language = OneOf(N_("Language"), lambda: [("", _("Choose a language")), *writing_choices()], render_kw=NEEDED)
    starts = Moment(N_("It begins"), N_("In the time zone you choose below."), render_kw=NEEDED)
    ends = Moment(N_("It ends"), render_kw=NEEDED)
    time_zone = OneOf(
        N_("Time zone"),
        lambda: [("", _("Choose a time zone")), *times.zone_choices()],
        N_("That of the place; online the one you go by."),
        render_kw=NEEDED,
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

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether all is well, each field for itself and beside the others; else they say what is not."""
        good = super().validate(extra_validators)
        wrong = [(name, said) for name, said in self._beside_each_other() if not self[name].errors]
        for name, said in wrong:
            self[name].errors = [said]
        return good and not wrong

    def _beside_each_other(self) -> Iterator[tuple[str, str]]:
        """(name, sentence) of what one answer asks of another."""
        told = self.data
        starts, ends, address = told["starts"], told["ends"], told["registration_url"]
        yield from ((name, _("Say when it begins and when it ends.")) for name in ("starts", "ends") if not told[name])
        for name in ("starts", "ends"):
            if told[name] and not EARLIEST < told[name].year < LATEST:
                yield name, _("This is not a day with an hour: 2026-03-12 18:00.")
        if starts and ends and ends <= starts:
            yield "ends", _("It ends before it begins.")
        if not told["online"] and not told["locality"]:
            yield "locality", _("Please say in which town it is, or that it is online.")
        if told["locality"] and not told["online"] and not told["country"]:
            yield "country", _("Please choose a country.")
        if told["price"] is not None and not told["currency"]:
            yield "currency", _("Please choose a currency, like EUR.")
        if address and not web_address(address):
            yield "registration_url", _("That is not a web address, like https://…")


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
    try:
        names = tuple(_presenter(session, name) for name in typed if name)
    except UsageError as error:
        filled["presenters"].errors = [error.text]
        raise
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
