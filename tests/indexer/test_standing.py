"""What stands above a passage."""

from __future__ import annotations

from corpus.clause import Clause
from corpus.document import Document
from corpus.passage import Passage
from corpus.text import CanonicalText
from indexer.readers.base import Block, BlockKind, Reading
from indexer.standing import MAX_COLUMNS, headings_above

DOCUMENT = Document("gates.md", "Gates", "0", "0")


def reading_of(*lines: tuple[BlockKind, str]) -> Reading:
    blocks, at = [], 0
    for kind, line in lines:
        blocks.append(Block(kind, at, at + len(line)))
        at += len(line) + 1
    return Reading(CanonicalText("\n".join(line for _, line in lines)), tuple(blocks))


def above(reading: Reading) -> list[str]:
    """Of a passage a block."""
    clauses = (Clause("1", "Locks", 1, 0, len(reading.text.characters), 0),)
    return list(headings_above(DOCUMENT, clauses, [Passage(0, block.start, block.end) for block in reading.blocks], reading))


def test_rows_stand_below_the_columns_of_their_own_table():
    """What parts two tables ends the first one's names, and a row before any names has none."""
    row, header = BlockKind.TABLE_ROW, BlockKind.TABLE_HEADER
    reading = reading_of(
        (row, "| none |"), (header, "| Gate |"), (row, "| North |"), (row, "| South |"), (BlockKind.PARAGRAPH, "Then."), (row, "| East |"),
        (header, "| Door |"), (row, "| Front |"),
    )  # fmt: skip
    assert [text.split("\n")[1:] for text in above(reading)] == [[], [], ["| Gate |"], ["| Gate |"], [], [], [], ["| Door |"]]
    assert above(reading)[0] == "Gates › Locks"


def test_names_of_columns_are_cut_where_an_encoder_stops_reading():
    """A table of ten thousand columns is not repeated whole above each of its rows."""
    reading = reading_of((BlockKind.TABLE_HEADER, "| Gate " * 10_000 + "|"), (BlockKind.TABLE_ROW, "| North |"))
    assert above(reading)[1] == "Gates › Locks\n" + ("| Gate " * 10_000)[:MAX_COLUMNS]
