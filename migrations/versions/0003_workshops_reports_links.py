"""Series, words and withdrawal of workshops; reports about a network; what the link checker saw.

No workshop was kept before this, so the moment given to older rows stands on none.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_NEW = ("demonstration", "version", "changed_at", "withdrawn_at", "address", "about", "series")


def upgrade() -> None:
    moment = sa.text("'2026-01-01 00:00:00'")
    with op.batch_alter_table("workshop") as workshop:
        for name in ("series", "about", "address"):
            workshop.add_column(sa.Column(name, sa.String(), nullable=False, server_default=""))
        workshop.add_column(sa.Column("demonstration", sa.Boolean(), nullable=False, server_default=sa.false()))
        workshop.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        workshop.add_column(sa.Column("changed_at", sa.DateTime(), nullable=False, server_default=moment))
        workshop.add_column(sa.Column("withdrawn_at", sa.DateTime(), nullable=True))
        workshop.create_index("ix_workshop_series", ["series"])
    with op.batch_alter_table("report") as report:
        report.alter_column("listing_id", existing_type=sa.Integer(), nullable=True)
        report.add_column(sa.Column("network_id", sa.Integer(), nullable=True))
        report.create_foreign_key(op.f("fk_report_network_id"), "network", ["network_id"], ["id"], ondelete="CASCADE")
        report.create_check_constraint("about", "(listing_id IS NULL) <> (network_id IS NULL)")
        report.create_index("ix_report_network_id", ["network_id"])
    op.create_table(
        "link_check",
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("works", sa.Boolean(), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("failing_since", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("url", name=op.f("pk_link_check")),
    )


def downgrade() -> None:
    op.drop_table("link_check")
    op.execute("DELETE FROM report WHERE listing_id IS NULL")
    with op.batch_alter_table("report") as report:
        report.drop_index("ix_report_network_id")
        report.drop_constraint(op.f("ck_report_about"), type_="check")
        report.drop_constraint(op.f("fk_report_network_id"), type_="foreignkey")
        report.drop_column("network_id")
        report.alter_column("listing_id", existing_type=sa.Integer(), nullable=False)
    with op.batch_alter_table("workshop") as workshop:
        workshop.drop_index("ix_workshop_series")
        for name in _NEW:
            workshop.drop_column(name)
