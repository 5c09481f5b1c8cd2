"""Lines that somebody types."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import suppress
from io import TextIOWrapper

PROMPT = "› "


def typed_lines() -> Iterator[str]:
    """Each line of standard input, asked for where a person types, until it ends; there Ctrl-C is an end too.

    Bytes that are no text become replacement marks.
    """
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    at_terminal = sys.stdin.isatty()
    if at_terminal:
        with suppress(ImportError):  # some builds of Python lack it
            import readline  # noqa: F401 (its being there gives the arrow keys a meaning)
    while True:
        try:
            yield input(f"\n{PROMPT}" if at_terminal else "")
        except EOFError:
            return
        except KeyboardInterrupt:
            if at_terminal:
                return
            raise
