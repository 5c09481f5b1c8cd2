"""Who works on an event, until when, and what came in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("events", sa.Column("owner", sa.String(32)))
    op.add_column("events", sa.Column("lease_until", sa.String(32)))
    op.add_column("events", sa.Column("attempts", sa.Integer, nullable=False, server_default="0"))
    op.add_column("events", sa.Column("envelope", sa.JSON))
    op.create_index("ix_events_lease_until", "events", ["lease_until"])
