"""The tree of clauses of one document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from corpus.clause import Clause
from indexer.candidates import Candidate
from indexer.headings import headings_of
from indexer.number_rows import is_single, nested_kinds
from indexer.numbering import APPENDICES, ROMAN, Number, Scheme
from indexer.readers.base import BlockKind, Reading
from indexer.unprinted import with_unprinted_numbers

OUTER_NAMES = (*APPENDICES, "chapter", "part", "title", ROMAN)
RANKS = {"part": 1, "title": 1, "chapter": 2, "subpart": 2, "division": 3, "section": 4, "article": 4}
"""Of the parts of a document whose numbers count on from one to the next, the lower within the higher."""
Kinds = frozenset[tuple[str, str]]
HOLDING_NAMES = (*OUTER_NAMES, "section", "article", "clause", "requirement", "policy", "phase")


@dataclass(frozen=True, slots=True)
class _Open:
    """A clause that still takes in what follows: its position in the list, and what its heading says of its place.

    opens: whether its heading stands directly below a numbered one, as the first part of that clause, or is set as one that does.
    counted: whether it is a numbered paragraph, which no heading holds more than the one above it.
    """

    position: int
    number: Number | None
    mark: int
    size: float
    bold: bool
    named: int = 0
    opens: bool = False
    counted: bool = False

    def encloses(self, other: _Open) -> bool:
        """Whether its heading is set above the other's, by their marks or their type."""
        if self.mark and other.mark:
            return self.mark < other.mark
        if bool(self.mark) != bool(other.mark):
            return bool(self.mark)
        if self.named and other.named:
            return self.named < other.named
        if abs(self.size - other.size) >= 0.04:
            return self.size > other.size
        return self.bold and not other.bold

    def is_set_like(self, other: _Open) -> bool:
        """Whether both are set in the same type."""
        return abs(self.size - other.size) < 0.04 and self.bold is other.bold

    @property
    def is_bare(self) -> bool:
        """Whether it has neither number nor mark."""
        return not (self.number or self.mark or self.named)

    def is_title_in(self, chapter: _Open) -> bool:
        """Whether it has no number and is set like the numbered chapter that holds it, so that its type does not say how deep it is."""
        counted = chapter.number is not None and chapter.number.name not in APPENDICES
        return self.is_bare and counted and self.is_set_like(chapter)

    def is_alike(self, other: _Open) -> bool:
        """Whether both have neither number nor mark and are set in the same type."""
        return self.is_bare and other.is_bare and self.is_set_like(other)


def outline(reading: Reading, title: str | None = None) -> tuple[Clause, ...]:
    """The clauses of a document, each before its children, in the order of the text.

    Children lie within their parents, siblings are disjoint, and every character from the first clause's start on is in one
    innermost clause; only furniture may stand before that. Text before the first heading is a clause without a number, headed by
    `title` (or ""); so is a document without any heading. Empty for a reading without text.
    """
    length = len(reading.text.characters)
    content = [block for block in reading.blocks if block.kind is not BlockKind.FURNITURE]
    if not length or not content:
        return ()
    headings = headings_of(reading)
    clauses: list[Clause] = []
    first = content[0].start
    if not headings or headings[0].start > first:
        clauses.append(Clause(None, title or "", 1, 0, length, 0))
    line: list[_Open] = []
    kinds = nested_kinds([heading.number for heading in headings if heading.number and is_single(heading.number)])
    for last, heading, ahead in zip([None, *headings], headings, _numbers_ahead(headings), strict=False):
        opened = _open(heading, len(clauses))
        opens = (last is not None and _opens(last, heading)) or any(entry.opens and entry.is_alike(opened) for entry in line)
        opened = replace(opened, opens=opens)
        line = [*_holders(line, opened, ahead, kinds), opened]
        parent = line[-2].position if len(line) > 1 else None
        clauses.append(_clause(heading, len(line), parent, reading.text.characters))
    types = [(heading.block.bold, round(heading.block.size, 1), heading.mark) for heading in headings]
    untitled = [None] * (len(clauses) - len(types))
    return with_unprinted_numbers(_closed(clauses, length), [*untitled, *types])


