"""Commands: each parses, calls one function and prints its report."""

import json
import sys
import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import click
from flask import Flask
from flask.cli import with_appcontext
from rich.console import Console
from rich.table import Table
from sqlalchemy.exc import DBAPIError

from referral import db, mail, nightly, outages, serving, setup
from referral.accounts import demonstration
from referral.catalogues.command import translate
from referral.cli.accounts import people
from referral.cli.keeping import back_up, erase, restore
from referral.cli.saying import Command, Group, Port
from referral.coordinating import demonstration as roster
from referral.errors import UsageError
from referral.listings import demo, exports, imports, indexing
from referral.mail import keys
from referral.networks import areas
from referral.places.types import as_json
from referral.progress import bar
from referral.search import answer, results
from referral.search.reading import read
from referral.web import Rooms, rooms
from referral.workshops.publishing import forget_invented

places = Group("places", help="The gazetteer of towns, postcodes, regions and countries.")
listings = Group("listings", help="Listings in and out.")
index = Group("index", help="The search index.")
letters = Group("letters", help="The letters that wait to be sent.")
invented = Group("demo", help="Invented listings, clearly marked, to try things out.")


@places.command("build")
@click.option("--geonames", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Full GeoNames dumps.")
def build_places(geonames: Path | None) -> None:
    """Build the file of places."""
    config = rooms().config
    with setup.alone(config.data), bar() as step:
        report = setup.build_places(config, step, geonames)
    for kind, count in sorted(report.places.items()):
        click.echo(f"{kind:<10} {count:>9,}")
    click.echo(f"{'names':<10} {report.names:>9,}\n{'postcodes':<10} {report.postcodes:>9,}")
    click.echo(f"regions with an ISO code: {report.regions_joined}, without: {len(report.regions_not_joined)}")
    click.echo(f"{config.gazetteer}: {report.size / 1e6:.0f} MB")


@places.command("find")
@click.argument("line", required=False)
@click.option("--country", help="ISO 3166-1 code of the country to look in first.")
@click.option("--limit", type=click.IntRange(1, 50), default=6, show_default=True)
@click.option("--batch", type=click.File("r", encoding="utf-8", errors="replace"), help="A file of one line a place.")
@click.option("--json", "plain", is_flag=True, help="Print JSON.")
def find_places(line: str | None, country: str | None, limit: int, batch: Any, plain: bool) -> None:
    """Say which places LINE may mean, best first."""
    if (line is None) == (batch is None):
        raise UsageError("Give one line, or --batch with a file of lines.")
    for one in [line or ""] if batch is None else batch:
        found = as_json(rooms().gazetteer.find(one.rstrip("\r\n"), country=country, limit=limit))
        if plain or batch:
            click.echo(json.dumps(found, ensure_ascii=False))
        else:
            lines = (f"{p['label']}  ({p['kind']}, {p['match']}, {p['lat']}, {p['lon']})" for p in found)
            click.echo("\n".join(lines) or "Nothing found.")


@click.command("search", cls=Command)
@click.argument("line")
@click.option("--json", "plain", is_flag=True, help="Print the JSON of /api/v1/search.")
@with_appcontext
def search(line: str, plain: bool) -> None:
    """Search as a visitor would."""
    here, country = rooms(), rooms().config.site.home
    with db.reading(here.engine) as session:
        indexing.catch_up(session, here.index, here.now().date())  # a command waits; a page would not
        sources = here.sources(session)
        search = read(line, here.gazetteer, country=country, known=sources.holds, borne=sources.is_borne).search
        page = results.find(sources, search, country=country)
    if plain:
        click.echo(json.dumps(answer.as_json(page, here.config.base_url), ensure_ascii=False, indent=2))
        return
    click.echo("\n".join((page.summary or f"Not understood: {page.unread}", *page.corrections)))
    for card in page.cards:
        far = "" if card.distance_km is None else f"{card.distance_km:.1f} km  "
        click.echo(f"  {far}{card.name}, {card.locality or card.country_label}")
    onward = (*(c.label for c in (*page.choices, *page.alone)), *(w.sentence for w in page.widened if w.sentence))
    click.echo("".join(f"  → {way}\n" for way in dict.fromkeys(onward)), nl=False)


@listings.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--network", default="", help="Slug of the network they belong to.")
@click.option("--map", "mapping", default="", help="Field=column pairs with commas, or a file of them.")
@click.option("--dry-run", is_flag=True, help="Check every row, change nothing.")
@click.option("--consent", metavar="REASON", default="", help="Why all of them may be shown before they agreed here.")
def import_listings(file: Path, network: str, mapping: str, dry_run: bool, consent: str) -> None:
    """Read listings from CSV or XLSX: all of them or, when a row is wrong, none."""
    here = rooms()
    with db.writing(here.engine) as session, bar() as step:
        if network and network not in areas.slugs(session):
            raise UsageError(f"There is no network “{network}”. The addresses under /networks end in their names.")
        report = imports.run(
            session, file, mapping, network, here.gazetteer, here.now(), here.letterhead, dry_run, step, consent.strip()
        )
        session.commit()
    click.echo(report.text())
    sys.exit(1 if report.bad else 0)


@listings.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def export_listings(file: Path) -> None:
    """Write every listing to a CSV file."""
    with db.reading(rooms().engine) as session:
        click.echo(f"{exports.run(session, file):,} listings written to {file}")


listings.add_command(erase)


@index.command("rebuild")
def rebuild() -> None:
    """Build the index anew from the database."""
    here = rooms()
    with db.reading(here.engine) as session, bar() as step:
        count = indexing.rebuild(session, here.index, here.now().date(), lambda n, all: step("Search index", n, all))
    click.echo(f"{count:,} listings in generation {here.index.state().generation}")


@index.command("verify")
@click.option("--json", "plain", is_flag=True, help="Print JSON.")
def verify(plain: bool) -> None:
    """Compare the index with the database; exit 1 on any difference."""
    here = rooms()
    with db.reading(here.engine) as session:
        indexing.catch_up(session, here.index, here.now().date())
        differences = indexing.verify(session, here.index, here.now().date())
    state = here.index.state()
    if plain:
        click.echo(json.dumps({"documents": state.documents, "seq": state.seq, "differences": differences}))
    else:
        held = "1 listing" if state.documents == 1 else f"{state.documents:,} listings"
        click.echo("\n".join(differences) or f"{held}, no difference.")
    sys.exit(1 if differences else 0)


@invented.command("load")
@click.option("--count", type=click.IntRange(0, 1_000_000), required=True)
@click.option("--seed", type=int, default=1, show_default=True)
def load_demo(count: int, seed: int) -> None:
    """Replace the invented listings by COUNT others; with 0, the invented workshops go, too."""
    here = rooms()
    with db.writing(here.engine) as session, bar() as step:
        demo.load(session, count, seed, here.gazetteer, here.now(), lambda n, all: step("Demonstration", n, all))
        roster.people(session, here.now())
        if not count:
            forget_invented(session)
        session.commit()
    click.echo(f"{count:,} demonstration listings.")


@letters.command("begin-anew")
@click.option("--sure", is_flag=True, required=True, help="The key is gone, and no copy of it is left.")
@with_appcontext
def begin_letters_anew(sure: bool) -> None:
    """Go on without the secret key that was lost for good: everybody known has letters only once they ask for them."""
    here = rooms()
    with db.writing(here.engine) as session:
        secrets = here.config.secret_key, here.config.secret_key_before
        known = keys.begin_anew(session, *secrets, here.now().date())
        session.commit()
    click.echo(f"Restart. {known:,} addresses get letters that come by themselves once they ask; nobody is invited.")


@letters.command("send")
@click.option("--loop", is_flag=True, help="Go on until stopped.")
def send_letters(loop: bool) -> None:
    """Send the letters that wait in the outbox."""
    here = rooms()
    transport = mail.open_transport(here.config)
    while True:
        report = mail.send_due(here.engine, transport, here.now())
        if not loop or report.sent or report.later or report.failed:
            click.echo(f"{report.sent} sent, {report.later} to be tried again, {report.failed} failed, "
                       f"{report.waiting} waiting. {report.unreachable}".rstrip())  # fmt: skip
        if not loop:
            break
        time.sleep(mail.EVERY)


@click.command("nightly", cls=Command)
@click.option("--now", "moment", type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"]), help="Another moment, UTC.")
@with_appcontext
def every_night(moment: datetime | None) -> None:
    """Do what is due every night, and say what that was; exit 1 when a job failed."""
    here = rooms()
    now = moment.replace(tzinfo=UTC) if moment else here.now()
    reports = nightly.run(serving.night(here, now))
    table = Table("job", "", "seconds", title=f"{now:%Y-%m-%d %H:%M} UTC")
    for report in reports:
        said = ", ".join(f"{n:,} {what}" for what, n in report.counts.items())
        table.add_row(report.job, f"failed: {report.failed}" if report.failed else said, f"{report.seconds:.2f}")
    Console().print(table)
    sys.exit(1 if any(report.failed for report in reports) else 0)


IF_NONE = click.option(
    "--demo", "count", type=click.IntRange(0, 1_000_000), default=0, help="Invented listings, if there are none."
)


@click.command("setup", cls=Command)
@IF_NONE
@with_appcontext
def set_up(count: int) -> None:
    """Make everything ready that is not: places, tables, networks, questions, index."""
    here: Rooms = rooms()
    with setup.alone(here.config.data, partial(click.echo, err=True)), bar() as step:
        gazetteer = setup.gazetteer(here.config, step)
        setup.database(here.engine)
        setup.demonstration(here.engine, gazetteer, count, here.now(), step)
        setup.index(here.engine, here.index, here.now(), step)


@click.command("serve", cls=Command)
@click.option("--host", envvar="HOST", default="127.0.0.1", show_default=True)
@click.option("--port", envvar="PORT", type=Port(), default=8000, show_default=True)
@IF_NONE
@click.pass_context
@with_appcontext
def serve(ctx: click.Context, host: str, port: int, count: int) -> None:
    """Set up what is missing, then serve."""
    serving.check_port(host, port)
    _ = mail.open_transport(rooms().config), rooms().geocoder  # each says now what is wrong with its setting
    try:
        ctx.invoke(set_up, count=count)
        if rooms().config.demo:
            click.echo(demonstration.told(rooms().engine, rooms().now(), f"http://{host}:{port}"), err=True)
    except (DBAPIError, OSError) as error:
        _go_on_reading(rooms(), error)
    rooms().engine.dispose()  # the server's own process must not share our connections
    serving.serve(host, port, rooms().config.data)


def _go_on_reading(here: Rooms, error: Exception) -> None:
    """Where the storage keeps nothing new, what it has is served; raises `error` where that is not enough."""
    if (why := outages.sentence(error)) is None or not setup.is_done(here.config, here.engine, here.index):
        raise error
    click.echo(f"{why} Until then, what is there is served for reading.", err=True)


def install(app: Flask) -> None:
    """Give the application its commands."""
    for command in (places, search, listings, index, people, letters, every_night, invented, translate, set_up, serve):
        app.cli.add_command(command)
    for command in (back_up, restore, erase):
        app.cli.add_command(command)
