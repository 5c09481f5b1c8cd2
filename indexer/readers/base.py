"""What every reader returns: canonical text, marks of structure, pages, and the properties that the file states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from corpus.text import CanonicalText

LARGER = 1.08  # of the body's type size: what is larger may be a heading
MARGINS = "page margins"  # the property that keeps the lines above and below each page, where the text does not


class BlockKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list item"
    TABLE_HEADER = "table header"
    TABLE_ROW = "table row"
    CODE = "code"
    FURNITURE = "furniture"


ROW_KINDS = frozenset({BlockKind.TABLE_HEADER, BlockKind.TABLE_ROW})


@dataclass(frozen=True, slots=True)
class Block:
    """One run of the canonical text with its mark of structure; blocks are in order and do not overlap.

    start, end: code points, end exclusive, without the line ends around them. Between two blocks stands white space alone.
    level: of a heading, from 1; nesting depth of a list item, from 1, or 0 where its author's mark alone shows that it is one; of a
    paragraph its level in the bookmarks or tags of a PDF, from 1, where they name it as a heading; 0 where it has none.
    size: font size relative to the body text's (1.0) where the format has type sizes; bold: whether most of it is bold, or underlined as a
    line by itself. lead: how many characters at its begin are bold where the rest is not; 0 where the reader tells none.
    A table row is written "| first cell | second cell |" in the canonical text (Markdown rows as their author wrote
    them). FURNITURE (running headers, footers, page numbers, tables of contents) stays in the text but in no passage.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    size: float = 1.0
    bold: bool = False
    lead: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """One file as read.

    properties: what the file says of itself, keys in lower case as found ("title", "version", "owner", "next review");
    values are raw strings, for `indexer.metadata` to interpret.
    declared: what documents.toml says of the file, as (key, value) pairs; it outweighs what the file says.
    converter: the program that turned the file into one that has a reader, and where it is kept its version; "" where none did.
    warnings: sentences for the person who indexes ("Page 3 has no text: it may be a scan.").
    """

    text: CanonicalText
    blocks: tuple[Block, ...]
    properties: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    declared: tuple[tuple[str, str], ...] = ()
    converter: str = ""


class Reader(Protocol):
    """Reads one file. Raises a DocumentError whose message is the reason when it cannot; never another exception."""

    def __call__(self, path: Path) -> Reading: ...
