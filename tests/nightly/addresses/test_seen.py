"""What a geocoder says of an address reaches only whom it should, and goes with the address."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from referral import db
from referral.listings import checks, imports, published
from referral.listings.content import Office
from referral.listings.documents import document
from referral.listings.indexing import follow
from referral.nightly import addresses
from referral.nightly.night import Night
from referral.places.geocode import StreetGeocoder
from tests.client import CheckingClient
from tests.make import HEAD, NOW, TODAY
from tests.nightly.lookups import HOUSE, STREET, bytes_of, listing, make, submit
from tests.places.servers import Server

PAGES = (
    "/search?place=4250542",
    "/api/v1/search?place=4250542",
    "/api/v1/map?place=4250542",
    "/api/v1/therapists/annexample",
    "/therapists/ann-example",
    "/shortlist?t=annexample",
)
"""Where a visitor meets her: Springfield, Illinois."""


@pytest.mark.parametrize("visibility", ["area", "none", "full"])
def test_the_exact_place_is_seen_only_where_the_address_is(
    client: CheckingClient, app: Flask, engine: Engine, server: Server, geocoder: StreetGeocoder, visibility: str
) -> None:
    id = make(engine, name="Ann Example", public_id="annexample", address_visibility="area")
    here = app.extensions["referral"]

    addresses.addresses(Night(engine, here.index, HEAD, NOW, geocoder=lambda: geocoder))
    if visibility != "area":
        submit(engine, id, address_visibility=visibility)
    pages = {path: client.get(path).text for path in PAGES}

    assert all("Ann" in page or "ann-example" in page for page in pages.values())
    assert STREET not in str(pages) or visibility == "full"
    exact = [path for path, page in pages.items() if "39.8012" in page or "-89.6432" in page]
    assert bool(exact) == (visibility == "full"), exact
    told = document(listing(engine, id), TODAY)
    assert told.points == (checks.coarse(*HOUSE, visibility),)
    with db.reading(engine) as session:
        follow(session, here.index, TODAY)
    assert here.index.differences([told], TODAY) == []
    kept = bytes_of(here.config.index_folder)
    assert (visibility == "full") or (b"39.801234" not in kept and STREET.encode() not in kept)


def imported(night: Night, folder: Path, header: str, row: str) -> Office:
    """The first office after a file of one row was taken over."""
    file = folder / "roster.csv"
    file.write_text(f"{header}\n{row}\n", "utf-8")
    with Session(night.engine) as session:
        report = imports.run(session, file, "", "test", None, NOW, HEAD)
        assert not report.bad, report.bad
        session.commit()
        return published.by_public_ids(session, ["annexample"])[0].content.offices[0]


def test_an_import_with_another_address_takes_the_place_of_the_old_away(night: Night, tmp_path: Path) -> None:
    make(night.engine, public_id="annexample", name="Ann Example")
    addresses.addresses(night)
    header = "public_id,name,locality,postcode,street,country"

    same = imported(night, tmp_path, header, f"annexample,Ann Example,Springfield,62701,{STREET},US")
    other = imported(night, tmp_path, header, "annexample,Ann Example,Springfield,62701,2 New Street,US")

    assert (same.lat, same.point_source) == (HOUSE[0], "geocoder")
    assert (other.lat, other.point_source, other.looked_up_on) == (None, "", None)


def test_a_point_an_import_brings_was_not_looked_up(night: Night, tmp_path: Path) -> None:
    make(night.engine, public_id="annexample", name="Ann Example")
    addresses.addresses(night)

    there = imported(night, tmp_path, "public_id,name,country,lat,lon", "annexample,Ann Example,US,39.77,-89.66")

    assert (there.lat, there.point_source, there.looked_up_on) == (39.77, "", None)
