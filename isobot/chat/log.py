"""The log of a console: a line for what failed, with its reference, and no traceback unless ISOBOT_DEBUG is set."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Collection

from isobot.cli.terminal import printable
from isobot.slack.logs import masked


class Brief(logging.Formatter):
    """One line a failure: what failed, under which reference, and the error. secrets: values that are masked."""

    def __init__(self, secrets: Collection[str]) -> None:
        super().__init__()
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        problem = record.exc_info[1] if record.exc_info else None
        words = record.getMessage() + (f": {type(problem).__name__}: {problem}" if problem else "")
        line = printable(masked(f"isobot: {words}", self._secrets)).replace("\n", " ")
        if record.exc_info and os.environ.get("ISOBOT_DEBUG"):
            line += f"\n{masked(self.formatException(record.exc_info), self._secrets)}"
        return line


def logging_briefly(secrets: Collection[str] = ()) -> None:
    """Log warnings and errors to standard error so, unless whoever calls has set logging up."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Brief(secrets))
    logging.basicConfig(handlers=[handler], level=logging.WARNING)
