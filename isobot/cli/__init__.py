"""The `isobot` command. One file a command; each is parse, call, print."""

import sys

try:
    from isobot.cli.main import app, main
except KeyboardInterrupt:  # importing is what takes a moment before a command begins
    print("isobot: Stopped before it began.", file=sys.stderr)
    sys.exit(130)

__all__ = ["app", "main"]
