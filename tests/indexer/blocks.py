"""What reader tests look at: the words of a reading's blocks, and whether the blocks keep what they promise."""

from __future__ import annotations

from indexer.readers.base import BlockKind, Reading


def words(reading: Reading, kind: BlockKind | None = None) -> list[str]:
    """The text of each block, of one kind or of all, in order."""
    text = reading.text.characters
    return [text[block.start : block.end] for block in reading.blocks if kind in (None, block.kind)]


def shapes(reading: Reading) -> list[tuple[str, int, str]]:
    """Kind, level and text of each block."""
    text = reading.text.characters
    return [(block.kind.value, block.level, text[block.start : block.end]) for block in reading.blocks]


def check_blocks(reading: Reading) -> None:
    """Blocks are in order, apart, inside the text and not empty; between them stands white space alone."""
    text, at = reading.text.characters, 0
    for block in reading.blocks:
        assert at <= block.start < block.end <= len(text)
        assert not text[at : block.start].strip()
        assert text[block.start : block.end].strip()
        at = block.end
    assert at == len(text)
    assert "\r" not in text
