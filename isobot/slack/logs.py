"""The log of the bot on standard error: JSON or text, without the words of questions unless a setting says so, and without secrets."""

from __future__ import annotations

import logging
import sys
from collections.abc import Collection, MutableMapping
from typing import Any

import structlog

QUESTION = "question"  # the key under which a line carries what was asked
MASK = "••••"
FIRST = ("timestamp", "level", "logger", "event")

Line = MutableMapping[str, Any]


def set_up_logging(format: str = "json", questions: bool = False, secrets: Collection[str] = ()) -> None:
    """Log to stderr, unless whoever calls has set it up. format, questions, secrets: as of `formatter`."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter(format, questions, secrets))
    logging.basicConfig(handlers=[handler], level=logging.WARNING)
    logging.getLogger("isobot").setLevel(logging.INFO)


def formatter(format: str, questions: bool, secrets: Collection[str]) -> logging.Formatter:
    """How every line is written, those of libraries as well.

    Every line has `timestamp` (UTC), `level`, `logger` and `event`; one of a failure also `exception`, and the `reference` that the
    person was told.

    format: "json" for one JSON object a line, "text" for people. questions: whether lines keep what was asked. secrets: values that are
    masked wherever they stand, in the traceback of a library too.
    """
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper("iso", utc=True),
    ]
    if not questions:
        shared.append(without_question)

    def without_secrets(logger: Any, method: str, line: Line) -> Line:
        return {key: masked(value, secrets) if isinstance(value, str) else value for key, value in line.items()}

    lines: list[Any] = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.format_exc_info,
        without_secrets,
        as_text if format == "text" else structlog.processors.JSONRenderer(ensure_ascii=False),
    ]
    return structlog.stdlib.ProcessorFormatter(processors=lines, foreign_pre_chain=shared)


def without_question(logger: Any, method: str, line: Line) -> Line:
    """A line without what was asked."""
    line.pop(QUESTION, None)
    return line


def masked(text: str, secrets: Collection[str]) -> str:
    for secret in sorted(secrets, key=len, reverse=True):  # one may be part of another
        text = text.replace(secret, MASK)
    return text


def as_text(logger: Any, method: str, line: Line) -> str:
    """One line, then the traceback where there is one."""
    exception = line.pop("exception", None)
    first = " ".join([str(line["timestamp"]), str(line["level"]).upper(), f"{line['logger']}:", str(line["event"])])
    rest = "".join(f" {key}={value!r}" for key, value in line.items() if key not in FIRST)
    return f"{first}{rest}" + (f"\n{exception}" if exception else "")
