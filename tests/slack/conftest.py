"""A stand-in Slack, and bots in processes of their own."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.organisation import TODAY, Organisation, cache, organisation  # noqa: F401 (fixtures)
from tests.slack.emulated import Emulate
from tests.slack.stand_in import APP_TOKEN, BOT_TOKEN, WAIT, StandInSlack

ROOT = Path(__file__).parents[2]
STARTING = 180.0  # seconds that a bot may take until it is ready; a few where the machine is not crowded
SCRIPTED = (sys.executable, "-m", "tests.slack.serve")


SETTINGS = """
document_url = "https://files.example.org/policies/{path}"
admins = ["ben@example.org"]
[channel_managers]
"*" = ["creator"]
[users]
"amira@example.org" = ["security"]
[owners]
"Service Desk" = "C0GENERAL"
"""


class BotProcess:
    """A running bot. `first_line` is what it printed when it was ready, or "" when it ended before."""

    def __init__(self, command: tuple[str, ...], environ: dict[str, str], folder: Path) -> None:
        self.log = folder / "bot.log"
        with self.log.open("a") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, stderr=log, text=True)
        lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, args=(lines,), daemon=True).start()
        self.first_line = lines.get(timeout=STARTING).strip()

    def _read(self, lines: queue.Queue[str]) -> None:
        for line in self.process.stdout or ():
            lines.put(line)
        lines.put("")

    def end(self, number: int = signal.SIGTERM) -> int:
        """Send a signal, and return the exit code."""
        self.process.send_signal(number)
        return self.process.wait(WAIT)

    def errors(self) -> str:
        return self.log.read_text()

    def lines(self) -> list[dict[str, Any]]:
        """The log; every line of it is JSON."""
        return [json.loads(line) for line in self.errors().splitlines()]


@pytest.fixture
def slack() -> Iterator[StandInSlack]:
    with StandInSlack() as stand_in:
        yield stand_in
    assert stand_in.beyond == []


@pytest.fixture
def state(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'state.db'}"


@pytest.fixture
def environ(slack: StandInSlack, state: str, tmp_path: Path) -> dict[str, str]:
    return variables(slack, tmp_path, state)


def variables(slack: StandInSlack | Emulate, folder: Path, state: str) -> dict[str, str]:
    """The variables of a bot that is set up well; its settings stand in `folder`."""
    settings = folder / "isobot.toml"
    settings.write_text('[users]\n"amira@example.org" = ["security"]\n')
    ours = ("SLACK_", "ISOBOT_")
    kept = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy") and not name.startswith(ours)}
    return {
        **kept,
        "PYTHONPATH": str(ROOT),
        "ISOBOT_SETTINGS": str(settings),
        "ISOBOT_INDEX": str(folder / "index"),
        "ISOBOT_STATE": state,
        "ISOBOT_TODAY": "2026-09-01",
        "LET_GO": str(folder / "let-go"),  # once it is there, the scripted responder answers what it held
        "SLACK_BOT_TOKEN": BOT_TOKEN,
        "SLACK_APP_TOKEN": APP_TOKEN,
        "SLACK_API_URL": slack.api_url,
    }


@pytest.fixture
def start(environ: dict[str, str], tmp_path: Path) -> Iterator[Callable[..., BotProcess]]:
    """Start a bot: `start()` with the scripted responder, `start(command, VARIABLE=value)` for another one."""
    started: list[BotProcess] = []

    def starter(command: tuple[str, ...] = SCRIPTED, **changed: str) -> BotProcess:
        started.append(BotProcess(command, {**environ, **changed}, tmp_path))
        return started[-1]

    yield starter
    for bot in started:
        if bot.process.poll() is None:
            bot.process.kill()
            bot.process.wait(WAIT)


@pytest.fixture
def bot(start: Callable[..., BotProcess]) -> BotProcess:
    running = start()
    assert running.first_line, running.errors()
    return running


@pytest.fixture
def served(
    slack: StandInSlack,
    start: Callable[..., BotProcess],
    environ: dict[str, str],
    organisation: Organisation,  # noqa: F811
) -> BotProcess:
    """A bot over the real index."""
    Path(environ["ISOBOT_SETTINGS"]).write_text(SETTINGS, encoding="utf-8")
    variables = {"ISOBOT_INDEX": str(organisation.index), "ISOBOT_CACHE": str(organisation.cache), "ISOBOT_TODAY": TODAY}
    running = start((sys.executable, "-m", "isobot", "slack", "run"), **variables)
    assert running.first_line, running.errors()
    return running
