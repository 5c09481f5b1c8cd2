"""In which thread an event was answered, and with what."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("events", sa.Column("thread", sa.String(64), nullable=False, server_default=""))
    op.add_column("events", sa.Column("answer_id", sa.String(32)))
    op.create_index("ix_events_channel_thread", "events", ["channel", "thread"])
