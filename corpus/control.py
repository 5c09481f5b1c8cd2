"""Frameworks, the controls they hold, and what ties a clause to a control."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class ControlKind(StrEnum):
    REQUIREMENT = "requirement"
    CONTROL = "control"
    THEME = "theme"
    DOMAIN = "domain"
    OBJECTIVE = "objective"


@dataclass(frozen=True, slots=True)
class Control:
    """A requirement clause or an annex control of a framework, or a theme, domain or objective that gathers some.

    framework: "iso27001:2022". id: as the framework prints it ("A.8.13", "9.2.1", "AC-2(1)").
    parent: id of what gathers it. asks: what it asks, in our own words; "" where nothing was written.
    """

    framework: str
    id: str
    title: str
    kind: ControlKind = ControlKind.CONTROL
    parent: str | None = None
    asks: str = ""
    evidence: str = ""
    staff_words: tuple[str, ...] = ()
    attributes: dict[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    withdrawn: bool = False
    replaced_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Framework:
    """A named edition of a body of controls, in its own order."""

    name: str
    title: str
    controls: tuple[Control, ...]
    notes: str = ""

    def get(self, id: str) -> Control | None:
        """The control with exactly this id, or None."""
        return next((control for control in self.controls if control.id == id), None)

    def children_of(self, id: str) -> tuple[Control, ...]:
        """What a theme, domain, objective or clause directly gathers."""
        return tuple(control for control in self.controls if control.parent == id)


class Relation(StrEnum):
    """Relations of NIST IR 8477 between what two controls ask."""

    EQUAL = "equal"
    SUBSET = "subset"
    SUPERSET = "superset"
    INTERSECTS = "intersects"


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """Relations between the controls of two frameworks: (source id, relation, target id) triples.

    notes: where it departs from what others published, and why.
    """

    source: str
    target: str
    pairs: tuple[tuple[str, Relation, str], ...]
    notes: tuple[str, ...] = ()


class Provenance(StrEnum):
    """How it is known that a clause documents a control."""

    EXPLICIT = "explicit"
    DECLARED = "declared"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    SUGGESTED = "suggested"


@dataclass(frozen=True, slots=True)
class ControlLink:
    """A clause documents a control.

    ambiguous: the text names an id that two editions have, and the edition was taken from a default.
    start, end: where the text names it (explicit links), code points into the canonical text.
    """

    framework: str
    id: str
    provenance: Provenance
    ambiguous: bool = False
    start: int | None = None
    end: int | None = None
