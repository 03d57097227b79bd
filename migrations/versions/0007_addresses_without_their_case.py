"""Listings found by their address however it is written, and accounts by their person, without reading them all."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_listing_email_lower", "listing", [sa.text("lower(email)")])
    op.create_index("ix_account_practitioner_id", "account", ["practitioner_id"])


def downgrade() -> None:
    op.drop_index("ix_account_practitioner_id", table_name="account")
    op.drop_index("ix_listing_email_lower", table_name="listing")
