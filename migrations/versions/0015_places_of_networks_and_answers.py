"""Since when what a network says of itself, or an own answer, has waited, however often it was asked for anew."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

TABLES = ("network_revision", "own_answer")


def upgrade() -> None:
    # Never by making a table anew: on SQLite that deletes its rows, and with them all that hangs on them.
    for table in TABLES:
        op.add_column(table, sa.Column("waiting_since", sa.DateTime(), nullable=True))


def downgrade() -> None:
    for table in TABLES:
        op.drop_column(table, "waiting_since")
