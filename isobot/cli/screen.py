"""What commands print on for a person."""

from __future__ import annotations

from rich.console import Console


class Screen(Console):
    """A terminal that adds no meaning to a document's words, by colour or picture."""

    def __init__(self) -> None:
        super().__init__(highlight=False, emoji=False)

    def on_broken_pipe(self) -> None:
        """Say that nobody reads on, as `print` does, where rich would end the command with an exit code of its own."""
        raise BrokenPipeError
