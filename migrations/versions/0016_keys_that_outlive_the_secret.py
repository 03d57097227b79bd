"""The key that addresses without letters are known by, so that it outlives the secret key of the installation.

Going down leaves a key that is there: after a change of the secret key nobody could make it again, and what is known
of who wants no letters, or was erased, would be lost. Code from before does not look at the table.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if sa.inspect(op.get_bind()).has_table("kept_key"):
        return
    op.create_table(
        "kept_key",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("wrapped", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_kept_key"),
    )


def downgrade() -> None:
    if not op.get_bind().scalar(sa.text("SELECT count(*) FROM kept_key")):
        op.drop_table("kept_key")
