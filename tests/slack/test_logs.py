"""What stands in a line of the bot's log."""

from __future__ import annotations

import json
import logging
import sys

from isobot.settings import Settings
from isobot.slack.logs import formatter

SECRETS = Settings(slack_bot_token="xoxb-1", phrasing_key="k-2", state="postgresql+psycopg://bot:hu%73h@host/isobot").secrets()


def record(name: str, message: str, **extra: str) -> logging.LogRecord:
    """A line with the traceback of a failure that names a secret."""
    try:
        raise RuntimeError("hush is no password of host")
    except RuntimeError:
        made = logging.LogRecord(name, logging.ERROR, __file__, 1, message, (), sys.exc_info())
    made.__dict__.update(extra)
    return made


def test_tokens_keys_and_passwords_are_masked_in_lines_of_libraries_too() -> None:
    """In the sentence, in a field, and in the traceback; the state's address without a password hides nothing."""
    assert {"xoxb-1", "k-2", "hush", "hu%73h"} == SECRETS and Settings().secrets() == frozenset()
    line = json.loads(formatter("json", False, SECRETS).format(record("slack_sdk.web", "token xoxb-1", key="k-2", question="why?")))
    assert line["event"] == "token ••••" and line["key"] == "••••" and line["logger"] == "slack_sdk.web" and line["level"] == "error"
    assert "RuntimeError: •••• is no password of host" in line["exception"] and "question" not in line


def test_text_is_a_line_and_a_traceback() -> None:
    """For people: time, level, logger, sentence, then fields; the question where a setting keeps it."""
    said = formatter("text", True, SECRETS).format(record("isobot.slack", "it failed", reference="ab12", question="why?"))
    first, second, *_ = said.splitlines()
    assert first.endswith("Z ERROR isobot.slack: it failed reference='ab12' question='why?'") and second.startswith("Traceback")
    assert "hush" not in said
