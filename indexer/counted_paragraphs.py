"""Numbered paragraphs that their author counts as clauses: "5. Suppliers report …" after "4." under the heading before."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from heapq import nlargest
from itertools import pairwise
from statistics import median

from indexer.candidates import SENTENCE_END, Candidate, is_figure
from indexer.colophon import colophon
from indexer.labels import fact_of
from indexer.listed_matter import are_steps, are_works
from indexer.numbering import APPENDICES, Number, Scheme, is_cross_reference
from indexer.readers.base import ROW_KINDS, Block, BlockKind, Reading
from indexer.segments import pairs_in

FEWEST = 3  # paragraphs of a row
SMALLEST = 0.95  # of the body's type size: what is set smaller is a footnote
SENTENCES = 0.7  # of the paragraphs
SHARE = 0.5  # of the body's letters that stand in them: more than that
SENTENCE = 80  # characters at the median of a document that is nothing but its paragraphs
LONG = 200  # likewise, where something introduces them
OTHER_FORM = re.compile(r"(?:\[(\d{1,3})\]|([2-9]\d\d)\.?)\s+(?=[^\W\d_])")
"""Of a number that no other clause has: "[5] The crew", as notes and references, and beyond 199 "205. The crew"."""


@dataclass(frozen=True, slots=True)
class Member:
    """A numbered paragraph that is no heading. section: how many headings stand before it. index: among the candidates."""

    index: int
    section: int
    candidate: Candidate

    @property
    def ordinal(self) -> int:
        number = self.candidate.number
        return int(number.parts[0]) if number else 0

    def place(self, further: int) -> Place:
        """Its own place in a row, or one further on: the number, and what its paragraph is set as."""
        return self.ordinal + further, self.candidate.block.kind, self.candidate.block.level


Place = tuple[int, BlockKind, int]
Row = list[Member]


def counted_paragraphs(reading: Reading, candidates: Sequence[Candidate], headings: Sequence[Candidate]) -> dict[int, Candidate]:
    """The paragraphs that their author counts as clauses, by their place among the candidates.

    Their numbers run on over headings, or the document is nothing but such paragraphs; most of its body stands in them, as sentences,
    and nothing leads in to them with a colon, as to the items of a list. None where headings are numbered in the same way: whoever
    refers to 3 means a heading then. Once they are known, those of an appendix, which begin at 1 again, are counted too.
    """
    dotted = [heading for heading in headings if heading.number and _is_plain(heading.number)]
    if any(heading.styled or heading.number.depth == 1 for heading in dotted if heading.number):
        return {}
    parts = {heading.start for heading in dotted}
    titled = [heading for heading in headings if heading.start not in parts]
    rows = _rows(reading, candidates, titled)
    longest = nlargest(2, rows, key=lambda row: row[-1].candidate.start - row[0].candidate.start)  # no other holds most of a document
    main = next((row for row in longest if _is_counted(reading, candidates, titled, row)), None)
    if main is None or not all(_stands_in(heading, main) for heading in dotted):
        return {}
    own = [row for row in rows if row is not main and _opens_appendix(candidates, titled, row)]
    return {member.index: member.candidate for row in (main, *own) for member in row}


def _is_plain(number: Number) -> bool:
    return number.scheme is Scheme.DECIMAL and isinstance(number.parts[0], int)


def _stands_in(dotted: Candidate, row: Row) -> bool:
    """Whether "2.1 …" comes after paragraph 2 of a row and before 3."""
    above = bisect_left(row, dotted.start, key=lambda member: member.candidate.start)
    holder = row[above - 1].candidate.number if above else None
    return holder is not None and dotted.number is not None and dotted.number.under(holder)


def _rows(reading: Reading, candidates: Sequence[Candidate], headings: Sequence[Candidate]) -> list[Row]:
    """Paragraphs that are numbered on from 1. A list within one section may stand between two of a row; where it is not clear which
    row a number goes on with, both end."""
    rows: list[Row] = []
    waiting: dict[Place, list[Row]] = {}  # rows of one section, by what would go on with them
    section = 0
    for member in _members(reading, candidates, headings):
        going_on = waiting.pop(member.place(0), [])
        if len(going_on) > 1:
            for row in going_on:
                row.clear()
            waiting = {}
            continue
        if member.ordinal > 1 and not going_on:
            continue
        waiting = waiting if member.section == section else {}
        section = member.section
        row = going_on[0] if going_on else []
        row.append(member)
        rows += [] if going_on else [row]
        waiting.setdefault(member.place(1), []).append(row)
    return [row for row in rows if len(row) > 1]


def _members(reading: Reading, candidates: Sequence[Candidate], headings: Sequence[Candidate]) -> list[Member]:
    starts = {heading.start for heading in headings}
    found, section = [], 0
    for index, candidate in enumerate(candidates):
        if candidate.start in starts:
            section += 1
        elif (numbered := _numbered(reading, candidate)) is not None:
            found.append(Member(index, section, numbered))
    return found


def _numbered(reading: Reading, candidate: Candidate) -> Candidate | None:
    """A paragraph as one that is counted, with "1.", "1", "1)" or "[1]" before it; None for what cannot be one."""
    number, block = candidate.number, candidate.block
    form = OTHER_FORM.match(reading.text.characters, block.start, block.end) if number is None else None
    if form is not None:
        figure = form[1] or form[2]
        number = Number(Scheme.DECIMAL, figure, (int(figure),), form.end() - block.start, closed=True)
        candidate = replace(candidate, words=form.end(), text=candidate.text[number.end :])
    if number is None or candidate.mark or candidate.bulleted or block.size < SMALLEST or block.bold:
        return None
    plain = replace(number, scheme=Scheme.DECIMAL, printed=number.printed.rstrip(")")) if is_figure(number) else number
    goes_on = candidate.text[:1].islower()  # many scripts have no capitals
    if not _is_plain(plain) or plain.depth > 1 or goes_on or is_cross_reference(plain, candidate.text):
        return None
    return replace(candidate, number=plain, counted=True)


def _is_counted(reading: Reading, candidates: Sequence[Candidate], headings: Sequence[Candidate], row: Row) -> bool:
    """Whether a row of paragraphs bears it out that it counts clauses."""
    sentences = sum(_is_sentence(member.candidate.text) for member in row)
    if len(row) < FEWEST or sentences < SENTENCES * len(row) or _is_led_in(candidates, row):
        return False
    if _share(candidates, headings, row) <= SHARE or are_works(_texts(row)):
        return False
    return row[-1].section > row[0].section or _is_all(reading, candidates, headings, row)


def _is_sentence(text: str) -> bool:
    return text.endswith(":") or SENTENCE_END.search(text) is not None


def _is_led_in(candidates: Sequence[Candidate], row: Row) -> bool:
    """Whether the first of a row, or the first below a heading, comes after a colon."""
    first = [row[0], *(member for last, member in pairwise(row) if last.section != member.section)]
    return any(candidates[member.index - 1].text.endswith(":") for member in first if member.index)


def _share(candidates: Sequence[Candidate], headings: Sequence[Candidate], row: Row) -> float:
    """The share of the document's letters, headings and appendices aside, that stand in a row and in the items below its paragraphs."""
    starts = {heading.start for heading in headings}
    appendix = next((heading.start for heading in headings if _is_appendix(heading) and heading.start > row[-1].candidate.start), None)
    members = {member.index for member in row}
    inside = whole = 0
    below = False
    for index, candidate in enumerate(candidates):
        if candidate.start == appendix:
            break
        if candidate.start in starts:
            below = False
            continue
        number = candidate.number
        counts = number is not None and _is_plain(number) and number.depth == 1
        listed = index < row[-1].index if counts else number is not None or candidate.block.kind is BlockKind.LIST_ITEM
        below = index in members or (below and listed)
        whole += len(candidate.text)
        inside += len(candidate.text) if below else 0
    return inside / max(whole, 1)


