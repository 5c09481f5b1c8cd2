"""The `isobot` command. One file a command; each is parse, call, print."""

from isobot.cli.main import app, main

__all__ = ["app", "main"]
