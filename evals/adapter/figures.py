"""What an adapter gains on documents that it was not trained on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from evals.adapter.training_set import TrainingSet
from evals.metrics.hits import within

DEPTHS = (1, 3, 10)


def figures(sets: Sequence[TrainingSet], before: Sequence[Sequence[int]], after: Sequence[Sequence[int]]) -> list[dict[str, Any]]:
    """For each set and kind of question {"dataset", "kind", "questions", "before", "after"}, the last two {"hit@1", "hit@3", "hit@10"}.

    before, after: for each set the ranks, from 1, of its probes, without an adapter and with one that never saw their document.
    """
    found: list[dict[str, Any]] = []
    for one, old, new in zip(sets, before, after, strict=True):
        for kind in dict.fromkeys(probe.kind for probe in one.probes):
            of_kind = [at for at, probe in enumerate(one.probes) if probe.kind == kind]
            hits = {"before": _hits([old[at] for at in of_kind]), "after": _hits([new[at] for at in of_kind])}
            found.append({"dataset": one.name, "kind": kind, "questions": len(of_kind)} | hits)
    return found


def _hits(found: Sequence[int]) -> dict[str, float]:
    return {f"hit@{depth}": sum(within(rank, depth) for rank in found) / len(found) for depth in DEPTHS}


def rows(records: Sequence[Mapping[str, Any]]) -> list[tuple[str, ...]]:
    """Of a table: the heads of its columns, and then one row a record."""
    heads = ("dataset", "kind", "questions", *(f"hit@{depth}" for depth in DEPTHS))
    shown: list[tuple[str, ...]] = [heads]
    for record in records:
        hits = [f"{record['before'][head]:.3f} → {record['after'][head]:.3f}" for head in heads[3:]]
        shown.append((record["dataset"], record["kind"], f"{record['questions']:,}", *hits))
    return shown
