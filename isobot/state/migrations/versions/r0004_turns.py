"""In which conversation an answer was given."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "turns",
        sa.Column("answer_id", sa.String(32), sa.ForeignKey("answers.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("channel", sa.String(255), nullable=False),
        sa.Column("thread", sa.String(64), nullable=False),
    )
    op.create_index("ix_turns_channel_thread", "turns", ["channel", "thread"])
