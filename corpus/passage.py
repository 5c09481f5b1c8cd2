"""What is embedded: a window of one clause."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of whole sentences inside one clause's own text.

    clause: position in the document's list of clauses. start, end: code points into the canonical text, end exclusive.
    parts: the ranges of its sentences, in the same code points and in order.
    """

    clause: int
    start: int
    end: int
    parts: tuple[tuple[int, int], ...] = ()
