"""How what can be quoted of a clause is laid out: its sentences, items and rows in order, and the blocks that they are of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from indexer.analysis import analyse
from indexer.passages import Unit
from indexer.readers.base import Block, BlockKind

MAX_QUOTE = 400  # characters
MAX_ITEM = 800  # characters of a table row, or of a list item with its lead-in
APART = frozenset({BlockKind.TABLE_ROW, BlockKind.LIST_ITEM})  # kinds that are no running text
LEADS_IN = re.compile(r":\Z|\b(?:as follows|the following|below|tables?)\b", re.IGNORECASE)
"""What sentences have that a list or a table follows."""
_ENDING = frozenset('.!?;,|)"”’')
MARKER = re.compile(r"\s*(?:[^\w\s|]{1,2}|o|\(?[0-9A-Za-z]{1,4}[.)])\s+")
"""The mark of a list item."""


@dataclass(frozen=True, slots=True)
class Layout:
    """units: what can be quoted, in order; known here by their positions. blocks: those of the whole document."""

    text: str
    units: Sequence[Unit]
    blocks: Sequence[Block]

    def kind(self, at: int) -> BlockKind:
        return self.blocks[self.units[at].block].kind

    def depth(self, at: int) -> int:
        """How deep a list item stands, from 1; 0 for what is none."""
        block = self.blocks[self.units[at].block]
        return max(block.level, 1) if block.kind is BlockKind.LIST_ITEM else 0

    def words(self, at: int) -> str:
        """A unit's words, without the mark of a list item before them."""
        start, end = self.units[at].start, self.units[at].end
        marker = MARKER.match(self.text, start, end) if self.depth(at) else None
        return self.text[marker.end() if marker else start : end]

    def length(self, first: int, last: int) -> int:
        """Characters from the beginning of a unit to the end of another."""
        return self.units[last].end - self.units[first].start

    def is_open(self, at: int) -> bool:
        """Whether words end before their sentence does: with a colon, or with no mark at all."""
        last = self.text[self.units[at].end - 1]
        return last == ":" or last not in _ENDING

    def opening(self, at: int) -> int:
        """The first unit of the block of a unit: an item begins with its mark."""
        while at > 0 and self.units[at - 1].block == self.units[at].block:
            at -= 1
        return at

    def item_before(self, first: int) -> int | None:
        """The first unit of the item before that which begins with a unit, in the same list on the same page; None where there is none."""
        at = first - 1
        while at >= 0 and self.depth(at) > self.depth(first):
            at -= 1
        return self.opening(at) if at >= 0 and self.depth(at) == self.depth(first) and self.runs_through(at, first) else None

    def item_after(self, first: int) -> int | None:
        """The first unit of the item behind that which begins with a unit, likewise."""
        at = self.item_end(first) + 1
        there = at < len(self.units) and self.depth(at) == self.depth(first) and self.runs_through(first, at)
        return at if there else None

    def item_end(self, first: int) -> int:
        """The last unit of the item that begins with a unit, and of those under it."""
        at = first
        while at + 1 < len(self.units) and (self.units[at + 1].block == self.units[first].block or self.depth(at + 1) > self.depth(first)):
            at += 1
        return at

    def runs_through(self, before: int, after: int) -> bool:
        """Whether no furniture of a page stands between two units."""
        between = self.blocks[self.units[before].block : self.units[after].block]
        return all(block.kind is not BlockKind.FURNITURE for block in between)

    def stands_out(self, at: int, among: Sequence[int], asked: AbstractSet[str]) -> bool:
        """Whether a unit holds more of the stems that are asked for than any other of some."""

        def said(one: int) -> int:
            return len(asked & frozenset(analyse(self.words(one))))

        most = said(at) if asked else 0
        return most > 0 and all(said(one) < most for one in among if one != at)
