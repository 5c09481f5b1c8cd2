"""What a control corresponds to in other frameworks and in the other edition of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from corpus.control import Control, ControlKind, Relation
from corpus.library import controls_by_id, crosswalks, framework_names

INVERSE = {Relation.SUBSET: Relation.SUPERSET, Relation.SUPERSET: Relation.SUBSET}

Key = tuple[str, str]
"""A framework's name and the id of one of its controls."""


@dataclass(frozen=True, slots=True)
class Equivalent:
    """A control that another one corresponds to.

    relation: what that other one is to it: a superset holds all that it asks. via: the control between them, where no crosswalk names
    the pair itself.
    """

    framework: str
    id: str
    relation: Relation
    via: Key | None = None

    @property
    def key(self) -> Key:
        return self.framework, self.id

    @property
    def control(self) -> Control:
        return controls_by_id(self.framework)[self.id]


def equivalents(control: Control) -> tuple[Equivalent, ...]:
    """Equivalents of a control, by framework, those that a crosswalk names before those that it leads to.

    A second step is taken only between the editions of one standard: A.12.3.1 of :2013 meets what A.8.13 of :2022 meets, and the
    other way round. A control enhancement shares what the control that it enhances meets.
    """
    found = {(one.framework, one.id): one for one in _named(control.framework, control.id)}
    for first in list(found.values()):
        for second in _named(first.framework, first.id):
            start, middle, end = (_standard(name) for name in (control.framework, first.framework, second.framework))
            if start != end and middle in (start, end):
                found.setdefault(second.key, Equivalent(*second.key, composed(first.relation, second.relation), first.key))
    enhanced = controls_by_id(control.framework).get(control.parent or "")
    if enhanced is not None and enhanced.kind is ControlKind.CONTROL and not control.withdrawn:
        for shared in equivalents(enhanced):
            found.setdefault(shared.key, Equivalent(*shared.key, Relation.INTERSECTS, (enhanced.framework, enhanced.id)))
    order = {name: number for number, name in enumerate(framework_names())}
    return tuple(sorted(found.values(), key=lambda one: (order.get(one.framework, len(order)), one.via is not None)))


def closest(control: Control, home: str) -> tuple[Equivalent, ...]:
    """Of its equivalents those by whose clauses to show where the control is met: in the other edition of its standard, else in the
    framework `home`, else in any. A withdrawn control has those that took its place."""
    if control.withdrawn:
        return tuple(Equivalent(control.framework, id, Relation.INTERSECTS) for id in control.replaced_by)
    found = equivalents(control)
    for standard in (_standard(control.framework), _standard(home)):
        if editions := {one.framework for one in found if _standard(one.framework) == standard}:
            edition = home if home in editions else max(editions)
            return tuple(one for one in found if one.framework == edition)
    return tuple(one for one in found if one.via is None)


def composed(first: Relation, second: Relation) -> Relation:
    """What A is to C, where A is `first` to B and B is `second` to C; an intersection where that does not follow."""
    if first is Relation.EQUAL:
        return second
    return first if second in (Relation.EQUAL, first) else Relation.INTERSECTS


def _named(framework: str, id: str) -> tuple[Equivalent, ...]:
    return _neighbours().get((framework, id), ())


@cache
def _neighbours() -> Mapping[Key, tuple[Equivalent, ...]]:
    found: dict[Key, list[Equivalent]] = {}
    for key, other, relation in _both_ways():
        found.setdefault(key, []).append(Equivalent(*other, relation))
    return {key: tuple(others) for key, others in found.items()}


def _both_ways() -> Iterator[tuple[Key, Key, Relation]]:
    for crosswalk in crosswalks():
        for source, relation, target in crosswalk.pairs:
            one, other = (crosswalk.source, source), (crosswalk.target, target)
            yield one, other, relation
            yield other, one, INVERSE.get(relation, relation)


def _standard(framework: str) -> str:
    """ "iso27001" of "iso27001:2022": what its editions share."""
    return framework.partition(":")[0]
