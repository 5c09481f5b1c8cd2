"""Where the chain of answers was cut off by retention."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "checkpoints",
        sa.Column("number", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("pruned_at", sa.String(32), nullable=False),
        sa.Column("answers", sa.Integer, nullable=False),
        sa.Column("until", sa.String(32), nullable=False),
        sa.Column("last_hash", sa.String(64), nullable=False),
        sa.Column("previous_hash", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_checkpoints"),
        sa.UniqueConstraint("previous_hash", name="uq_checkpoints_previous_hash"),
        sa.UniqueConstraint("hash", name="uq_checkpoints_hash"),
    )
    op.create_table(
        "schedule",
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("last_slot", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_schedule"),
    )
