"""The tables of the state, and the revisions of their shape that this program knows.

Written for SQLite and PostgreSQL alike. Times are text in ISO 8601, UTC, with microseconds, so that what was hashed is what is stored.
"""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Float, ForeignKey, Index, Integer, MetaData, String, Table, Text, UniqueConstraint

REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007")
"""Every revision of the schema, oldest first; a test holds it equal to the migrations that ship."""

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

events = Table(
    "events",
    metadata,
    Column("event_id", String(255), primary_key=True),
    Column("channel", String(255), nullable=False),
    Column("ts", String(64), nullable=False),
    Column("kind", String(64), nullable=False),
    Column("claimed_at", String(32), nullable=False),
    Column("done_at", String(32)),
    # Who is working on it, and until when nobody else may; what came in, kept only until it is done.
    Column("owner", String(32)),
    Column("lease_until", String(32), index=True),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("envelope", JSON(none_as_null=True)),
    # The thread that the reply goes to ("" for none), and the answer that it holds: what a question without a mention goes on with.
    Column("thread", String(64), nullable=False, server_default=""),
    Column("answer_id", String(32)),
    # The `app_mention` and the `message` of one mention have two ids, but one channel and one time.
    UniqueConstraint("channel", "ts"),
    Index("ix_events_channel_thread", "channel", "thread"),
)

# How the bot answers in a channel, where somebody has set it.
channel_settings = Table(
    "channel_settings",
    metadata,
    Column("channel", String(255), primary_key=True),
    Column("settings", JSON, nullable=False),
    Column("changed_at", String(32), nullable=False),
    Column("changed_by", String(64), nullable=False),
)

# What owners replied, and what became of each reply: only sent, proposed to be kept, approved or declined.
owner_replies = Table(
    "owner_replies",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("question", Text, nullable=False),
    Column("reply", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("citation", JSON, nullable=False),
    Column("replied_at", String(32), nullable=False),
    Column("replied_by", String(64), nullable=False),
    Column("status", String(16), nullable=False, index=True),
    Column("decided_at", String(32)),
    Column("decided_by", String(64)),
)

answers = Table(
    "answers",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=True),
    Column("id", String(32), nullable=False, unique=True),
    Column("asked_at", String(32), nullable=False, index=True),
    Column("asker_ref", String(64), nullable=False, index=True),
    Column("question", Text, nullable=False),
    Column("surface", String(64), nullable=False),
    Column("abstained", Boolean, nullable=False),
    Column("confidence", Float(53), nullable=False),
    Column("owner", Text),
    Column("generation", String(255), nullable=False),
    Column("citations", JSON, nullable=False),
    Column("nearest", JSON, nullable=False),
    Column("notices", JSON, nullable=False),
    # Unique, so that no two answers can follow the same one, whatever two writers do at once.
    Column("previous_hash", String(64), nullable=False, unique=True),
    Column("hash", String(64), nullable=False, unique=True),
)

identities = Table(
    "identities",
    metadata,
    Column("asker_ref", String(64), primary_key=True),
    Column("identity", String(255), nullable=False, unique=True),
)

unanswered = Table(
    "unanswered",
    metadata,
    Column("answer_id", String(32), ForeignKey("answers.id"), primary_key=True),
    Column("asked_at", String(32), nullable=False, index=True),
    Column("question", Text, nullable=False),
    Column("owner", Text),
    Column("nearest", JSON, nullable=False),
)

feedback = Table(
    "feedback",
    metadata,
    Column("answer_id", String(32), ForeignKey("answers.id"), primary_key=True),
    Column("asker_ref", String(64), primary_key=True),
    Column("given_at", String(32), nullable=False, index=True),
    Column("helpful", Boolean, nullable=False),
    Column("reason", String(64), nullable=False),
    Column("comment", Text, nullable=False),
)

checkpoints = Table(
    "checkpoints",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("pruned_at", String(32), nullable=False),
    Column("answers", Integer, nullable=False),
    Column("until", String(32), nullable=False),
    Column("last_hash", String(64), nullable=False),
    Column("previous_hash", String(64), nullable=False, unique=True),
    Column("hash", String(64), nullable=False, unique=True),
)

# What is to be done once, by whichever replica comes first: the slot that was done last.
schedule = Table(
    "schedule",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("last_slot", String(32), nullable=False),
)
