"""Alembic's entry: it runs on the connection that `referral.db` hands over."""

from typing import Any

from alembic import context

from referral.model import Base
from referral.model.base import UtcDateTime


def plain_types(kind: str, value: Any, autogen_context: Any) -> str | bool:
    """Write our own column types as the plain ones below, so that old migrations never import today's code."""
    return "sa.DateTime()" if kind == "type" and isinstance(value, UtcDateTime) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
    render_item=plain_types,
)
context.run_migrations()
