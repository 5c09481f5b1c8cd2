"""A control in words for a person: its headline, what is known of it, what it gathers and what it corresponds to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from corpus.control import Control, ControlKind, Relation
from corpus.library import controls_by_id
from isobot.citation import NAMES
from isobot.controls.equivalents import Equivalent, equivalents

NEWER, OLDER = "iso27001:2022", "iso27001:2013"
TITLED = 4  # equivalents in one framework that are shown with their titles; of more, ids alone can be taken in
WORDS = {Relation.EQUAL: "equal", Relation.SUBSET: "wider", Relation.SUPERSET: "narrower", Relation.INTERSECTS: "intersects"}
"""What an equivalent is to the control: where the control is a subset of it, it is the wider one."""


def headline(control: Control) -> str:
    """ "ISO/IEC 27001:2022 A.8.13 Information backup"; of an older edition also what the control is now."""
    name = NAMES.get(control.framework, control.framework)
    now = _in_edition(control, NEWER) if control.framework == OLDER else []
    if not now:
        return f"{name} {control.id} {control.title}"
    return f"{name}: {control.id} {control.title}, now {_listed([f'{one.id} {one.title}' for one in now])} (2022)"


def sentences(control: Control) -> list[str]:
    """What it asks, what shows that it is met, its attributes, and whether it is new or withdrawn, a line each."""
    lines = [control.asks] if control.asks else []
    if control.evidence:
        lines.append(f"An auditor looks for: {control.evidence[:1].lower() + control.evidence[1:]}")
    if control.attributes:
        lines.append("Attributes: " + "; ".join(", ".join(values) for values in control.attributes.values()))
    if control.withdrawn:
        lines.append(f"Withdrawn; {_successors(control)}.")
    if control.framework == NEWER and control.kind is ControlKind.CONTROL and not _in_edition(control, OLDER):
        lines.append("New in 2022: the edition of 2013 had no such control.")
    return lines


def listing(members: Iterable[Control]) -> list[str]:
    """One line a control: "A.12.3.1 Information backup", set in by its depth."""
    lines: list[str] = []
    depths: dict[str, int] = {}
    for member in members:
        depths[member.id] = depth = depths.get(member.parent or "", -1) + 1
        lines.append(f"{'  ' * depth}{member.id} {member.title}{' (withdrawn)' if member.withdrawn else ''}")
    return lines


def correspondences(found: Sequence[Equivalent]) -> list[str]:
    """One line a framework: "NIST CSF 2.0, by A.8.13: PR.DS-11 Backups made, protected and tested (narrower)"."""
    lines: list[str] = []
    for (framework, indirect), group in groupby(found, key=lambda one: (one.framework, one.via is not None)):
        members = list(group)
        by = f", by {_listed(list(dict.fromkeys(one.via[1] for one in members if one.via)))}" if indirect else ""
        lines.append(f"{NAMES.get(framework, framework)}{by}: {'; '.join(_titled(members) if len(members) <= TITLED else _ids(members))}")
    return lines


def named_together(found: Sequence[Equivalent]) -> str:
    """ "ISO/IEC 27001:2022 A.8.13 Information backup", by framework; of many the ids alone."""
    parts = []
    for framework, group in groupby(found, key=lambda one: one.framework):
        alike = list(group)
        names = [f"{one.id} {one.control.title}" if len(alike) <= TITLED else one.id for one in alike]
        parts.append(f"{NAMES.get(framework, framework)} {', '.join(names)}")
    return "; ".join(parts)


def _titled(found: Iterable[Equivalent]) -> list[str]:
    return [f"{one.id} {one.control.title} ({WORDS[one.relation]})" for one in found]


def _ids(found: Sequence[Equivalent]) -> list[str]:
    relations = dict.fromkeys(one.relation for one in found)
    return [f"{', '.join(one.id for one in found if one.relation is relation)} ({WORDS[relation]})" for relation in relations]


def _successors(control: Control) -> str:
    known = controls_by_id(control.framework)
    return f"{_listed([f'{id} {known[id].title}' for id in control.replaced_by] or ['nothing'])} took its place"


def _in_edition(control: Control, framework: str) -> list[Control]:
    return [one.control for one in equivalents(control) if one.framework == framework and one.via is None]


def _listed(words: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))
