"""The bot under load: many mentions at once, then many in a row, from a stand-in Slack over real sockets.

The stand-in lives with the tests and runs as a program of its own (`tests/slack/load.py`), with the bot as another one.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import IsobotError, SettingsError
from evals.benchmarks.folders import TODAY, command, copied, run
from isobot.settings import Settings

ROOT = Path(__file__).parents[2]
PATIENCE = 1800  # seconds that the whole load may take
OWN_LIMIT = 500.0  # milliseconds that the bot's own part of a reply may take, at the 95th percentile
GROWTH = 0.05  # share by which memory may grow over the later half of the questions in a row


@dataclass(frozen=True, slots=True)
class Load:
    """at_once, in_a_row: as `tests/slack/load.py` counts them. stopped: the bot's exit code at its end."""

    at_once: dict[str, Any]
    in_a_row: dict[str, Any]
    stopped: int

    @property
    def growth(self) -> float:
        """By which share memory grew from the middle of the questions in a row to their end."""
        memory = self.in_a_row["memory_mb"]
        return float(memory[-1] / memory[len(memory) // 2] - 1)

    @property
    def held(self) -> bool:
        burst, row = self.at_once, self.in_a_row
        once = burst["once"] == burst["mentions"] == burst["posts"] and row["once"] == row["questions"]
        orderly = burst["in_order"] == burst["threads"] and not burst["impatient"] and not burst["failed"]
        return once and orderly and burst["own_p95"] < OWN_LIMIT and self.growth < GROWTH and self.stopped == 0

    def as_record(self) -> dict[str, Any]:
        facts = {"at_once": self.at_once, "in_a_row": self.in_a_row, "stopped": self.stopped}
        return {**facts, "growth": round(self.growth, 4), "held": self.held}

    def __str__(self) -> str:
        burst, row = self.at_once, self.in_a_row
        memory = row["memory_mb"]
        return (
            f"{burst['mentions']} mentions at once over {burst['channels']} channels, {burst['again']} of them delivered twice, "
            f"{burst['limited']} posts answered with a 429:\n"
            f"  answered once {burst['once']}, posts {burst['posts']}, of which failures {burst['failed']}; "
            f"{burst['in_order']} of {burst['threads']} threads in order; {burst['impatient']} posts before a 429 was over.\n"
            f"  event to post: p50 {burst['post_p50']:,.0f} ms, p95 {burst['post_p95']:,.0f} ms (a channel takes one message a second).\n"
            f"  of that the bot's own part: p50 {burst['own_p50']:,.0f} ms, p95 {burst['own_p95']:,.0f} ms.\n"
            f"{row['questions']:,} questions in a row in {row['seconds']:,.0f} s: answered once {row['once']:,}; memory in MiB "
            f"{' '.join(f'{one:.0f}' for one in memory)} ({self.growth:+.1%} over the later half).\n"
            f"  {'All held.' if self.held else 'SOMETHING DID NOT HOLD.'}"
        )


def measure(documents: Path | None = None) -> Load:
    """Put the load on a bot over an index of `documents` (default: the sample organisation's). Raises IsobotError when it fails."""
    folder = Settings.load().cache / "evals" / "bench-slack"
    index = folder / "index"
    run(command(copied(documents, folder), index))
    found = loaded("tests.slack.load", "\n".join(questions(index)), ISOBOT_INDEX=str(index), ISOBOT_TODAY=TODAY)
    return Load(found["at_once"], found["in_a_row"], found["exit"])


def loaded(program: str, given: str = "", **variables: str) -> dict[str, Any]:
    """What a program of the tests prints as JSON, given its stdin.

    Raises SettingsError where there are no tests, IsobotError when it fails.
    """
    if not (ROOT / "tests" / "slack").is_dir():
        raise SettingsError("This benchmark needs the stand-in Slack in tests/, which is not installed. Run it in a checkout of isobot.")
    ours = {**variables, "PYTHONPATH": str(ROOT), "HF_HUB_OFFLINE": "1"}
    done = subprocess.run(
        [sys.executable, "-m", program],
        input=given, cwd=ROOT, env={**os.environ, **ours}, capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    if done.returncode:
        raise IsobotError(f"`python -m {program}` ended with exit code {done.returncode}: {done.stderr.strip()[-1500:]}")
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def questions(index: Path) -> list[str]:
    """A question about each headed clause of an index."""
    from indexer.generation import Generation

    generation = Generation.current(index)
    catalogue = generation.catalogue
    headings = [clause.heading for number in catalogue.numbers() for clause in catalogue.clauses(number) if clause.heading]
    generation.close()
    return [f"what do our policies say about {heading.lower()}?" for heading in dict.fromkeys(headings)]
