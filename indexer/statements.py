"""Statements: what a document says of itself, in its properties and near its start."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice, takewhile

from corpus.document import Status
from indexer.dates import date_in
from indexer.readers.base import ROW_KINDS, Block, BlockKind, Reading
from indexer.stages import stamped, status_in

NEAR_BLOCKS = 40  # document control stands at the start; further on the same words are about something else
NEAR_CHARACTERS = 3000
SECTIONS = 2  # headings after which "Title: …" is about something else: a record, a template, a job


class Fact(StrEnum):
    """What can be stated."""

    TITLE = "title"
    REFERENCE = "reference"
    VERSION = "version"
    STATUS = "status"
    DRAFT = "draft"
    OWNER = "owner"
    APPROVER = "approver"
    AUDIENCE = "audience"
    COLLECTION = "collection"
    EFFECTIVE = "effective date"
    REVIEW = "review date"
    EXPIRY = "expiry date"
    FRAMEWORK = "framework"
    CONTROLS = "controls"


_SYNONYMS = {
    Fact.TITLE: "title|document title|document name|policy title|policy name|name of document",
    Fact.REFERENCE: "reference|document reference|reference number|reference no|document id|document number|document no|document code|"
    "policy reference|policy id|policy number|policy no|doc id|doc no|doc ref",
    Fact.VERSION: "version|revision|version number|version no|document version|policy version|current version|rev|ver|revision number",
    Fact.STATUS: "status|state|document status|policy status|content status|contentstatus",
    Fact.DRAFT: "draft",
    Fact.OWNER: "owner|document owner|policy owner|owned by|owners|standard owner|procedure owner|information owner|content owner",
    Fact.APPROVER: "approved by|approver|authorised by|authorized by|signed off by|approving authority|approval authority",
    Fact.AUDIENCE: "audience|access|readers|restricted to|document audience|intended audience|visible to|readable by",
    Fact.COLLECTION: "collection",
    Fact.EFFECTIVE: "effective|effective date|effective from|valid from|in force from|date effective|comes into force",
    Fact.REVIEW: "review date|next review|review by|review due|next review date|next review due|date of next review|due for review|"
    "review before|scheduled review|next scheduled review",
    Fact.EXPIRY: "expires|valid until|expiry|expiry date|expiration date|expires on|valid to|expiration",
    Fact.FRAMEWORK: "framework|standard|frameworks|standards",
    Fact.CONTROLS: "controls|implements|control|iso controls|annex a controls|control ids|control references|iso 27001 controls",
}
FACTS = {synonym: fact for fact, synonyms in _SYNONYMS.items() for synonym in synonyms.split("|")}
DATES = frozenset({Fact.EFFECTIVE, Fact.REVIEW, Fact.EXPIRY})

SEPARATOR = re.compile(r"\s*[|·•▪]\s*|\t+")
ASSIGNED = re.compile(r"(?P<key>[^\W\d_][\w ./-]{0,40}?)\s*(?::|=)\s*(?P<value>\S.*)")
VERSION = re.compile(
    r"(?:document |policy )?(?P<key>version|revision|rev\.?|v)\s?(?P<value>\d{1,3}(?:\.\d{1,4}){0,3}[a-z]?)", re.IGNORECASE
)
DATED = re.compile(r"(?P<key>[^\W\d_][a-z ]{2,30}?)\s+(?P<value>(?:on |by )?(?:\d|[A-Z][a-z]{2,8} ).*)", re.IGNORECASE)
SHORT = 12  # words; a longer value in the running text, or one that ends like a sentence, is prose about the word before it
OPEN_TO_READING = frozenset({"access", "readers"})  # words that a glossary also explains
LIST_MARK = re.compile(r"(?:[-*•]|\d+[.)])\s+")
PLACEHOLDER = re.compile(r"[\[<{].*[\]>}]|tb[acd]|n/?a|not applicable|none|unknown|[-–—_.?x ]+", re.IGNORECASE)


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
    shown = sorted(_in_text(reading), key=_rank)
    return [*declared, *said, *shown] if properties_first else [*declared, *shown, *said]


def _rank(statement: Statement) -> int:
    """Of what the text states: a withdrawal is written over what was true before; a stamp of a draft may be left over."""
    if statement.stated:
        return 1
    return 0 if status_in(statement.value) is Status.SUPERSEDED else 2


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
        for line in re.finditer(r"[^\n]+", words):
            place = replace(block, start=block.start + line.start(), end=block.start + line.end())
            yield from ((statement, place) for statement in _in_line(LIST_MARK.sub("", line.group(), count=1)))


def cells_of(row: str) -> list[str]:
    """The cells of a table row as the canonical text writes it."""
    return [cell.strip() for cell in row.strip().strip("|").split("|")]


def _in_row(cells: Sequence[str]) -> Iterator[Statement]:
    """Name and value side by side: "| Version | 2.1 |", also two such pairs in one row."""
    filled = list(cells)
    while filled and not filled[-1]:
        filled.pop()
    if len(filled) % 2 == 0:
        for key, value in zip(filled[::2], filled[1::2], strict=True):
            if fact_of(value) is None and not (key.strip().lower() in OPEN_TO_READING and _is_prose(key, value)):
                yield from _statement(key, value)


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
    for segment in _segments(line):
        found = ASSIGNED.fullmatch(segment) or VERSION.fullmatch(segment)
        if found:
            if not _is_prose(found["key"], found["value"]):
                yield from _statement(found["key"], found["value"])
            continue
        dated = DATED.fullmatch(segment)
        if dated and fact_of(dated["key"]) in DATES and date_in(dated["value"].removeprefix("on ").removeprefix("by ")):
            yield from _statement(dated["key"], dated["value"].removeprefix("on ").removeprefix("by "))


def _is_prose(key: str, value: str) -> bool:
    """Whether the words after a key make a sentence. One about the audience still counts: it must not open a document."""
    if fact_of(key) is Fact.AUDIENCE and key.strip().lower() not in OPEN_TO_READING:
        return False
    return len(value.split()) > SHORT or value.rstrip().endswith(".")


def _segments(line: str) -> list[str]:
    """The parts of "Version 2.1 | Owner: CISO"; semicolons part them only where each part states a fact."""
    segments: list[str] = []
    for segment in SEPARATOR.split(line.strip()):
        parts = [part.strip() for part in segment.split(";") if part.strip()]
        stated = [ASSIGNED.fullmatch(part) or VERSION.fullmatch(part) for part in parts]
        separate = len(parts) > 1 and all(match is not None and fact_of(match["key"]) is not None for match in stated)
        segments += parts if separate else [segment]
    return segments


def fact_of(key: str) -> Fact | None:
    """The fact that a key names, in whatever case and with "_" or "-" for spaces; None for any other word."""
    plain = " ".join(re.sub(r"[_-]", " ", key).strip(" :.*").lower().split())
    return FACTS.get(plain) or FACTS.get(plain.removeprefix("dc.").removeprefix("dcterms."))


def _statement(key: str, value: str) -> Iterator[Statement]:
    fact, words = fact_of(key), " ".join(value.split()).strip(" *|")
    if fact is not None and words and not PLACEHOLDER.fullmatch(words):
        yield Statement(fact, words, key.strip(" :*"))
