"""A control or clause of a framework, as a text names it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reference:
    """One control named in a text.

    start, end: where, in code points, end exclusive; `text` is that slice as written ("Annex A 8.13", "(2)" after "AC-2(1)").
    framework, id: what it means ("iso27001:2022", "A.8.13"). known: whether that edition has the id.
    ambiguous: the words fit more than one entry (two editions, or a clause and an annex control), and the choice is a default.
    """

    start: int
    end: int
    text: str
    framework: str
    id: str
    known: bool = True
    ambiguous: bool = False
