"""How accounts sign in, drafts, reports, weekly counts; what waits in a revision; pauses that end by themselves.

No table that others point at is made anew: dropping the old one would take what hangs on it along.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("listing_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_draft_account_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["listing_id"], ["listing.id"], name=op.f("fk_draft_listing_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("listing_id", "account_id", "section", name=op.f("uq_draft_listing_id_account_id_section")),
    )
    op.create_table(
        "passkey",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("credential_id", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.Integer(), nullable=False),
        sa.Column("transports", sa.JSON(), nullable=False),
        sa.Column("backup_state", sa.Boolean(), nullable=False),
        sa.Column("device_type", sa.String(), nullable=False),
        sa.Column("extensions", sa.String(), nullable=True),
        sa.Column("create_datetime", sa.DateTime(), nullable=False),
        sa.Column("lastuse_datetime", sa.DateTime(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("usage", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_passkey_account_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkey")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_passkey_credential_id")),
    )
    with op.batch_alter_table("passkey", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_passkey_account_id"), ["account_id"], unique=False)

    op.create_table(
        "report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("listing_id", sa.Integer(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("reply_to", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("state IN ('open', 'upheld', 'dismissed')", name=op.f("ck_report_state")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["account.id"], name=op.f("fk_report_decided_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["listing_id"], ["listing.id"], name=op.f("fk_report_listing_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint("public_id", name=op.f("uq_report_public_id")),
    )
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_report_listing_id"), ["listing_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_report_state"), ["state"], unique=False)

    op.create_table(
        "sign_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("second_factor", sa.Boolean(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_sign_in_account_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("hash", name=op.f("uq_sign_in_hash")),
        sa.UniqueConstraint("public_id", name=op.f("uq_sign_in_public_id")),
    )
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sign_in_seen_at"), ["seen_at"], unique=False)

    op.create_table(
        "token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("listing_id", sa.Integer(), nullable=True),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_token_account_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["listing_id"], ["listing.id"], name=op.f("fk_token_listing_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_token")),
        sa.UniqueConstraint("hash", name=op.f("uq_token_hash")),
    )
    with op.batch_alter_table("token", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_token_expires_at"), ["expires_at"], unique=False)

    op.create_table(
        "weekly_count",
        sa.Column("listing_id", sa.Integer(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("opened", sa.Integer(), nullable=False),
        sa.Column("written", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["listing_id"], ["listing.id"], name=op.f("fk_weekly_count_listing_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("listing_id", "week", name=op.f("pk_weekly_count")),
    )
    op.add_column("account", sa.Column("fs_uniquifier", sa.String(), nullable=False, server_default=""))
    op.execute("UPDATE account SET fs_uniquifier = public_id")
    op.add_column("account", sa.Column("fs_webauthn_user_handle", sa.String(), nullable=True))
    op.add_column("account", sa.Column("tf_primary_method", sa.String(), nullable=True))
    op.add_column("account", sa.Column("tf_totp_secret", sa.String(), nullable=True))
    op.add_column("account", sa.Column("mf_recovery_codes", sa.JSON(), nullable=False, server_default="[]"))
    op.create_index("ix_account_fs_uniquifier", "account", ["fs_uniquifier"], unique=True)
    op.create_index("ix_account_fs_webauthn_user_handle", "account", ["fs_webauthn_user_handle"], unique=True)
    op.add_column("listing", sa.Column("paused_until", sa.Date(), nullable=True))
    op.add_column("listing", sa.Column("held", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("revision", sa.Column("fields", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("revision", sa.Column("version", sa.Integer(), nullable=True))
    op.create_index("ix_revision_state", "revision", ["state"])
    with op.batch_alter_table("letter") as letter:
        letter.add_column(sa.Column("kind", sa.String(), nullable=False, server_default=""))
        letter.add_column(sa.Column("account_id", sa.Integer(), nullable=True))
        letter.add_column(sa.Column("listing_id", sa.Integer(), nullable=True))
        letter.create_foreign_key(op.f("fk_letter_account_id"), "account", ["account_id"], ["id"], ondelete="CASCADE")
        letter.create_foreign_key(op.f("fk_letter_listing_id"), "listing", ["listing_id"], ["id"], ondelete="CASCADE")


def downgrade() -> None:
    with op.batch_alter_table("letter") as letter:
        letter.drop_constraint(op.f("fk_letter_account_id"), type_="foreignkey")
        letter.drop_constraint(op.f("fk_letter_listing_id"), type_="foreignkey")
        for column in ("kind", "account_id", "listing_id"):
            letter.drop_column(column)
    op.drop_index("ix_revision_state", "revision")
    op.drop_index("ix_account_fs_uniquifier", "account")
    op.drop_index("ix_account_fs_webauthn_user_handle", "account")
    for table, columns in _ADDED.items():
        for column in columns:
            op.drop_column(table, column)
    for table in ("weekly_count", "token", "sign_in", "report", "passkey", "draft"):
        op.drop_table(table)


_ADDED = {
    "account": (
        "fs_uniquifier",
        "fs_webauthn_user_handle",
        "tf_primary_method",
        "tf_totp_secret",
        "mf_recovery_codes",
    ),
    "listing": ("paused_until", "held"),
    "revision": ("fields", "version"),
}
