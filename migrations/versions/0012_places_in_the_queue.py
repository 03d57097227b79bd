"""Since when a change has waited, however often it was asked for anew."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Never by making the table anew: on SQLite that deletes its rows, and with them all that hangs on them.
    op.add_column("revision", sa.Column("waiting_since", sa.DateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("revision", "waiting_since")
