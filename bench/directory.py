"""A directory of invented listings to ask pages of, kept under `var/bench` from one run to the next."""

import random
from dataclasses import replace
from pathlib import Path

from flask import Flask

from referral import create_app, setup, utc_now
from referral.config import ROOT, from_environment
from referral.listings.towns import countries
from referral.progress import bar
from referral.web import Rooms

MANY, FEW = 1200, 40
"""Addresses asked in turn: so many that nearly every card is drawn anew, or so few that all pages are kept."""

KNOWN = 300
"""Towns whose cards are all kept at once, in a directory of any size."""

UNITS = ("", "&unit=km", "&unit=mi")
"""Each of them asked in so many ways: other pages, more than are kept, of the same cards."""

SMALLEST = 15_000
"""Inhabitants of the smallest towns asked for."""


def environment(count: int) -> dict[str, str]:
    """The settings of the directory of `count` listings: its own folder, the gazetteer of the checkout."""
    return {
        "REFERRAL_DATA": str(ROOT / "var" / "bench" / str(count)),
        "REFERRAL_GAZETTEER": str(from_environment({"REFERRAL_DATA": str(ROOT / "var")}).gazetteer),
        "REFERRAL_SEARCH_LIMIT": "100000 per second",
    }


def opened(count: int) -> Flask:
    """The application over that directory, which is made first where it is missing."""
    app = create_app(from_environment(environment(count)))
    rooms: Rooms = app.extensions["referral"]
    with bar() as step:
        setup.gazetteer(replace(rooms.config, data=ROOT / "var"), step)
        setup.database(rooms.engine)
        setup.listings(rooms.engine, rooms.gazetteer, count, 1, utc_now(), step)
        setup.index(rooms.engine, rooms.index, utc_now(), step)
    return app


def addresses(app: Flask, count: int = MANY) -> list[str]:
    """Searches around towns in the countries where the invented people live, the same in every run."""
    gazetteer = app.extensions["referral"].gazetteer
    towns = sorted(gazetteer.cities(list(countries()), SMALLEST), key=lambda place: place.id)
    return [f"/search?place={town.id}&radius=80" for town in random.Random(5).sample(towns, min(count, len(towns)))]


def of_known(paths: list[str]) -> list[str]:
    """Of these addresses, some whose cards are kept although no page of them is."""
    return [path + unit for unit in UNITS for path in paths[:KNOWN]]


def written(paths: list[str], file: Path) -> Path:
    """The file with an address a line."""
    file.write_text("\n".join(paths) + "\n")
    return file