def _open(heading: Candidate, position: int) -> _Open:
    block = heading.block
    return _Open(position, heading.number, heading.mark, block.size, block.bold, heading.named, counted=heading.counted)


def _numbers_ahead(headings: Sequence[Candidate]) -> list[Number | None]:
    """Of each heading without number and mark the next number after it; None for the others."""
    ahead: list[Number | None] = []
    number: Number | None = None
    for heading in reversed(headings):
        plain = not (heading.number or heading.mark or heading.named)
        ahead.append(number if plain else None)
        number = heading.number or number
    return ahead[::-1]


def _opens(above: Candidate, heading: Candidate) -> bool:
    """Whether a heading in type no larger than the text's, or its number's, is the first part of the numbered clause right above it."""
    between = heading.position - above.position > 1 or above.number is None or above.run_in or not above.heading
    plain = not (heading.number or heading.mark or heading.named or above.mark or above.named)
    return plain and not between and heading.block.size < max(above.block.size, 1.0) + 0.04


def _clause(heading: Candidate, level: int, parent: int | None, characters: str) -> Clause:
    """A clause whose end is not known yet; its body begins at the first letter after the heading or the bare number."""
    body = heading.stop if heading.heading or not heading.text else heading.words
    while body < len(characters) and (characters[body].isspace() or (body < heading.block.end and _is_markup(heading, characters[body]))):
        body += 1
    number = heading.number.printed if heading.number else None
    return Clause(number, heading.heading, level, heading.start, len(characters), body, parent)


def _is_markup(heading: Candidate, character: str) -> bool:
    """Whether a character after the heading is only what its author set it in bold with."""
    return character in "*_#" and (bool(heading.heading) or not heading.text)


def _closed(clauses: list[Clause], length: int) -> tuple[Clause, ...]:
    """Each clause ended where the next one begins that it does not hold."""
    ends = [length] * len(clauses)
    for position, clause in enumerate(clauses):
        for following in clauses[position + 1 :]:
            if following.level <= clause.level:
                ends[position] = following.start
                break
    return tuple(replace(clause, end=end, body=min(clause.body, end)) for clause, end in zip(clauses, ends, strict=True))


def _holders(line: list[_Open], fresh: _Open, ahead: Number | None, kinds: Kinds) -> list[_Open]:
    """Those of the open clauses, outermost first, that hold a new one. Numbers decide first, then marks and type.

    ahead: the next number after a heading that has none; the clauses that hold that number are still open. kinds: of numbers, as pairs
    of which the first holds the other.
    """
    number = fresh.number
    if fresh.counted:
        return list(takewhile(lambda entry: not entry.counted, line))
    if number is not None:
        for depth in range(len(line), 0, -1):
            other = line[depth - 1].number
            if other is not None and _holds(other, number):
                stands_in = depth < len(line) and line[depth].number is None and number.depth - other.depth >= 2
                return line[: depth + 1] if stands_in else line[:depth]
        for depth, entry in enumerate(line):
            if entry.number is not None and _is_beside(entry.number, number):
                outer = entry.number.depth > number.depth and not fresh.mark
                return _holders_of_first(line[:depth], fresh, number) if outer else line[:depth]
        if not fresh.mark:
            return line[: _down_to(line, number, kinds)] or _holders_of_first(line, fresh, number)
    if fresh.opens and not any(entry.opens for entry in line):
        return line
    kept = list(line)
    least = max((depth for depth, entry in enumerate(line, 1) if ahead and entry.number and _holds(entry.number, ahead)), default=0)
    while len(kept) > least and not _takes_in(kept, fresh):
        last = kept.pop()
        if last.opens and last.is_alike(fresh):
            break
    return kept


