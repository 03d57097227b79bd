"""Which addresses want no more letters that come by themselves: keyed hashes, which outlive who is erased."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "unsubscribed",
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("mark", name="pk_unsubscribed"),
    )


def downgrade() -> None:
    op.drop_table("unsubscribed")
