"""A numbered or headed part of one document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

PATH_SEPARATOR = " › "


@dataclass(frozen=True, slots=True)
class Clause:
    """One node of a document's tree of clauses.

    number: as printed ("3.2", "A.8.13", "POL.ITR.012", "(b)"), also where the page shows it and the text lacks it; or None.
    heading: the words of its heading without the number; "" for a numbered paragraph that has none.
    level: 1 for the outermost clauses. parent: position in the document's list of clauses, or None.
    start, end: code points into the canonical text, end exclusive; the range holds the heading and every child whole.
    body: where the text after the heading starts (`start <= body <= end`).
    """

    number: str | None
    heading: str
    level: int
    start: int
    end: int
    body: int
    parent: int | None = None

    @property
    def label(self) -> str:
        """Number and heading as one would say them: "5.3 Passwords"."""
        return " ".join(part for part in (self.number, self.heading) if part)


@dataclass(frozen=True, slots=True)
class ClauseLink:
    """Words that refer to a clause, or to a document as a whole.

    start, end: the words, code points into the text in which they stand. document: number of the one that is meant. clause: position
    in its list of clauses, None for the whole document.
    """

    start: int
    end: int
    document: int
    clause: int | None


def ancestry(clauses: Sequence[Clause], position: int) -> tuple[Clause, ...]:
    """The clause at `position` with the clauses that hold it, outermost first."""
    line: list[Clause] = []
    at: int | None = position
    while at is not None:
        line.append(clauses[at])
        at = clauses[at].parent
    return tuple(reversed(line))


def path_of(clauses: Sequence[Clause], position: int) -> str:
    """Its full path for citation: "5 Access control › 5.3 Passwords"."""
    return PATH_SEPARATOR.join(clause.label for clause in ancestry(clauses, position) if clause.label)
