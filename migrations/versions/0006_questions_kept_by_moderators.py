"""Questions moderators keep, answers people give under their own name, and whether a question helped."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("question", "question_text"):
        op.add_column(table, sa.Column("asked", sa.JSON(), nullable=False, server_default="[]"))
        op.add_column(table, sa.Column("caption", sa.String(), nullable=False, server_default=""))
        op.add_column(table, sa.Column("alt", sa.String(), nullable=False, server_default=""))
    op.add_column("question", sa.Column("drawing", sa.String(), nullable=False, server_default=""))
    op.add_column("question", sa.Column("hidden", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("question", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    with op.batch_alter_table("answer") as answer:
        answer.drop_constraint("fk_answer_listing_id", type_="foreignkey")
        answer.drop_column("listing_id")
        answer.drop_column("author_credentials")
    op.create_table(
        "own_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("listing_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state IN ('proposed', 'approved', 'returned', 'withdrawn')", name=op.f("ck_own_answer_state")
        ),
        *_belongs("own_answer", question_id="CASCADE", listing_id="CASCADE", author_id="SET NULL"),
        *_belongs("own_answer", decided_by_id="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_answer")),
    )
    for column in ("question_id", "listing_id", "state"):
        op.create_index(f"ix_own_answer_{column}", "own_answer", [column])
    op.create_table(
        "question_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        *_belongs("question_revision", question_id="CASCADE", author_id="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_revision")),
    )
    op.create_index("ix_question_revision_question_id", "question_revision", ["question_id"])
    op.create_table(
        "question_count",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("yes", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        *_belongs("question_count", question_id="CASCADE"),
        sa.PrimaryKeyConstraint("question_id", "week", name=op.f("pk_question_count")),
    )


def _belongs(table: str, **columns: str) -> list[sa.ForeignKeyConstraint]:
    """The foreign keys of a table: column -> what happens when the other is deleted."""
    whose = {"author_id": "account", "decided_by_id": "account", "question_id": "question", "listing_id": "listing"}
    return [
        sa.ForeignKeyConstraint([column], [f"{whose[column]}.id"], name=op.f(f"fk_{table}_{column}"), ondelete=deleted)
        for column, deleted in columns.items()
    ]


def downgrade() -> None:
    for table in ("question_count", "question_revision", "own_answer"):
        op.drop_table(table)
    with op.batch_alter_table("answer") as answer:
        answer.add_column(sa.Column("author_credentials", sa.String(), nullable=False, server_default=""))
        answer.add_column(sa.Column("listing_id", sa.Integer(), nullable=True))
        answer.create_foreign_key("fk_answer_listing_id", "listing", ["listing_id"], ["id"], ondelete="SET NULL")
    for column in ("version", "hidden", "drawing"):
        op.drop_column("question", column)
    for table in ("question_text", "question"):
        for column in ("alt", "caption", "asked"):
            op.drop_column(table, column)
