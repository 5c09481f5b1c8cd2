"""Blocks that may begin a clause, with the number at their head and what their type says."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import pairwise

from indexer.numbering import PARAGRAPH_SIGN, ROMAN, Number, Scheme, number_at
from indexer.readers.base import LARGER, Block, BlockKind, Reading
from indexer.run_in import run_in_end

LONGEST_HEADING = 160  # characters
SHORTEST_CAPITALS = 4  # letters
FEWEST_RUNNING = 4  # blocks of running text in a larger type
FEWEST_HOLDING = 2  # figures with a bracket that hold dotted ones
RUNNING = 0.3  # of the blocks in it
MARKUP = re.compile(r"(?:[ \t]*(?:#{1,6}|[-+•*]|>)[ \t]+)?(?:\*\*|__|\*)?")
BULLET = re.compile(r"[ \t]*[-+•*–—][ \t]+")
FOOTNOTE = re.compile(r"(?<=[a-z]{4})\d{1,2}$|(?<=[A-Z]{6})\d{1,2}$")  # a footnote's figure after a heading's last word
SENTENCE_END = re.compile(r"[.;,!][\"'”’)]*(?:\[\w{1,3}\])*$")  # the marks of notes may stand behind it
SENTENCES = re.compile(r"[.!?]\s")  # several
LONGEST_TITLE = 80  # characters of one that a full stop ends
SIGN = re.compile(r"(?<=\?)\s*[›»>▸▾▼⌄+]+$")  # what a web page opens an answer with
TEXT_KINDS = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.HEADING)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A block that may begin a clause.

    position: of its block. number: at its head, if any. start, words, stop: where the block, its heading's words and they end, code
    points into the canonical text. mark: level of its heading mark, 0 without. size, bold: of its type. text: its words after the number.
    counted: whether it is a paragraph that its author counts as a clause. run_in: where the heading ends that shares the paragraph
    with its text ("2. Gifts given. Nobody …"); 0 without.
    """

    position: int
    block: Block
    number: Number | None
    start: int
    words: int
    stop: int
    text: str
    mark: int = 0
    bulleted: bool = False
    counted: bool = False
    run_in: int = 0

    @property
    def named(self) -> int:
        """Its level in the author's bookmarks or tags, 0 where they do not name it."""
        return self.block.level if self.block.kind is BlockKind.PARAGRAPH else 0

    @property
    def styled(self) -> bool:
        """Whether its type, or the author, sets it off from the body."""
        return bool(self.mark or self.named) or self.block.bold or self.block.size >= LARGER

    @property
    def short(self) -> bool:
        ended = SENTENCE_END.search(self.text) is not None and not self.closes_a_title
        return len(self.text) <= LONGEST_HEADING and not ended and "\n" not in self.text

    @property
    def closes_a_title(self) -> bool:
        """Whether a full stop ends a numbered line set off by its type that is a title.

        It is written as one ("3. Keys of the House."), or its number is that of a law: "§ 3 Keys of the house.", "Sec. 2-1. Keys; locks.".
        """
        number = self.number
        if number is None or not _is_set_off(self.block) or not self.text.endswith("."):
            return False
        lawful = number.scheme is Scheme.NAMED or number.printed.startswith(PARAGRAPH_SIGN)
        return _is_title(self.text[:-1]) or (lawful and len(self.text) <= LONGEST_TITLE and not SENTENCES.search(self.text))

    @property
    def heading(self) -> str:
        """Its words as a heading; "" for a numbered paragraph that has none."""
        if self.counted and not self.run_in:
            return ""
        leads_in = self.text.endswith(":") and self.number is not None and not self.styled
        set_off = self.block.bold or self.block.size >= LARGER
        titled = self.mark or (self.short and not leads_in) or (set_off and len(self.text) <= LONGEST_HEADING)
        words = " ".join(self.text.split()) if titled else ""
        if self.closes_a_title:
            words = words.removesuffix(".")
        return words if self.mark else FOOTNOTE.sub("", SIGN.sub("", words))


