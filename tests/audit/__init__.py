"""The audit log: exported, replayed."""
