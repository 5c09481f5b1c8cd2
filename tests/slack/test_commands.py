"""The whole way: documents indexed by the command, the bot run by the command, a question asked in Slack."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from indexer.encoders.onnx import OnnxEncoder
from tests.slack.conftest import ROOT, BotProcess
from tests.slack.stand_in import StandInSlack
from tests.slack.strictness import words_of

POLICY = """---
title: Laptop Standard
version: "1.4"
owner: Security Office
---
# Laptop Standard

## 3.1 Disks

The disk of every laptop must be encrypted before it leaves the office (A.8.1).

## 3.2 Loss

A lost laptop must be reported to the Security Office within four hours.
"""


def test_a_question_in_slack_is_answered_from_indexed_documents(
    slack: StandInSlack,
    start: Callable[..., BotProcess],
    environ: dict[str, str],
    encoder_cache: Path,
    encoder: OnnxEncoder,
    tmp_path: Path,
) -> None:
    """`isobot index`, then `isobot slack run`: a mention gets the sentence, with its document, version and clause."""
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "laptops.md").write_text(POLICY)
    variables = {"ISOBOT_CACHE": str(encoder_cache.parent), "HF_HUB_OFFLINE": "1", "ISOBOT_GUIDANCE": "false"}
    command = (sys.executable, "-m", "isobot")
    built = subprocess.run(
        (*command, "index", str(tmp_path / "documents")), env=environ | variables, cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    assert built.returncode == 0, built.stderr
    bot = start((*command, "slack", "run"), **variables)
    assert bot.first_line.startswith("isobot is ready: answering as @isobot"), bot.errors()
    slack.mention("within how many hours must a lost laptop be reported?")
    (post,) = slack.wait_for_posts(1, 60)
    words = "".join(words_of(post["blocks"]))
    assert "A lost laptop must be reported to the Security Office within four hours." in words
    assert "Laptop Standard v1.4 · §3.2 Loss" in words
    assert bot.end() == 0
    assert "Traceback" not in bot.errors()


def test_a_wrong_token_ends_the_command_with_one_sentence(start: Callable[..., BotProcess]) -> None:
    """No traceback reaches whoever typed it; the exit code says that the settings are wrong."""
    bot = start((sys.executable, "-m", "isobot", "slack", "run"), SLACK_BOT_TOKEN="xoxp-1")
    assert bot.process.wait(30) == 2
    assert "Traceback" not in bot.errors()
