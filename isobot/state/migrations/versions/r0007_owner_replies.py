"""What owners replied, and which of it is kept."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "owner_replies",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("reply", sa.Text, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("citation", sa.JSON, nullable=False),
        sa.Column("replied_at", sa.String(32), nullable=False),
        sa.Column("replied_by", sa.String(64), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("decided_at", sa.String(32)),
        sa.Column("decided_by", sa.String(64)),
        sa.PrimaryKeyConstraint("id", name="pk_owner_replies"),
    )
    op.create_index("ix_owner_replies_status", "owner_replies", ["status"])
