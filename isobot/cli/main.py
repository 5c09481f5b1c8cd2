"""The command's entry: its parts put together, and every error turned into a sentence and an exit code."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable
from io import TextIOWrapper
from typing import Any

import typer

from corpus.errors import FAILED, IsobotError
from isobot.cli import ask, audit, backup, chat, control, diff, doctor, index, outline, replay, report, restore, slack, text, verify

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
STOPPED = 130  # what a shell expects of a command that Ctrl-C ended
UNREAD = 141  # and of one whose reader has gone (`isobot text … | head`)


def stoppable(command: Callable[..., None]) -> Callable[..., None]:
    """The command, ended by Ctrl-C with a sentence, and quietly when nobody reads on, instead of as the version of typer has it."""

    @functools.wraps(command)
    def run(*values: Any, **options: Any) -> None:
        try:
            try:
                command(*values, **options)
            finally:
                sys.stdout.flush()
        except KeyboardInterrupt:
            _leave("Stopped before it was done. What was published before is as it was.", STOPPED)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else Python would complain at exit
            raise SystemExit(UNREAD) from None

    return run


for name, module in COMMANDS.items():
    app.command(name)(stoppable(module.run))
for name, group in {"audit": audit.app, "slack": slack.app}.items():
    for registered in group.registered_commands:
        if registered.callback is not None:
            registered.callback = stoppable(registered.callback)
    app.add_typer(group, name=name)


def main() -> None:
    """Run the command; no traceback reaches a user unless ISOBOT_DEBUG is set."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal that cannot show a character still shows the rest
    try:
        app()
    except IsobotError as problem:
        _leave(str(problem), problem.exit_code)
    except Exception as problem:
        if os.environ.get("ISOBOT_DEBUG"):
            raise
        _leave(f"Something failed inside isobot ({type(problem).__name__}: {problem}). Set ISOBOT_DEBUG=1 to see where.", FAILED)


def _leave(sentence: str, code: int) -> None:
    from isobot.cli.terminal import printable

    print(f"isobot: {printable(sentence)}", file=sys.stderr)
    raise SystemExit(code)
