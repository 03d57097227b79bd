"""How much of a first view comes over the wire, as the browser counts it: every answer with its headers."""

import os
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from PIL import Image, ImageDraw, ImageFilter
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from referral import changes, setup
from referral.listings import photos
from referral.model import Listing
from referral.places.gazetteer import Gazetteer
from tests.conftest import NOW
from tests.live import DESK, PHONE, serving, visit

pytestmark = pytest.mark.browser

MANY = 400
LARGEST, LARGEST_MAPPED = 60_000, 150_000
"""Bytes: 60 kB are promised, and 150 with the map (docs/design.md)."""

COME = "all => all.filter((one) => one.naturalWidth).length"
WIDTH = "one => one.decode().then(() => one.naturalWidth)"

PAGES = (
    "/", "/search?q=New+York", "/search?in=US", "/de/search?q=Berlin&radius=500", "/fr/search?q=Paris&radius=500",
    "/nl/search?q=Amsterdam&radius=500", "/ar/search?in=US",
)  # fmt: skip


@pytest.fixture(scope="module")
def portrait() -> bytes:
    """A face before a restless ground, as many bytes as a photo has once it is made small."""
    side = 640
    rough = Image.effect_noise((side // 6, side // 6), 70).resize((side, side), Image.Resampling.BICUBIC)
    image = Image.merge("RGB", [rough.point(lambda light, least=least: light * 0.6 + least) for least in (60, 50, 30)])
    draw = ImageDraw.Draw(image)
    draw.ellipse((64, 460, 576, 960), fill=(40, 60, 90))
    draw.ellipse((160, 64, 480, 450), fill=(70, 45, 30))
    draw.ellipse((192, 115, 448, 480), fill=(214, 170, 140))
    for left in (237, 352):
        draw.ellipse((left, 256, left + 51, 281), fill=(250, 250, 250))
        draw.ellipse((left + 16, 256, left + 35, 281), fill=(40, 30, 20))
    draw.arc((269, 320, 371, 397), 20, 160, fill=(150, 60, 60), width=8)
    grain = Image.merge("RGB", [Image.effect_noise((side, side), 40)] * 3)
    into = BytesIO()
    Image.blend(image.filter(ImageFilter.GaussianBlur(2)), grain, 0.15).save(into, "PNG")
    return into.getvalue()


@pytest.fixture
def pictured_site(app: Flask, engine: Engine, gazetteer: Gazetteer, portrait: bytes) -> Iterator[str]:
    """A directory with invented people all over the world, all of whom show a photo."""
    setup.demonstration(engine, gazetteer, MANY, NOW, lambda *_done: None)
    folder: Path = app.extensions["referral"].config.photos_folder
    with Session(engine) as session:
        everybody = session.scalars(select(Listing)).all()
        first = photos.keep(folder, everybody[0].public_id, portrait).partition("-")
        for listing in everybody:
            listing.photo = f"{listing.public_id}-{first[2]}"
            (folder / listing.public_id).mkdir(exist_ok=True)
        for made in list((folder / first[0]).iterdir()):
            for listing in everybody[1:]:
                os.link(made, folder / listing.public_id / made.name)
        changes.record(session, [listing.id for listing in everybody])
        session.commit()
    with serving(app) as address:
        yield address


def weight(chromium: Any, address: str, view: dict[str, int], density: int) -> int:
    """Bytes of all that a browser fetches for a page that it never saw before."""
    context = chromium.new_context(viewport=view, device_scale_factor=density)
    page = context.new_page()
    wire, came = context.new_cdp_session(page), []
    wire.send("Network.enable")
    wire.on("Network.loadingFinished", lambda event: came.append(event["encodedDataLength"]))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(300)
    context.close()
    return int(sum(came))


def test_a_first_view_is_light_though_everybody_shows_a_photo(chromium: Any, pictured_site: str) -> None:
    heavy = {}
    for view, largest in ((PHONE, LARGEST), (DESK, LARGEST_MAPPED)):
        for path, density in [(path, 2) for path in PAGES] + [(PAGES[1], 1), (PAGES[1], 3)]:
            if (found := weight(chromium, pictured_site + path, view, density)) > largest:
                heavy[path, view["width"], density] = found

    assert heavy == {}


def test_photos_come_as_one_comes_near_them_and_nothing_moves(chromium: Any, pictured_site: str) -> None:
    with visit(chromium, pictured_site, viewport=PHONE) as page:
        page.goto(f"{pictured_site}/search?in=US")
        page.wait_for_load_state("networkidle")
        high = page.evaluate("document.documentElement.scrollHeight")
        assert page.locator(".card img").count() == 20
        assert page.locator(".card img").evaluate_all(COME) < 3

        page.locator(".card").nth(5).scroll_into_view_if_needed()
        assert page.locator(".card img").nth(5).evaluate(WIDTH) == 160

        assert page.evaluate("document.documentElement.scrollHeight") == high
        page.locator(".pages a").last.click()
        page.wait_for_url("**page=2**")
        assert page.locator(".card img").first.evaluate(WIDTH) == 160


def test_photos_come_without_a_script(chromium: Any, pictured_site: str) -> None:
    with visit(chromium, pictured_site, viewport=PHONE, java_script_enabled=False) as page:
        page.goto(f"{pictured_site}/search?in=US")

        shown = page.locator(".card img").evaluate_all("all => all.map((one) => getComputedStyle(one).display)")
        assert shown == ["block"] * 20
