"""The command's entry: its parts put together."""

from __future__ import annotations

import typer

from evals.cli import adapt, bench, compare, controls, conversations, docx, init, outlines, peers, pictures, run, tune
from isobot.cli.ending import run_program, stoppable

PROGRAM = "evals"

app = typer.Typer(
    name="python -m evals",
    help="Measure how well isobot answers, and how fast.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
COMMANDS = {
    "run": run,
    "pictures": pictures,
    "outlines": outlines,
    "docx": docx,
    "controls": controls,
    "conversations": conversations,
    "init": init,
    "peers": peers,
    "bench": bench,
    "tune": tune,
    "adapt": adapt,
    "compare": compare,
}
for name, module in COMMANDS.items():
    app.command(name)(stoppable(module.run, PROGRAM))


def main() -> None:
    """Run the command."""
    run_program(app, PROGRAM)
