"""How a command says what went wrong: one line for what a person did or the storage refuses, a trace for a bug."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import click
from flask.cli import AppGroup, ScriptInfo
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from index.types import IndexBusy
from referral import db, outages
from referral.errors import UsageError
from referral.web import rooms

_OTHER_TABLES = (
    "The database is not of this version of the code: nothing was changed. `setup` brings it up to date, and so does "
    "`make run`; make a copy with `backup` first."
)


class Group(AppGroup):
    """A group of commands in which what a person did wrong is one clear line, not a trace."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        with spoken():
            return super().invoke(ctx)


class Command(click.Command):
    """A command of its own, with errors said as in a group."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        with spoken():
            return super().invoke(ctx)


class Port(click.IntRange):
    """A number of a port; click's own sentence about letters speaks of ranges."""

    def __init__(self) -> None:
        super().__init__(1, 65535)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Read the number."""
        if not str(value).strip().isdecimal():
            self.fail(f"{value!r} is not a number.", param, ctx)
        return super().convert(value, param, ctx)


@contextmanager
def spoken() -> Iterator[None]:
    """What a person did wrong, and what the storage refuses, becomes an error of click's own: one line, no trace."""
    try:
        yield
    except UsageError as error:
        raise click.ClickException(error.text) from None
    except IndexBusy:
        raise click.ClickException("The index is being rebuilt by somebody else. Try again when it is done.") from None
    except (DBAPIError, OSError) as error:
        why = outages.sentence(error) or (_OTHER_TABLES if _has_other_tables() else None)
        if why is None:
            raise
        raise click.ClickException(why) from None


def _has_other_tables() -> bool:
    """Whether another version of the code made the tables, which is what nearly all that fails there comes of."""
    info = click.get_current_context().ensure_object(ScriptInfo)
    with suppress(SQLAlchemyError), info.load_app().app_context():
        return not db.is_current(rooms().engine)
    return False
