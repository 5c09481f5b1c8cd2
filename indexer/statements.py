"""Statements: what a document says of itself, in its properties and near its start."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, takewhile

from corpus.document import Status
from indexer.colophon import colophon
from indexer.dates import date_in
from indexer.labels import Fact, fact_of
from indexer.readers.base import MARGINS, ROW_KINDS, Block, BlockKind, Reading
from indexer.segments import ASSIGNED, INNER, NOT_INNER, VERSION, pairs_in
from indexer.stages import is_stamp, says_so, stamped, status_in

NEAR_BLOCKS = 40  # document control stands at the start; further on the same words are about something else
NEAR_CHARACTERS = 3000
SECTIONS = 2  # headings after which "Title: …" is about something else: a record, a template, a job
SHORT = 12  # words; a longer value in the running text, or one that ends like a sentence, is prose about the word before it
SENTENCE_WORDS = 4  # below "Status:"; as many are said of something else
ISSUE = re.compile(r"(?:no\.?\s*)?v?\d[\w.]*(?:\s*\(.*\))?", re.IGNORECASE)  # of a document; "12 Lost keys" is one that somebody has
OPEN_TO_READING = frozenset({"access", "readers"})  # words that a glossary also explains
LIST_MARK = re.compile(r"\A(?:[-*•]|\d+[.)])\s+")
PLACEHOLDER = re.compile(r"[\[<{].*[\]>}]|tb[acd]|n/?a|signature|name|date|not applicable|none|unknown|[-–—_.?x ]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Statement:
    """One fact as the document words it; `stated` is the key as written, "" for a line that needs none ("DRAFT"); `place` says where it
    was found."""

    fact: Fact
    value: str
    stated: str
    place: str = ""


def statements(reading: Reading, properties_first: bool) -> list[Statement]:
    """All facts that are stated of the document, the most reliable first: what documents.toml declares, then the document's own.

    Values that only hold a place ("TBC", "[Owner]") are no facts.

    properties_first: whether someone wrote the properties by hand (front matter, meta elements), so that they outweigh the text;
    those that an Office program keeps are often left over from another document.
    """
    declared = list(_in_pairs(reading.declared, "documents.toml"))
    said = list(_in_pairs(reading.properties.items(), "front matter" if properties_first else "file properties"))
    shown = sorted([*_in_text(reading), *_in_margins(reading)], key=_rank)
    return [*declared, *said, *shown] if properties_first else [*declared, *shown, *said]


def _rank(statement: Statement) -> int:
    """Of what the text states: a withdrawal is written over what was true before; a stamp of a draft, and a title's end, may mean less."""
    if statement.stated:
        return 1
    withdrawn = status_in(statement.value) is Status.SUPERSEDED and (is_stamp(statement.value) or says_so(statement.value))
    return 0 if withdrawn else 2


def _in_pairs(pairs: Iterable[tuple[str, str]], place: str) -> Iterator[Statement]:
    for key, value in pairs:
        for statement in _statement(key, value):
            yield replace(statement, place=place)


def _in_text(reading: Reading) -> Iterator[Statement]:
    for statement, block in stated_in(reading.text.characters, reading.blocks):
        yield replace(statement, place=_place(reading, block))


def stated_in(text: str, blocks: Sequence[Block]) -> Iterator[tuple[Statement, Block]]:
    """What the text near its start states, each with the row or the line that states it, as a block of its own."""
    for words, place in stamped(text, blocks):
        yield Statement(Fact.STATUS, " ".join(words.split()), ""), place
    headings = 0
    for position, block in enumerate(takewhile(lambda block: block.start < NEAR_CHARACTERS, islice(blocks, NEAR_BLOCKS))):
        headings += block.kind is BlockKind.HEADING
        for statement, place in _in_block(text, blocks, position):
            if statement.fact is not Fact.TITLE or headings <= SECTIONS:
                yield statement, place
    near = takewhile(lambda block: block.start < NEAR_CHARACTERS, islice(blocks, NEAR_BLOCKS))
    lines = [line for block in near if block.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING) for line in _lines(text, block)]
    yield from _colophons(text, lines)
    yield from _in_turns(text, lines)


def _colophons(text: str, lines: Sequence[Block]) -> Iterator[tuple[Statement, Block]]:
    """What lines near the start say without names for it; no version where several are said, as in a history."""
    found = [
        (Statement(fact, value, name), place)
        for place in lines for name, value in colophon(text[place.start : place.end])
        if (fact := fact_of(name)) is not None
    ]  # fmt: skip
    versions = {statement.value for statement, _ in found if statement.fact is Fact.VERSION}
    yield from ((statement, place) for statement, place in found if statement.fact is not Fact.VERSION or len(versions) == 1)


def _in_turns(text: str, lines: Sequence[Block]) -> Iterator[tuple[Statement, Block]]:
    """Names and values in turns, a line each, as a table leaves that was copied as text; at least two pairs one behind the other, and
    a version or a day among them, which no list of roles has."""
    words = [text[line.start : line.end] for line in lines]
    names = [fact_of(line) in (*INNER, Fact.REFERENCE) and line.lower() not in NOT_INNER and not line.endswith(":") for line in words]
    pairs = [at for at in range(len(words) - 1) if names[at] and not names[at + 1] and not _is_prose(words[at], words[at + 1])]
    pairs = [at for at in pairs if at + 2 in pairs or at - 2 in pairs]
    if any(ISSUE.fullmatch(words[at + 1]) or date_in(words[at + 1]) for at in pairs):
        for at in pairs:
            yield from ((statement, replace(lines[at], end=lines[at + 1].end)) for statement in _statement(words[at], words[at + 1]))


