"""Readings made by hand, for tests of what comes after the readers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.text import CanonicalText
from indexer.readers.base import Block, BlockKind, Reading

Part = tuple[str, Block]


def part(text: str, kind: BlockKind = BlockKind.PARAGRAPH, level: int = 0, size: float = 1.0, bold: bool = False) -> Part:
    """A block and its text; its place follows from its neighbours."""
    return text, Block(kind, 0, len(text), level, size, bold)


def heading(text: str, level: int = 1) -> Part:
    return part(text, BlockKind.HEADING, level)


def bold(text: str, size: float = 1.0) -> Part:
    return part(text, size=size, bold=True)


def item(text: str) -> Part:
    return part(text, BlockKind.LIST_ITEM, 1)


def furniture(text: str) -> Part:
    return part(text, BlockKind.FURNITURE)


def reading(parts: Sequence[Part | str]) -> Reading:
    """Blocks parted by empty lines; a bare string is a paragraph."""
    blocks, texts, at = [], [], 0
    for entry in parts:
        text, block = part(entry) if isinstance(entry, str) else entry
        blocks.append(replace(block, start=at, end=at + len(text)))
        texts.append(text)
        at += len(text) + 2
    return Reading(CanonicalText("\n\n".join(texts)), tuple(blocks))
