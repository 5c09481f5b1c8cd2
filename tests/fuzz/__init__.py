"""Fuzzing: each reader, and what follows reading, over files that are nearly right."""