def candidates_of(reading: Reading) -> list[Candidate]:
    """Every block that could begin a clause, in order; larger type that sentences are set in counts as the body's."""
    running = _running_sizes(reading)
    found = [
        _candidate(reading.text.characters, position, replace(block, size=1.0) if not block.bold and block.size in running else block)
        for position, block in enumerate(reading.blocks)
        if block.kind in TEXT_KINDS and block.end > block.start
    ]
    return _with_figures(found)


def without_number(candidate: Candidate, characters: str) -> Candidate:
    """A candidate whose number is part of its words. characters: of the canonical text."""
    lead = MARKUP.match(characters, candidate.block.start, candidate.block.end)
    words = lead.end() if lead else candidate.start
    return replace(candidate, number=None, words=words, text=characters[words : candidate.stop], run_in=0)


def _with_figures(candidates: list[Candidate]) -> list[Candidate]:
    """Where "1.1" comes after "1)", and "2.1" after "2)", a figure with a bracket is a clause's number and not a list item's mark."""
    numbered = [candidate.number for candidate in candidates if candidate.number]
    holding = {number.parts for number, below in pairwise(numbered) if is_figure(number) and below.parts == (*number.parts, 1)}
    if len(holding) < FEWEST_HOLDING:
        return candidates
    return [
        replace(candidate, number=replace(number, scheme=Scheme.DECIMAL, printed=number.printed.rstrip(")"), closed=True))
        if (number := candidate.number) is not None and is_figure(number) and number.parts in holding
        else candidate
        for candidate in candidates
    ]


def is_figure(number: Number) -> bool:
    """Whether it is printed as "3)"."""
    return number.scheme is Scheme.LETTER and number.printed[:-1].isdecimal()


def _running_sizes(reading: Reading) -> set[float]:
    """The sizes above the body's in which, as in the cells of a table, running text is set: many blocks begin or end as no heading does."""
    running: defaultdict[float, list[bool]] = defaultdict(list)
    for block in reading.blocks:
        if block.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM) and block.size >= LARGER and not block.bold:
            words = reading.text.characters[block.start : block.end].strip()
            running[block.size].append(words[:1].islower() or len(words) > LONGEST_HEADING or SENTENCE_END.search(words) is not None)
    return {size for size, found in running.items() if sum(found) >= FEWEST_RUNNING and sum(found) >= RUNNING * len(found)}


def _is_title(text: str) -> bool:
    """Whether a few words are written as a title: all of some length, and the last, begin with a capital, and no mark parts them."""
    words = re.findall(r"[^\W\d_]+", text)
    capital = bool(words) and all(word[0].isupper() for word in words if len(word) > 3 or word is words[-1])
    return capital and len(text) <= LONGEST_TITLE and not re.search(r"[.;:!?]", text)


def _is_set_off(block: Block) -> bool:
    return block.kind is BlockKind.HEADING or block.bold or block.size >= LARGER


def _is_in_capitals(text: str) -> bool:
    """Whether a text is a word or a few without a small letter."""
    return text.isupper() and len(re.findall(r"[^\W\d_]", text)) >= SHORTEST_CAPITALS


def _candidate(characters: str, position: int, block: Block) -> Candidate:
    raw = characters[block.start : block.end]
    lead = MARKUP.match(raw)
    skip = lead.end() if lead else 0
    number = number_at(raw[skip:])
    if number is not None and number.name == ROMAN and not (_is_set_off(block) or _is_in_capitals(raw[skip + number.end :])):
        number = None  # in running type an item of a list
    mark = max(block.level, 1) if block.kind is BlockKind.HEADING else 0
    words = skip + (number.end if number else 0)
    inner = raw[words:]
    if number is not None and number.scheme is Scheme.CODE:
        inner = inner.split("\n", 1)[0]
    tail = re.sub(r"[\s*_#]+$", "", inner) if skip or mark else inner.rstrip()
    head = re.match(r"[\s*_]*", tail)
    words += head.end() if head and number else 0
    tail = tail[head.end() :] if head and number else tail
    return Candidate(
        position, block, number, block.start, block.start + words, block.start + words + len(tail), tail, mark, bool(BULLET.match(raw)),
        run_in=run_in_end(characters, block, block.start + words) if number and not mark else 0,
    )  # fmt: skip
