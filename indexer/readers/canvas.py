"""The canvas on which a reader grows the canonical text of a document, block by block."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from corpus.errors import EmptyDocumentError
from corpus.text import CanonicalText
from indexer.readers.base import ROW_KINDS, Block, BlockKind, Reading

INDENT = "  "  # a level of nesting
MAX_INDENT = 8  # levels; deeper ones stand as far in as the eighth
BULLET = "- "
LINE_ENDS = (0x0B, 0x0C, 0x85, 0x2028, 0x2029)
SPACES = (0xA0, 0x2007, 0x202F)  # no-break spaces: a reader sees a space, and "A.8 13" should match either way
# Invisible characters that would break words for the search, and marks that reorder the letters around a quotation on screen.
INVISIBLE = (0xAD, 0x200B, 0x2060, 0xFEFF, 0xFFFE, 0xFFFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A))

ITEM_NUMBER = re.compile(r"\((?:[a-z]{1,4}|\d{1,2})\)\s|[a-z]\)\s")
"""What an author typed before a list item: "(a)", "(iv)", "b)"."""

_TRANSLATION: dict[int, str | None] = {
    **dict.fromkeys([*range(0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000), *INVISIBLE]),
    **dict.fromkeys(LINE_ENDS, "\n"),
    **dict.fromkeys(SPACES, " "),
    0x09: "\t",
    0x0A: "\n",
}
_TIGHT = (ROW_KINDS, frozenset({BlockKind.LIST_ITEM}))


def cleaned(text: str) -> str:
    """The text with "\\n" as its only line end and without control characters, lone surrogates and invisible marks.

    Unicode is not normalised: NFC may change what the author typed (a quotation must be findable in the source file).
    """
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_TRANSLATION)


def item(marker: str, text: str) -> str:
    """A list item's text after its mark; a bullet is left out where the author numbered the item as well ("(a)")."""
    words = text.strip()
    return words if marker == BULLET and ITEM_NUMBER.match(words) else marker + words


class Canvas:
    """Collects blocks in reading order and says where in the text each came to stand."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._blocks: list[Block] = []
        self._length = 0
        self._warnings: list[str] = []

    @property
    def count(self) -> int:
        """How many blocks stand on it."""
        return len(self._blocks)

    def add(
        self, kind: BlockKind, text: str, level: int = 0, indent: int = 0, size: float = 1.0, bold: bool = False, lead: str = ""
    ) -> None:
        """Append one block, cleaned; a text without a visible character is passed over.

        A paragraph that is not bold and that its author lettered or numbered as an item, "(a) …", is one of a list. indent: levels of
        nesting, written as white space before the block. level, size, bold: as in `Block`. lead: the words that it begins with in bold.
        """
        text = _tidy_code(cleaned(text)) if kind is BlockKind.CODE else _tidy(cleaned(text))
        if not text or text.isspace():
            return
        if kind is BlockKind.PARAGRAPH and not bold and ITEM_NUMBER.match(text):
            kind, level = BlockKind.LIST_ITEM, indent
        if self._blocks:
            self._write(self._gap(kind) + INDENT * min(indent, MAX_INDENT))
        start = self._length
        self._write(text)
        opening = _tidy(cleaned(lead))
        self._blocks.append(Block(kind, start, self._length, level, size, bold, len(opening) if text.startswith(opening) else 0))

    def add_row(self, cells: Sequence[str], header: bool = False) -> None:
        """Append one row of a table as "| first | second |"; a row of empty cells is passed over."""
        tidy = [" ".join(cleaned(cell).split()) for cell in cells]
        if any(tidy):
            self.add(BlockKind.TABLE_HEADER if header else BlockKind.TABLE_ROW, f"| {' | '.join(tidy)} |")

    def warn(self, sentence: str) -> None:
        """Tell the person who indexes, once."""
        if sentence not in self._warnings:
            self._warnings.append(sentence)

    def reading(self, properties: Mapping[str, str] | None = None) -> Reading:
        """What was collected. Raises EmptyDocumentError when that is nothing."""
        if not self._blocks:
            raise EmptyDocumentError("It holds no text.")
        return Reading(CanonicalText("".join(self._parts)), tuple(self._blocks), dict(properties or {}), tuple(self._warnings))

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def _gap(self, kind: BlockKind) -> str:
        return "\n" if any(kind in family and self._blocks[-1].kind in family for family in _TIGHT) else "\n\n"


def _tidy(text: str) -> str:
    """Lines without white space at their ends, runs of blanks as one; no empty lines."""
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _tidy_code(text: str) -> str:
    return re.sub(r"[ \t]+(?=\n|\Z)", "", text).strip("\n")
