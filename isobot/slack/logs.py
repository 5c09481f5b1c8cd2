"""The log of the bot: one JSON object a line on standard error, without the words of questions unless a setting says so."""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

QUESTION = "question"  # the key under which a line carries what was asked


def set_up_logging(questions: bool = False) -> None:
    """Log to stderr, unless whoever calls has set it up. questions: whether lines keep what was asked.

    Every line has `timestamp` (UTC), `level`, `logger` and `event`; one of a failure also `exception`, and the `reference` that the
    person was told.
    """
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper("iso", utc=True),
    ]
    if not questions:
        shared.append(without_question)
    lines: list[Any] = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.format_exc_info,
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(processors=lines, foreign_pre_chain=shared))
    logging.basicConfig(handlers=[handler], level=logging.WARNING)
    logging.getLogger("isobot").setLevel(logging.INFO)


def without_question(logger: Any, method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A line without what was asked."""
    line.pop(QUESTION, None)
    return line
