"""When somebody was asked where an office's address lies, so that nobody is asked for it every night."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Never by making the table anew: on SQLite that deletes its rows, and with them all that hangs on them.
    op.add_column("office", sa.Column("looked_up_on", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("office", "looked_up_on")
