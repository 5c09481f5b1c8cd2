"""Where Alembic meets the connection that `isobot.state.database` hands it, inside a transaction that it has begun."""

from __future__ import annotations

from alembic import context

from isobot.state.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
