"""What a network trains therapists and others in, apart from what it offers to everybody."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Never by making the table anew: on SQLite that deletes its rows, and with them all that hangs on them.
    op.add_column("network", sa.Column("training", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("network", "training")
