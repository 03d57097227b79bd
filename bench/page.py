"""The whole page of results: server time in one process, beside the index and the loading of rows alone."""

import os
import random
import tempfile
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import replace
from pathlib import Path

from flask import Flask

from bench.timing import row, times_ms
from index.types import Circle, Query
from referral import create_app, db, setup, utc_now
from referral.config import ROOT, from_environment
from referral.listings import published
from referral.progress import bar

REQUESTS = 300


def run(count: int = 2000) -> list[dict[str, object]]:
    """Rows for a directory of `count` demonstration listings."""
    with tempfile.TemporaryDirectory() as folder, Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere):
        return _measure(_made(Path(folder), count), f"{count} listings")


def _made(folder: Path, count: int) -> Flask:
    """A directory of its own in `folder`, over the gazetteer of the checkout."""
    there = from_environment({"REFERRAL_DATA": str(ROOT / "var")})
    config = replace(
        from_environment({"REFERRAL_DATA": str(folder), "REFERRAL_GAZETTEER": str(there.gazetteer)}),
        search_limit="100000 per second",
    )
    app = create_app(config)
    rooms = app.extensions["referral"]
    with bar() as step:
        setup.gazetteer(there, step)
        setup.database(rooms.engine)
        setup.listings(rooms.engine, rooms.gazetteer, count, 1, utc_now(), step)
        setup.index(rooms.engine, rooms.index, utc_now(), step)
    return app


def _measure(app: Flask, corpus: str) -> list[dict[str, object]]:
    rooms, client, choose = app.extensions["referral"], app.test_client(), random.Random(1)
    towns = [p for c in ("US", "DE", "FR", "GB", "CA") for p in rooms.gazetteer.cities([c], 200_000)]
    picked = [choose.choice(towns) for _ in range(REQUESTS)]
    today = utc_now().date()

    def page(url: str) -> Callable[[], object]:
        return lambda: client.get(url)

    near = [page(f"/search?place={p.id}&radius=80") for p in picked]
    chosen = [page(f"/search?place={p.id}&radius=320&language=en&delivery=online&delivery=in_person") for p in picked]
    areas = [page(f"/search?in={choose.choice(['US', 'DE', 'US-CA', 'US-NY', 'CA-ON', 'FR', 'GB'])}") for _ in picked]
    typed = [page(f"/search?q={p.name}") for p in picked]
    queries = [Query(circles=(Circle(p.lat, p.lon, 80.0),)) for p in picked]
    alone = times_ms([lambda q=q: rooms.index.find(q, today) for q in queries])  # type: ignore[misc]
    with db.reading(rooms.engine) as session:
        ids = [id for id, _km in rooms.index.find(Query(), today).hits]
        rows = times_ms([lambda: published.load(session, ids) for _ in range(REQUESTS)])
    floor = sorted(rows)[len(rows) // 2]
    return [
        row("page", "20 rows loaded", corpus, "near 80 km", rows, floor),
        row("page", "index alone", corpus, "near 80 km", alone, floor),
        row("page", "whole page", corpus, "near 80 km", times_ms(near), floor),
        row("page", "whole page", corpus, "near 320 km, three facets", times_ms(chosen), floor),
        row("page", "whole page", corpus, "country or region", times_ms(areas), floor),
        row("page", "redirect", corpus, "typed town", times_ms(typed), floor),
        row("page", "whole page", corpus, "home", times_ms([page("/")] * 100), floor),
    ]
