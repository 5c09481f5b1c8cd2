"""The chat beside a running bot: they say the same."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from isobot.chat.text import rendered
from tests.organisation import TODAY, Organisation
from tests.slack.conftest import ROOT, SETTINGS, BotProcess, environ, served, slack, start, state
from tests.slack.stand_in import StandInSlack

__all__ = ["environ", "served", "slack", "start", "state"]

LOST = "within how many hours must a lost laptop be reported?"


def test_the_chat_says_what_the_bot_says_in_a_direct_message(
    slack: StandInSlack, served: BotProcess, organisation: Organisation, tmp_path: Path
) -> None:
    """Line by line, to the same person: a question, one behind it, one without an answer."""
    questions = [LOST, "and what if it is found again?", "who won the football last night?"]
    thread: dict[str, str] = {}
    for count, question in enumerate(questions, start=1):
        asked = slack.direct_message(question, **thread)
        slack.wait_for_posts(count)
        thread = thread or {"thread_ts": asked["payload"]["event"]["ts"]}
    settings = tmp_path / "chat.toml"
    settings.write_text(SETTINGS, encoding="utf-8")
    chosen = {"ISOBOT_SETTINGS": str(settings), "ISOBOT_INDEX": str(organisation.index), "ISOBOT_CACHE": str(organisation.cache)}
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ISOBOT_", "SLACK_", "COLUMNS"))}
    variables = {**kept, **chosen, "ISOBOT_TODAY": TODAY, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "isobot", "chat", "--as", "amira@example.org"]
    done = subprocess.run(command, input="\n".join(questions), env=variables, capture_output=True, text=True, timeout=60, check=False)
    expected, first = [], 1
    for question, post in zip(questions, slack.posts, strict=True):
        lines, buttons = rendered(post["blocks"], first)
        expected += [f"› {question}", *lines, ""]
        first += len(buttons)
    assert done.stdout.rstrip("\n").split("\n") == expected[:-1]
