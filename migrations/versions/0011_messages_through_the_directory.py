"""Who wants no messages through the directory; and an enquiry keeps no words: its letter does, until it is sent."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Never by making a table anew: on SQLite that deletes its rows, and with them all that hangs on them.
    op.add_column("listing", sa.Column("no_enquiries", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.drop_column("enquiry", "message")
    op.drop_column("enquiry", "reply_to")


def downgrade() -> None:
    op.add_column("enquiry", sa.Column("reply_to", sa.String(), nullable=False, server_default=""))
    op.add_column("enquiry", sa.Column("message", sa.String(), nullable=False, server_default=""))
    op.drop_column("listing", "no_enquiries")
