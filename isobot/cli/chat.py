"""`isobot chat`: what the bot says in Slack, without Slack."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from isobot.cli import options

if TYPE_CHECKING:
    from isobot.chat.session import Chat

ENDINGS = ("quit", "exit")
HELLO = "Ask what your policies say. A number presses that button, /help tells of commands; `quit`, an empty line or Ctrl-D ends."
KEPT = "Answers are recorded in the state, as the setting `audit_terminal` says."
FORGOTTEN = "Nothing of this is kept, also where isobot says that it is noted; the setting `audit_terminal` changes that."


def run(index: options.Index = None, user: options.AsUser = None) -> None:
    """Try what the bot says in Slack: the same answers by the same code, buttons as numbers. Needs no Slack.

    From a pipe it takes a question a line; exit code 1 says that one of them has no answer, 2 that a line was none, 3 that something
    failed.
    """
    from isobot.chat.log import logging_briefly
    from isobot.chat.session import chatting
    from isobot.responder import Responder
    from isobot.settings import Settings

    settings = Settings.load(index=index)
    logging_briefly(settings.secrets())
    at_terminal = sys.stdin.isatty()
    with ending_tidily(), chatting(settings, Responder(settings), user) as chat:
        if at_terminal:
            print(HELLO, KEPT if settings.audit_terminal else FORGOTTEN, sep="\n")
        worst = converse(chat, at_terminal)
    raise typer.Exit(0 if at_terminal else worst)


@contextmanager
def ending_tidily() -> Iterator[None]:
    """Let a signal to end, also that of a window that is closed, end the chat as `quit` does: what is not to be kept goes with it."""
    numbers = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {number: signal.signal(number, lambda number, _: sys.exit(128 + number)) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def converse(chat: Chat, at_terminal: bool) -> int:
    """Line after line until they end. Returns the highest exit code that one of them was worth.

    At a terminal an empty line ends it; in a pipe, where it may only set questions apart, it does not.
    """
    from shutil import get_terminal_size

    from isobot.cli.terminal import printable
    from isobot.cli.typed import PROMPT, typed_lines

    worst = 0
    for line in typed_lines():
        if line.strip().casefold() in ENDINGS or (at_terminal and not line.strip() and not chat.asks_for_a_field):
            break
        if not line.strip() and not chat.asks_for_a_field:
            continue
        width = get_terminal_size().columns if sys.stdout.isatty() or "COLUMNS" in os.environ else None
        said = chat.take(line, width)
        if not at_terminal:  # nobody has typed it here, and a transcript without the questions tells little
            said = [f"{PROMPT}{printable(line)}", *said, ""]
        print("\n".join(said), flush=True)
        worst = max(worst, chat.outcome)
    return worst
