"""Commands for what an operator owes: a copy that can be put back, and erasing who asks for it."""

from pathlib import Path

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from referral import copies, db, setup
from referral.cli.saying import Command
from referral.errors import UsageError
from referral.listings import forgetting, partners, photos, revisions
from referral.model import Listing
from referral.progress import bar
from referral.web import rooms

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("backup", cls=Command)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def back_up(file: Path) -> None:
    """Write a copy of all that cannot be made anew to FILE, also while the directory is served."""
    report = copies.make(rooms().config, file.absolute())
    click.echo(f"{file}: the database, {report.photos:,} photo files, the secret key. Keep it where nobody else reads.")


@click.command("restore", cls=Command)
@click.argument("file", type=FILE)
@click.option("--replace", is_flag=True, help="Also where there is a directory already.")
@click.option("--erased", type=FILE, help="The list of who was erased since, if the data folder was lost.")
@click.option("--unsubscribed", type=FILE, help="The list of who wants no letters, if the data folder was lost.")
@with_appcontext
def restore(file: Path, replace: bool, erased: Path | None, unsubscribed: Path | None) -> None:
    """Put back the copy in FILE. Who was erased stays erased, who wants no letters gets none. All sign in anew."""
    here = rooms()
    gone, unwanted = (one.read_text("utf-8").split() if one else () for one in (erased, unsubscribed))
    with setup.alone(here.config.data), bar() as step:
        report = copies.put_back(here.config, file, here.now(), replace=replace, erased=gone, unwanted=unwanted)
        setup.database(here.engine)
        setup.index(here.engine, here.index, here.now(), step)
    again = f"Erased again: {report.erased:,}. Unsubscribed again: {report.unwanted:,}."
    click.echo(f"Put back, with {report.photos:,} photo files. {again}")


@click.command("erase", cls=Command)
@click.argument("public_id")
@click.option("--reason", required=True, help="Stands in the audit log, which outlives them: no names.")
@with_appcontext
def erase(public_id: str, reason: str) -> None:
    """Erase the listing PUBLIC_ID and everything the directory knows of its person, as they could themselves."""
    here = rooms()
    with db.writing(here.engine) as session:
        found = session.scalars(select(Listing.id).where(Listing.public_id == public_id)).all()
        if not found:
            raise UsageError(f"There is no listing {public_id}. `listings export` writes the numbers, as public_id.")
        forgetting.begin(here.config.data)
        with partners.told(session, found, here.now(), here.letterhead):
            revisions.erase(session, found, here.now(), reason)
        session.commit()
    photos.forget(here.config.photos_folder, [public_id])
    done = forgetting.sweep(here.engine, here.index, here.config.data, here.now().date())
    click.echo("Erased." if done else "Erased. Its last bytes leave the disk with the next `nightly`.")
