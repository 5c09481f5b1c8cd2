"""From training sets to an adapter, and to what it gains."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from corpus.errors import DatasetError
from evals.adapter.batches import steps
from evals.adapter.figures import figures
from evals.adapter.folds import held_out, probes_of
from evals.adapter.low_rank import adapted, mean_of, merged, tensors_of
from evals.adapter.mining import mined
from evals.adapter.network import Network
from evals.adapter.ranking import ranks
from evals.adapter.recipe import Recipe
from evals.adapter.training import train
from evals.adapter.training_set import TrainingSet
from indexer.progress import Progress


@dataclass(frozen=True, slots=True)
class Made:
    """An adapter as it is written to its file, and how it fares on documents held out: as `figures` says, empty without folds."""

    tensors: dict[str, Tensor]
    held_out: list[dict[str, Any]]


def make(network: Network, sets: Sequence[TrainingSet], recipe: Recipe, folds: int, progress: Progress) -> Made:
    """Measure with `folds` adapters, each trained without a fold of the documents, then train the one to keep on all.

    folds: 0 measures nothing. Raises DatasetError where a fold leaves no question to train on.
    """
    progress.stage("Embedding passages", len(sets))
    training, before = [], []
    for one in sets:
        embedded = network.embedded(one.passages)
        training.append(mined(network, one, embedded))
        before.append(ranks(network, embedded, one.probes) if folds else [])
        progress.advance()
    records = figures(training, before, _ranks_held_out(network, training, recipe, folds, progress)) if folds else []
    with _trained(network, training, recipe, "Training on all", progress) as tensors:
        return Made(tensors, records)


def _ranks_held_out(
    network: Network, sets: Sequence[TrainingSet], recipe: Recipe, folds: int, progress: Progress
) -> list[list[int]]:
    """Of each set, the ranks of its probes, each by an adapter that was trained without the fold of its document."""
    found = [[0] * len(one.probes) for one in sets]
    for fold in range(folds):
        probes = [probes_of(one, fold, folds) for one in sets]
        if not any(probes):
            continue
        rest = [one.without(held_out(one, fold, folds)) for one in sets]
        if not any(one.pairs for one in rest):
            whole = f"All questions are about documents of fold {fold + 1} of {folds}, so that none is left to train on"
            raise DatasetError(f"{whole}. Measure with another number of --folds, or 0.")
        with _trained(network, rest, recipe, f"Fold {fold + 1} of {folds}", progress):
            for one, some, of_set in zip(sets, probes, found, strict=True):
                if some:
                    ranked = ranks(network, network.embedded(one.passages), [one.probes[at] for at in some])
                    for at, rank in zip(some, ranked, strict=True):
                        of_set[at] = rank
    return found


@contextmanager
def _trained(
    network: Network, sets: Sequence[TrainingSet], recipe: Recipe, stage: str, progress: Progress
) -> Iterator[dict[str, Tensor]]:
    """An adapter of the network, trained on the sets and at work until the end of the block."""
    progress.stage(stage, len(recipe.scales) * recipe.epochs * steps(sets, recipe))
    trained = []
    for scale in recipe.scales:
        torch.manual_seed(recipe.seed)
        with adapted(network.transformer, recipe.rank) as maps:
            loss = train(network, maps, sets, recipe, scale, progress.advance)
            trained.append(tensors_of(maps))
        pairs = sum(len(one.pairs) for one in sets)
        progress.say(f"{stage}: {pairs:,} pairs at a scale of {scale:g}, mean loss of the last epoch {loss:.3f}")
    tensors = mean_of(trained, recipe.share)
    with merged(network.transformer, tensors):
        yield tensors
