"""How a command ends: every error a sentence and an exit code, no traceback unless ISOBOT_DEBUG is set."""

from __future__ import annotations

import errno
import functools
import os
import sys
from collections.abc import Callable
from typing import Any, NoReturn

import typer

from corpus.errors import FAILED, IsobotError

STOPPED = 130  # what a shell expects of a command that Ctrl-C ended
UNREAD = 141  # and of one whose reader has gone (`isobot text … | head`)


def stoppable(command: Callable[..., None], program: str = "isobot") -> Callable[..., None]:
    """The command, ended by Ctrl-C with a sentence, and quietly when nobody reads on, instead of as the version of typer has it."""

    @functools.wraps(command)
    def run(*values: Any, **options: Any) -> None:
        try:
            try:
                command(*values, **options)
            finally:
                print(end="", flush=True)
        except KeyboardInterrupt:
            _leave(program, "Stopped before it was done. What was published before is as it was.", STOPPED)
        except BrokenPipeError:
            _print_no_more()
            raise SystemExit(UNREAD) from None
        except OSError as problem:
            if problem.errno != errno.ENOSPC:
                raise
            _print_no_more()
            _leave(program, "What it prints could not be written: no space is left there. Make room, and run it again.", FAILED)

    return run


def run_program(app: typer.Typer, program: str = "isobot") -> None:
    """Run what was typed."""
    try:
        app()
    except IsobotError as problem:
        _leave(program, str(problem), problem.exit_code)
    except Exception as problem:
        if os.environ.get("ISOBOT_DEBUG"):
            raise
        sentence = f"Something failed inside {program} ({type(problem).__name__}: {problem}). Set ISOBOT_DEBUG=1 to see where."
        _leave(program, sentence, FAILED)


def _print_no_more() -> None:
    """Drop what is not printed yet, of which Python would complain at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _leave(program: str, sentence: str, code: int) -> NoReturn:
    from isobot.cli.terminal import printable

    print(f"{program}: {printable(sentence)}", file=sys.stderr)
    raise SystemExit(code)