def _is_all(reading: Reading, candidates: Sequence[Candidate], headings: Sequence[Candidate], row: Row) -> bool:
    """Whether a document without headings, but for its title and those of its appendices, is nothing but a row of paragraphs.

    Each has a heading of its own in bold, or they are of some length and no steps; where something stands between the title and them, as
    before a list, of more. What states facts of the document, as its version, is nothing of that kind.
    """
    first, last = row[0].candidate.start, row[-1].candidate.start
    after = next((heading for heading in headings if heading.start > last), None)
    above = [heading for heading in headings if heading.start < first]
    if len(above) > 1 or (after is not None and not _is_appendix(after)):
        return False
    if all(member.candidate.run_in for member in row):
        return True
    if are_steps(above[-1].text if above else "", _texts(row)):
        return False
    length = median(len(member.candidate.text) for member in row)
    begin = above[-1].block.end if above else 0
    between = [block for block in reading.blocks if begin <= block.start < first]
    bare = all(_says_nothing(reading, block) for block in between[0 if above else 1 :])
    return length >= (SENTENCE if bare else LONG)


def _texts(row: Row) -> list[str]:
    return [member.candidate.text for member in row]


def _says_nothing(reading: Reading, block: Block) -> bool:
    """Whether a block introduces nothing: a row, furniture, or lines that each state a fact of the document."""
    lines = reading.text.characters[block.start : block.end].splitlines()
    facts = all(any(fact_of(name) for name, _ in pairs_in(line)) or colophon(line) for line in lines)
    return block.kind in ROW_KINDS or block.kind is BlockKind.FURNITURE or facts


def _is_appendix(heading: Candidate) -> bool:
    return heading.number is not None and heading.number.name in APPENDICES


def _opens_appendix(candidates: Sequence[Candidate], headings: Sequence[Candidate], row: Row) -> bool:
    """Whether a row begins right below the heading of an appendix, and ends in it."""
    above = bisect_left(headings, row[0].candidate.start, key=lambda heading: heading.start)
    first = row[0].index
    opens = above > 0 and _is_appendix(headings[above - 1]) and first > 0 and candidates[first - 1].start == headings[above - 1].start
    return opens and row[-1].section == row[0].section
