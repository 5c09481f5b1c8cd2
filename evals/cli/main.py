"""The command's entry: its parts put together, and every error turned into a sentence and an exit code."""

from __future__ import annotations

import os
import sys

import typer

from evals.cli import adapt, bench, compare, controls, conversations, docx, init, outlines, peers, pictures, run, tune

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
    app.command(name)(module.run)


def main() -> None:
    """Run the command; no traceback reaches a user unless ISOBOT_DEBUG is set."""
    from corpus.errors import FAILED, IsobotError

    try:
        app()
    except IsobotError as problem:
        _leave(str(problem), problem.exit_code)
    except Exception as problem:
        if os.environ.get("ISOBOT_DEBUG"):
            raise
        _leave(f"Something failed inside evals ({type(problem).__name__}: {problem}). Set ISOBOT_DEBUG=1 to see where.", FAILED)


def _leave(sentence: str, code: int) -> None:
    print(f"evals: {sentence}", file=sys.stderr)
    raise SystemExit(code)
