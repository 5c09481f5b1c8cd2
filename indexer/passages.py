"""Passages: windows of one clause, cut at sentence ends."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from corpus.clause import Clause
from corpus.passage import Passage
from indexer.readers.base import Block, BlockKind
from indexer.sentences import Span, sentences

UNQUOTED = frozenset({BlockKind.FURNITURE, BlockKind.TABLE_HEADER, BlockKind.HEADING})
APART = frozenset({BlockKind.FURNITURE, BlockKind.HEADING})  # no passage runs across them; a table's header is part of its first
_TELLING = re.compile(r"[^\W_]")  # a letter or a digit
WHOLE = frozenset({BlockKind.TABLE_ROW, BlockKind.CODE})


@dataclass(frozen=True, slots=True)
class Unit:
    """The smallest thing that can be quoted: a sentence, or a table row; `block` is its position among the document's blocks."""

    start: int
    end: int
    block: int


def own_ranges(clauses: Sequence[Clause]) -> list[list[Span]]:
    """For each clause, the ranges that belong to it and to none of its children; the heading included, in order."""
    children: list[list[Clause]] = [[] for _ in clauses]
    for clause in clauses:
        if clause.parent is not None:
            children[clause.parent].append(clause)
    ranges: list[list[Span]] = []
    for clause, inner in zip(clauses, children, strict=True):
        own: list[Span] = []
        at = clause.start
        for child in sorted(inner, key=lambda c: c.start):
            if at < child.start:
                own.append((at, child.start))
            at = child.end
        if at < clause.end:
            own.append((at, clause.end))
        ranges.append(own)
    return ranges


def units_of(text: str, clause: Clause, own: Sequence[Span], blocks: Sequence[Block]) -> list[Unit]:
    """What can be quoted of a clause's own text, in order.

    A clause that is nothing but its heading (a numbered paragraph whose only sentence was taken for one) is quoted by it; the
    heading of a clause that only gathers others says nothing by itself.
    """
    units = _units(text, own, blocks, clause.body)
    alone = not units and own[-1:] == [(own[0][0], clause.end)] if own else False
    return _units(text, own, blocks, clause.start, headings=True) if alone else units


def _units(text: str, own: Sequence[Span], blocks: Sequence[Block], begin: int, headings: bool = False) -> list[Unit]:
    units: list[Unit] = []
    for low, high in own:
        for position, block in blocks_within(blocks, max(low, begin), high):
            start, end = max(block.start, low, begin), min(block.end, high)
            if block.kind in UNQUOTED and not (headings and block.kind is BlockKind.HEADING):
                continue
            spans = [(start, end)] if block.kind in WHOLE else sentences(text, start, end)
            units.extend(Unit(*span, position) for span in spans if _TELLING.search(text, *span))
    return units


def blocks_within(blocks: Sequence[Block], low: int, high: int) -> Iterator[tuple[int, Block]]:
    """The blocks that share text with `low:high`, each with its position."""
    at = bisect_right(blocks, low, key=lambda b: b.end)
    while at < len(blocks) and blocks[at].start < high:
        yield at, blocks[at]
        at += 1


def passages(
    text: str,
    clauses: Sequence[Clause],
    blocks: Sequence[Block],
    count_tokens: Callable[[Sequence[str]], list[int]],
    window: int,
    longest: int,
) -> list[Passage]:
    """Windows of about `window` tokens over each clause's units; never across clauses, and never of more units than `longest` tokens
    hold. A sentence that is longer by itself is cut, at white space where it has any.

    A lead-in ("You must not:") stays with the first item that follows it.
    """
    every: list[tuple[int, list[Span], list[Unit]]] = []
    for position, (clause, own) in enumerate(zip(clauses, own_ranges(clauses), strict=True)):
        pieces = [piece for unit in units_of(text, clause, own, blocks) for piece in _cut(text, unit, longest)]
        if pieces:
            every.append((position, own, pieces))
    flat = [unit for _, _, units in every for unit in units]
    lengths = iter(count_tokens([text[unit.start : unit.end] for unit in flat]))
    most = max(window, min(2 * window, longest))
    furniture = [block.start for block in blocks if block.kind in APART]
    found: list[Passage] = []
    for position, own, units in every:
        sized = [piece for unit in units for piece in _fitting(text, unit, next(lengths), count_tokens, longest)]
        inside = furniture[bisect_left(furniture, units[0].start) : bisect_right(furniture, units[-1].end)]
        breaks = sorted([low for low, _ in own] + inside)
        found.extend(Passage(position, run[0][0], run[-1][1], run) for run in _windows(text, sized, breaks, window, most))
    return found


def _windows(
    text: str, sized: Sequence[tuple[Unit, int]], breaks: Sequence[int], window: int, most: int
) -> Iterator[tuple[Span, ...]]:
    """The ranges of the units of each window. most: tokens of a window that a lead-in may take beyond `window`."""
    first, total = sized[0]
    run = [(first.start, first.end)]
    for (before, _), (unit, tokens) in itertools.pairwise(sized):
        apart = bisect_left(breaks, before.end) < bisect_right(breaks, unit.start)
        leads_in = text[before.end - 1] == ":"
        if apart or (total + tokens > window and not (leads_in and total + tokens <= most)):
            yield tuple(run)
            run, total = [], 0
        run.append((unit.start, unit.end))
        total += tokens
    yield tuple(run)


def _cut(text: str, unit: Unit, longest: int) -> list[Unit]:
    """Pieces of a sentence far longer than the encoder reads; English has four characters a token at least, on average."""
    limit = longest * 4
    pieces: list[Unit] = []
    start = unit.start
    while unit.end - start > limit:
        cut = text.rfind(" ", start + limit // 2, start + limit)
        cut = cut if cut > 0 else start + limit
        pieces.append(Unit(start, cut, unit.block))
        start = cut
        while start < unit.end and text[start].isspace():
            start += 1
    if start < unit.end:
        pieces.append(Unit(start, unit.end, unit.block))
    return pieces


def _fitting(
    text: str, unit: Unit, tokens: int, count_tokens: Callable[[Sequence[str]], list[int]], longest: int
) -> list[tuple[Unit, int]]:
    """The unit with its tokens; halves of it, and halves of these, where it is denser than English: tables of numbers, Chinese."""
    if tokens <= longest or unit.end - unit.start < 2:
        return [(unit, tokens)]
    middle = (unit.start + unit.end) // 2
    cut = max(text.rfind(" ", unit.start + 1, middle), text.rfind("\n", unit.start + 1, middle))
    cut = cut if cut > (unit.start + middle) // 2 else middle
    spans = [_stripped(text, unit.start, cut), _stripped(text, cut, unit.end)]
    halves = [Unit(start, end, unit.block) for start, end in spans if start < end]
    counts = count_tokens([text[half.start : half.end] for half in halves])
    return [piece for half, count in zip(halves, counts, strict=True) for piece in _fitting(text, half, count, count_tokens, longest)]


def _stripped(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
