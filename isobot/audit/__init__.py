"""The audit log for people: exported, and each answer replayed."""
