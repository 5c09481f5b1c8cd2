"""Slack: an event in, a question to the core, the answer's blocks out."""
