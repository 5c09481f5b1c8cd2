"""What commands print on for a person."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

INDENT = "  "


class Screen(Console):
    """A terminal that adds no meaning to a document's words, by colour or picture."""

    def __init__(self) -> None:
        super().__init__(highlight=False, emoji=False)

    def print_indented(self, words: str, style: str = "") -> None:
        """Print words two characters in, and no spaces behind them, which whoever copies them would copy too."""
        for line in Text(words, style=style).wrap(self, self.width - len(INDENT)):
            line.rstrip()
            self.print(Text(INDENT).append_text(line) if line else "", soft_wrap=True)

    def on_broken_pipe(self) -> None:
        """Say that nobody reads on, as `print` does, where rich would end the command with an exit code of its own."""
        raise BrokenPipeError
