"""Rows: numbers of one kind that count on, and which kinds stand within which, as "A." and "B." between "I." and "II."."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from indexer.numbering import Number, Scheme

COUNTING = (Scheme.DECIMAL, Scheme.NAMED, Scheme.LETTER)
Row = tuple[tuple[int | str, ...], str]
"""The parts above a number, and the kind of those that have none above."""


def row_of(number: Number) -> Row:
    """The row that a number stands in."""
    return number.parts[:-1], number.kind if number.depth == 1 else ""


class Rows:
    """The rows that are open at one place of a document, outer ones first, each with its latest number."""

    def __init__(self) -> None:
        self._open: dict[Row, Number] = {}
        self._past: dict[str, Number] = {}  # the latest number of each kind, also of rows that have ended

    def __contains__(self, row: Row) -> bool:
        return row in self._open

    def last(self, number: Number) -> Number | None:
        """The latest number of a number's row; None where that is not open."""
        return self._open.get(row_of(number))

    @property
    def current(self) -> Number | None:
        """The latest number that has none above it."""
        return next((number for (above, _), number in reversed(self._open.items()) if not above), None)

    def goes_on(self, number: Number) -> bool:
        """Whether a number is the next of a row that has ended, as that of figures which count on from part to part."""
        last = self._past.get(number.kind)
        return number.depth == 1 and last is not None and number.follows(last)

    def add(self, number: Number) -> None:
        """Take in a number: all rows below those before it in its row have ended."""
        row = row_of(number)
        self._end(below for below in self._open if below[0][: number.depth] == number.parts)
        if number.depth == 1:
            outermost = [other for other in self._open if not other[0]]
            self._end(outermost[outermost.index(row) + 1 :] if row in self._open else ())
            self._past[number.kind] = number
        self._open[row] = number

    def begin_anew(self) -> None:
        """End every row that has no number above it."""
        self._end(row for row in self._open if not row[0])

    def _end(self, rows: Iterable[Row]) -> None:
        for row in list(rows):
            del self._open[row]


def nested_kinds(numbers: Sequence[Number]) -> frozenset[tuple[str, str]]:
    """Which kinds of number hold which, as (outer, inner): between two numbers of the outer that follow each other the inner begins."""
    found: set[tuple[str, str]] = set()
    for outer in {number.kind for number in numbers}:
        last: Number | None = None
        begun: set[str] = set()
        for number in numbers:
            if number.kind == outer:
                if last is not None and number.follows(last):
                    found.update((outer, inner) for inner in begun)
                last, begun = number, set()
            elif number.begins:
                begun.add(number.kind)
    return frozenset(found)


def is_single(number: Number | None) -> bool:
    """Whether a number counts a row by itself, with none above it: "2.", "B.", "IV." and "(c)", also by name, as "Part 2"."""
    return number is not None and number.depth == 1 and number.scheme in COUNTING
