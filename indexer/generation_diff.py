"""What changed from one generation to another: documents, and clauses added, removed, reworded, renumbered and moved."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from indexer.clause_map import Place, Side, Told, clause_map


class Change(StrEnum):
    """What can have become of a clause; one may be reworded, renumbered and moved at once."""

    ADDED = "added"
    REMOVED = "removed"
    REWORDED = "reworded"
    RENUMBERED = "renumbered"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """changes: what became of it. before, after: the clause on either side, None where it was added or removed."""

    changes: tuple[Change, ...]
    before: Told | None
    after: Told | None


@dataclass(frozen=True, slots=True)
class GenerationDiff:
    """Paths of documents added and removed, pairs of paths of renamed ones, and what became of clauses, in document order.

    The clauses of a document that was added or removed as a whole are not listed one by one.
    """

    added: tuple[str, ...]
    removed: tuple[str, ...]
    renamed: tuple[tuple[str, str], ...]
    clauses: tuple[ClauseChange, ...]

    @property
    def empty(self) -> bool:
        return not (self.added or self.removed or self.renamed or self.clauses)


def difference(before: Side, after: Side) -> GenerationDiff:
    """Of what both sides show; whoever may read less gives sides that hold less."""
    pairs = clause_map(before, after)
    paths = [(before.documents[old].path, after.documents[new].path) for old, new in pairs.documents.items()]
    old_told = {told.place: told for told in before.told()}
    origins = {new: old for old, new in pairs.clauses.items()}
    known = set(pairs.documents.values())
    changes: list[ClauseChange] = []
    for told in after.told():
        if told.place in origins:
            old = old_told[origins[told.place]]
            if kinds := _changes(old, told, pairs.clauses, pairs.documents):
                changes.append(ClauseChange(kinds, old, told))
        elif told.place[0] in known:
            changes.append(ClauseChange((Change.ADDED,), None, told))
    for told in before.told():
        if told.place not in pairs.clauses and told.place[0] in pairs.documents:
            changes.append(ClauseChange((Change.REMOVED,), told, None))
    return GenerationDiff(
        added=tuple(sorted(after.documents[n].path for n in after.documents.keys() - known)),
        removed=tuple(sorted(before.documents[n].path for n in before.documents.keys() - pairs.documents.keys())),
        renamed=tuple(sorted((old, new) for old, new in paths if old != new)),
        clauses=tuple(changes),
    )


def _changes(old: Told, new: Told, clauses: dict[Place, Place], documents: dict[int, int]) -> tuple[Change, ...]:
    """Moved is what stands below another clause, or in another document, than the one its surroundings became."""
    if documents.get(old.place[0]) != new.place[0]:
        moved = True
    elif old.parent is None or new.parent is None:
        moved = old.parent is not new.parent
    else:
        moved = clauses.get(old.parent, new.parent) != new.parent
    told = ((Change.REWORDED, old.content != new.content), (Change.RENUMBERED, old.number != new.number), (Change.MOVED, moved))
    return tuple(change for change, so in told if so)
