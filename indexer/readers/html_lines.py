"""Lines of a block of a page, as line breaks part them: what of each is bold or a link, and where another block begins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

LONGEST_TITLE = 100  # characters of a bold line that stands above text
LONG = 80  # characters: such a line is text
SENTENCE = re.compile(r"[.;!?:][\"'”’)\]]*$")


@dataclass(slots=True)
class Line:
    """One line being read. letters, bold: how many characters it has, and has in bold; links: how many there are on it; plain: whether
    it has words outside them; opening: how many of its parts stand before the first letters that are not bold."""

    words: list[str] = field(default_factory=list)
    letters: int = 0
    bold: int = 0
    links: int = 0
    plain: bool = False
    opening: int | None = None

    @property
    def text(self) -> str:
        return "".join(self.words)

    @property
    def lead(self) -> str:
        """The words that it begins with in bold, where others come behind them; "" without."""
        lead = "".join(self.words[: self.opening or 0])
        return lead if any(map(str.isalpha, lead)) else ""

    def add(self, words: str, bold: bool, linked: bool) -> None:
        shown = len(words.strip())
        if self.opening is None and not bold and any(map(str.isalpha, words)):
            self.opening = len(self.words)
        self.words.append(words)
        self.letters += shown
        self.bold += shown if bold else 0
        self.plain = self.plain or (not linked and any(map(str.isalnum, words)))

    @property
    def is_bold(self) -> bool:
        """Whether all of it is bold."""
        return 0 < self.letters == self.bold


def is_menu(lines: Sequence[Line]) -> bool:
    """Whether there is nothing on them but links."""
    return any(line.links for line in lines) and not any(line.plain for line in lines)


def blocks_in(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines as their author meant them: an empty one ends a paragraph, a bold one above a sentence is its title."""
    block: list[Line] = []
    for at, line in enumerate(lines):
        if not line.text.strip():
            yield block
            block = []
        elif _heads(line, lines[at + 1 : at + 2]):
            yield block
            yield [line]
            block = []
        else:
            block.append(line)
    yield block


def _heads(line: Line, below: Sequence[Line]) -> bool:
    return bool(below) and line.is_bold and not below[0].bold and is_titled(line.text.strip(), below[0].text.strip())


def is_titled(title: str, words: str) -> bool:
    """Whether a line in bold may be the title of the line below it, which is text."""
    if not title or len(title) > LONGEST_TITLE or title[-1] in ".,;:":
        return False
    return len(words) >= LONG or SENTENCE.search(words) is not None