def _in_margins(reading: Reading) -> Iterator[Statement]:
    """What stands above and below each page of a document whose text does not hold it."""
    for line in reading.properties.get(MARGINS, "").split("\n"):
        if is_stamp(line):
            yield Statement(Fact.STATUS, line, "", MARGINS)
        for statement in _in_row(cells_of(line)) if line.startswith("|") else _in_line(line):
            yield replace(statement, place=MARGINS)


def _place(reading: Reading, block: Block) -> str:
    names = reading.text.names_of(reading.text.pages_of(block.start, block.end))
    return f"text, page {names[0]}" if names else "text"


def _in_block(text: str, blocks: Sequence[Block], position: int) -> Iterator[tuple[Statement, Block]]:
    block = blocks[position]
    words = text[block.start : block.end]
    if block.kind in ROW_KINDS:
        yield from ((statement, block) for statement in _in_row(cells_of(words)))
        yield from ((statement, blocks[position + 1]) for statement in _in_columns(text, blocks, position))
    elif block.kind is not BlockKind.CODE:
        for place in _lines(text, block):
            yield from ((statement, place) for statement in _in_line(LIST_MARK.sub("", text[place.start : place.end], count=1)))
            yield from _below(text, blocks[position : position + 2], place)


def _lines(text: str, block: Block) -> Iterator[Block]:
    """The lines of a block, each as a block of its own."""
    for line in re.finditer(r"[^\n]+", text[block.start : min(block.end, block.start + NEAR_CHARACTERS)]):
        yield replace(block, start=block.start + line.start(), end=block.start + line.end())


def _below(text: str, blocks: Sequence[Block], line: Block) -> Iterator[tuple[Statement, Block]]:
    """A name alone on its line ("Policy owner:") with its value on the next, of the same block or the one after it."""
    key = text[line.start : line.end]
    if not key.endswith(":") or fact_of(key) is None:
        return
    rest = re.compile(r"\s*([^\n]+)").match(text, line.end, blocks[0].end if line.end < blocks[0].end else blocks[-1].end)
    value = rest[1].strip() if rest and all(block.kind is BlockKind.PARAGRAPH for block in blocks) else ""
    if fact_of(key) is Fact.STATUS and len(value.split()) >= SENTENCE_WORDS:
        return
    if rest and value and ":" not in value and not _is_prose(key, value):
        yield from ((statement, replace(line, end=rest.end(1))) for statement in _statement(key, value))


def cells_of(row: str) -> list[str]:
    """The cells of a table row as the canonical text writes it."""
    return [cell.strip() for cell in row.strip().strip("|").split("|")]


def _in_row(cells: Sequence[str]) -> Iterator[Statement]:
    """Name and value side by side: "| Version | 2.1 |", also two such pairs in one row, or both in each cell ("| Version: 2.1 |")."""
    filled = list(cells)
    while filled and not filled[-1]:
        filled.pop()
    if len(filled) % 2 == 0:
        for key, value in zip(filled[::2], filled[1::2], strict=True):
            if fact_of(value) in (None, Fact.DRAFT) and not (key.strip().lower() in OPEN_TO_READING and _is_prose(key, value)):
                yield from _statement(key, value)
    named = [cell for cell in cells if ASSIGNED.fullmatch(cell)]
    stated = all(cell in named or VERSION.fullmatch(cell) for cell in cells if cell)
    if stated and any(fact_of(key) is not None for cell in named for key, _ in pairs_in(cell)):
        for cell in cells:
            yield from _in_line(cell)


def _in_columns(text: str, blocks: Sequence[Block], position: int) -> Iterator[Statement]:
    """Names above their values, in a table of these two rows alone (one of more rows is a history of versions)."""
    if position + 1 >= len(blocks) or blocks[position + 1].kind is not BlockKind.TABLE_ROW:
        return
    alone = position + 2 >= len(blocks) or blocks[position + 2].kind is not BlockKind.TABLE_ROW
    first = position == 0 or blocks[position - 1].kind not in ROW_KINDS
    names, values = (cells_of(text[block.start : block.end]) for block in blocks[position : position + 2])
    if alone and first and len(names) == len(values) and sum(fact_of(name) is not None for name in names) > 1:
        for key, value in zip(names, values, strict=True):
            yield from _statement(key, value)


def _in_line(line: str) -> Iterator[Statement]:
    for key, value in pairs_in(line):
        if not _is_prose(key, value):
            yield from _statement(key, value)


def _is_prose(key: str, value: str) -> bool:
    """Whether the words after a key make a sentence. One about the audience still counts: it must not open a document."""
    if fact_of(key) is Fact.AUDIENCE and key.strip().lower() not in OPEN_TO_READING:
        return False
    return len(value.split()) > SHORT or value.rstrip().endswith(".")


def _statement(key: str, value: str) -> Iterator[Statement]:
    fact, words = fact_of(key), " ".join(value.split()).strip(" *|")
    if fact is Fact.VERSION and key.strip(" :*").lower() == "issue" and not ISSUE.fullmatch(words):
        return
    if fact is not None and words and not PLACEHOLDER.fullmatch(words):
        yield Statement(fact, words, key.strip(" :*"))
