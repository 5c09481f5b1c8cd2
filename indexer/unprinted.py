"""Numbers that a document shows without writing them, as drawings say: known by the numbers of the clauses below."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import replace

from corpus.clause import Clause, ancestry

FEWEST = 3  # headings known by their children, from which a whole document is counted

Parts = tuple[int, ...]


def with_unprinted_numbers(clauses: Sequence[Clause], types: Sequence[Hashable]) -> tuple[Clause, ...]:
    """The clauses of a document, with the numbers of headings whose number is not in the text.

    types: what the heading of each is set in. A heading without a number is 5.2 where its first numbered child is 5.2.1, the others
    are 5.2.2 and so on, the last chapter before it is 5, and nothing else is 5.2. Its row is counted by it where that fits, and so
    is every such row of a document that prints no number of two parts at all.
    """
    printed = [_parts(clause) for clause in clauses]
    found = _by_children(clauses, printed)
    if found:
        found |= _by_place(clauses, types, printed, found)
    return tuple(
        replace(clause, number=".".join(map(str, found[position]))) if position in found else clause
        for position, clause in enumerate(clauses)
    )


def _parts(clause: Clause) -> Parts:
    """Of a number of figures and dots; () for every other, and for none."""
    figures = (clause.number or "").removeprefix("§ ").split(".")
    return tuple(map(int, figures)) if all(figure.isdecimal() for figure in figures) else ()


def _by_children(clauses: Sequence[Clause], printed: Sequence[Parts]) -> dict[int, Parts]:
    below: defaultdict[int, list[Parts]] = defaultdict(list)
    for clause, parts in zip(clauses, printed, strict=True):
        if clause.parent is not None and clause.number:
            below[clause.parent].append(parts)
    found: dict[int, Parts] = {}
    for position, children in below.items():
        number = children[0][:-1]
        counts_on = len(number) > 1 and children[0][-1] == 1 and all(child[:-1] == number for child in children)
        is_free = not clauses[position].number and number not in {*printed, *found.values()}
        if counts_on and is_free and _chapter(position, clauses, printed, len(number)) == number[:-1]:
            found[position] = number
    return found


def _chapter(position: int, clauses: Sequence[Clause], printed: Sequence[Parts], depth: int) -> Parts:
    """The last number above a clause that is shorter than `depth` parts; () within an appendix and what else is numbered otherwise."""
    if any(clause.number and not _parts(clause) for clause in ancestry(clauses, position)):
        return ()
    return next((parts for parts in reversed(printed[:position]) if 0 < len(parts) < depth), ())


def _by_place(
    clauses: Sequence[Clause], types: Sequence[Hashable], printed: Sequence[Parts], known: dict[int, Parts]
) -> dict[int, Parts]:
    """The numbers of those that stand in a row with the known ones, or in one like theirs: first, second, third…

    A row is what one clause holds of one type: a title set otherwise, as that of a box, is not counted.
    """
    rows: defaultdict[tuple[int | None, Hashable], list[int]] = defaultdict(list)
    for position, clause in enumerate(clauses):
        rows[clause.parent, types[position]].append(position)
    written = {clause.parent for clause in clauses if clause.number}
    alike = [row for (parent, _), row in rows.items() if parent not in written]
    counted: dict[int, Parts] = {}
    for row in alike:
        begins = {known[p][:-1] for p in row if p in known}
        if len(begins) == 1:
            counted |= _counted(row, begins.pop(), known)
    if len(known) >= FEWEST and known.keys() <= counted.keys() and not any(len(parts) == 2 for parts in printed):
        kinds = {types[p] for p in known}
        for row in alike:
            parent = clauses[row[0]].parent
            if parent is not None and len(printed[parent]) == 1 and types[row[0]] in kinds:
                counted |= _counted(row, printed[parent], known)
    numbers = [*printed, *counted.values()]
    return {position: number for position, number in counted.items() if numbers.count(number) == 1}


def _counted(row: Sequence[int], begin: Parts, known: dict[int, Parts]) -> dict[int, Parts]:
    """A row counted from one; nothing where a known number is not that of its place."""
    counted = {position: (*begin, place) for place, position in enumerate(row, 1)}
    return counted if all(known.get(position, number) == number for position, number in counted.items()) else {}
