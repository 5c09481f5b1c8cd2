"""The command's entry: its parts put together."""

from __future__ import annotations

import gc
import sys
from io import TextIOWrapper

import typer

from isobot.cli import ask, audit, backup, chat, control, diff, doctor, index, outline, replay, report, restore, slack, text, verify
from isobot.cli.ending import run_program, stoppable

app = typer.Typer(
    name="isobot",
    help="Answers “what do our policies say?” with verbatim quotations of clauses.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
COMMANDS = {
    "index": index,
    "ask": ask,
    "chat": chat,
    "control": control,
    "text": text,
    "outline": outline,
    "verify": verify,
    "diff": diff,
    "doctor": doctor,
    "replay": replay,
    "report": report,
    "backup": backup,
    "restore": restore,
}

for name, module in COMMANDS.items():
    app.command(name)(stoppable(module.run))
for name, group in {"audit": audit.app, "slack": slack.app}.items():
    for registered in group.registered_commands:
        if registered.callback is not None:
            registered.callback = stoppable(registered.callback)
    app.add_typer(group, name=name)


def main() -> None:
    """Run the command."""
    gc.set_threshold(100_000)  # of what importing makes nearly all stays, and looking through it takes 7 % of a first question
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal that cannot show a character still shows the rest
    run_program(app)
