"""The key that addresses without letters are known by, so that it outlives the secret key of the installation."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kept_key",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("wrapped", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_kept_key"),
    )


def downgrade() -> None:
    op.drop_table("kept_key")
