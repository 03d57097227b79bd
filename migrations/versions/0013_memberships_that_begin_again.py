"""The times somebody belonged to a network before, for a membership that ended and begins again."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Never by making the table anew: on SQLite that deletes its rows, and with them all that hangs on them.
    op.add_column("membership", sa.Column("past", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    op.drop_column("membership", "past")
