"""Every command that can be typed, with its options."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer

from evals.cli.main import app as evals_app
from isobot.cli import app as isobot_app


def commands(app: typer.Typer) -> Iterator[tuple[str, Any]]:
    """Every command of an app with its words: ("slack run", …)."""
    waiting: list[tuple[tuple[str, ...], Any]] = [((), typer.main.get_command(app))]
    while waiting:
        words, command = waiting.pop()
        within = getattr(command, "commands", None)
        if within is None:
            yield " ".join(words), command
        else:
            waiting.extend(((*words, name), inner) for name, inner in within.items())


ISOBOT = dict(commands(isobot_app))
EVALS = dict(commands(evals_app))
