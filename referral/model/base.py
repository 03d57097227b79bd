"""What every table shares: names of constraints, UTC times, public ids."""

import secrets
from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, ColumnElement, DateTime, Dialect, MetaData, String, func
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import DeclarativeBase, Mapped
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
"""Fixed names, so that a migration can find a constraint on every database."""


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC: refuses a time without a zone, gives back one with it."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment as it is stored: naive UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment as it is read: aware UTC."""
        return None if value is None else value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """The base of every table."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime,
        str: String,
        list[str]: JSON,
        list[list[str]]: JSON,
        dict[str, str]: JSON,
        dict[str, Any]: JSON,
    }


class Queued:
    """What waits for a moderator, and keeps its place in the queue while it is asked for anew."""

    made_at: Mapped[datetime]
    waiting_since: Mapped[datetime | None]
    """When the first of those it replaced was made, where it replaced what waited."""

    @hybrid_property
    def since(self) -> datetime:
        """Since when it has waited, or what it replaced: its place in the queue."""
        return self.waiting_since or self.made_at

    @since.inplace.expression
    @classmethod
    def _since(cls) -> ColumnElement[datetime]:
        return func.coalesce(cls.waiting_since, cls.made_at)


def new_public_id() -> str:
    """Twelve random characters that name a thing in public: 72 bits, so that nobody guesses a neighbour's."""
    return secrets.token_urlsafe(9).replace("-", "a").replace("_", "b")
