"""Events, the chain of answers, identities beside it, and the unanswered register."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "events",
        sa.Column("event_id", sa.String(255), nullable=False),
        sa.Column("channel", sa.String(255), nullable=False),
        sa.Column("ts", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("claimed_at", sa.String(32), nullable=False),
        sa.Column("done_at", sa.String(32)),
        sa.PrimaryKeyConstraint("event_id", name="pk_events"),
        sa.UniqueConstraint("channel", "ts", name="uq_events_channel_ts"),
    )
    op.create_table(
        "answers",
        sa.Column("sequence", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("asked_at", sa.String(32), nullable=False),
        sa.Column("asker_ref", sa.String(64), nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("surface", sa.String(64), nullable=False),
        sa.Column("abstained", sa.Boolean, nullable=False),
        sa.Column("confidence", sa.Float(53), nullable=False),
        sa.Column("owner", sa.Text),
        sa.Column("generation", sa.String(255), nullable=False),
        sa.Column("citations", sa.JSON, nullable=False),
        sa.Column("nearest", sa.JSON, nullable=False),
        sa.Column("notices", sa.JSON, nullable=False),
        sa.Column("previous_hash", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name="pk_answers"),
        sa.UniqueConstraint("id", name="uq_answers_id"),
        sa.UniqueConstraint("previous_hash", name="uq_answers_previous_hash"),
        sa.UniqueConstraint("hash", name="uq_answers_hash"),
    )
    op.create_index("ix_answers_asked_at", "answers", ["asked_at"])
    op.create_index("ix_answers_asker_ref", "answers", ["asker_ref"])
    op.create_table(
        "identities",
        sa.Column("asker_ref", sa.String(64), nullable=False),
        sa.Column("identity", sa.String(255), nullable=False),
        sa.PrimaryKeyConstraint("asker_ref", name="pk_identities"),
        sa.UniqueConstraint("identity", name="uq_identities_identity"),
    )
    op.create_table(
        "unanswered",
        sa.Column("answer_id", sa.String(32), nullable=False),
        sa.Column("asked_at", sa.String(32), nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("owner", sa.Text),
        sa.Column("nearest", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("answer_id", name="pk_unanswered"),
        sa.ForeignKeyConstraint(["answer_id"], ["answers.id"], name="fk_unanswered_answer_id_answers"),
    )
    op.create_index("ix_unanswered_asked_at", "unanswered", ["asked_at"])
