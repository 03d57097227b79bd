"""Since when a change has waited, however often it was asked for anew; which addresses want no more letters."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Never by making the table anew: on SQLite that deletes its rows, and with them all that hangs on them.
    op.add_column("revision", sa.Column("waiting_since", sa.DateTime(), nullable=True))
    op.create_table(
        "unsubscribed",
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("mark", name="pk_unsubscribed"),
    )


def downgrade() -> None:
    op.drop_table("unsubscribed")
    op.drop_column("revision", "waiting_since")