def _takes_in(kept: Sequence[_Open], fresh: _Open) -> bool:
    """Whether the innermost open clause holds a heading.

    No part that opens one does, where that one's own heading is set like it, nor does a title that is set like its numbered chapter.
    """
    last = kept[-1]
    if len(kept) > 1 and ((last.opens and kept[-2].is_set_like(fresh)) or last.is_title_in(kept[-2])):
        return False
    return last.encloses(fresh) or _is_appendix_of(last, fresh)


def _is_appendix_of(entry: _Open, fresh: _Open) -> bool:
    """Whether an open appendix takes in a heading without mark that is set no larger than its own: the last part of a document does."""
    appendix = entry.number is not None and entry.number.name in APPENDICES
    return appendix and not fresh.mark and (entry.encloses(fresh) or not fresh.encloses(entry))


def _holders_of_first(line: list[_Open], fresh: _Open, number: Number) -> list[_Open]:
    """For a number without mark that begins a row: an appendix or a single figure stands outermost in running type."""
    if number.scheme is Scheme.NAMED and number.name in OUTER_NAMES:
        above = [entry for entry in line[:1] if entry.mark and entry.number is None]
        return line[: _ranked(line, number)] or above
    if number.scheme is Scheme.DECIMAL and number.depth == 1:
        above = [entry for entry in line if entry.mark or _is_appendix_of(entry, fresh) or (_is_named(entry) and entry.encloses(fresh))]
        return line[: line.index(above[-1]) + 1] if above else []
    if number.scheme in (Scheme.CONTROL, Scheme.CODE, Scheme.LETTER, Scheme.QUESTION):
        kept = list(line)
        while kept and kept[-1].number is None and not kept[-1].mark and not kept[-1].encloses(fresh):
            kept.pop()
        return kept
    kept = list(line)
    least = _ranked(line, number)
    while len(kept) > least and not (kept[-1].encloses(fresh) or kept[-1].number is None or kept[-1].number.depth < number.depth):
        kept.pop()
    return kept


def _down_to(line: Sequence[_Open], number: Number, kinds: Kinds) -> int:
    """How many of the open clauses reach down to the innermost whose kind of number holds that of a new one; 0 for none."""
    if not is_single(number):
        return 0
    return max((depth for depth, entry in enumerate(line, 1) if entry.number and (entry.number.kind, number.kind) in kinds), default=0)


def _ranked(line: Sequence[_Open], number: Number) -> int:
    """How many of the open clauses reach down to the innermost whose name ranks above a number's, as a chapter above an article."""
    rank = RANKS.get(number.name, 0)
    return max((depth for depth, entry in enumerate(line, 1) if entry.number and 0 < RANKS.get(entry.number.name, 0) < rank), default=0)


def _is_named(entry: _Open) -> bool:
    return entry.number is not None and entry.number.scheme is Scheme.NAMED


def _holds(outer: Number, inner: Number) -> bool:
    if inner.scheme is Scheme.LETTER:
        return inner.under(outer) or (outer.scheme not in (Scheme.LETTER, Scheme.QUESTION) and inner.depth == 1)
    if outer.scheme is Scheme.NAMED and outer.name not in HOLDING_NAMES:
        return False
    kindred = outer.scheme is inner.scheme or outer.scheme is Scheme.NAMED
    return kindred and (inner.scheme is not Scheme.NAMED or inner.name == outer.name) and inner.under(outer)


def _is_beside(entry: Number, number: Number) -> bool:
    """Whether a new number ends an open one: the same row, or a deeper one of the same scheme."""
    if entry.scheme is not number.scheme:
        return False
    if number.scheme is Scheme.NAMED:
        return entry.name == number.name or (entry.name in APPENDICES and number.name in APPENDICES)
    if number.scheme is Scheme.CODE:
        return True
    return entry.depth >= number.depth and isinstance(entry.parts[0], int) is isinstance(number.parts[0], int)
