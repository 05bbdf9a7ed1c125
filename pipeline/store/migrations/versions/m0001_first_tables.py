"""The first tables: readings, memos, claims, what the night job has checked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reading",
        sa.Column("content", sa.String(80), primary_key=True),
        sa.Column("recipe", sa.String(80), primary_key=True),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "memo",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("recipe", sa.String(80), primary_key=True),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "claim",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("voucher_key", sa.String(120), nullable=False),
        sa.Column("programme", sa.String(120), nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("uscc", sa.String(20), nullable=False),
        sa.Column("application_no", sa.String(60), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("applicant", sa.String(200), nullable=False),
        sa.Column("category", sa.String(8), nullable=False),
        sa.Column("amount", sa.String(40), nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("committed_by", sa.String(80), nullable=False),
        sa.Column("committed_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_claim_voucher", "claim", ["voucher_key"])
    op.create_index("ix_claim_lineage", "claim", ["programme", "year", "uscc", "application_no"])
    op.create_table(
        "checked",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("inbox", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("verdict", sa.String(10), nullable=False),
        sa.Column("counts", sa.Text, nullable=False),
        sa.Column("at_stake", sa.String(40), nullable=False),
        sa.Column("report", sa.Text, nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_checked_fingerprint", "checked", ["fingerprint"])


def downgrade() -> None:
    for table in ("checked", "claim", "memo", "reading"):
        op.drop_table(table)
