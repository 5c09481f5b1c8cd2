"""Training: the steps from changes that change nothing to an adapter."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence

import torch

from evals.adapter.batches import epoch, steps
from evals.adapter.loss import loss_of
from evals.adapter.low_rank import LowRankMap
from evals.adapter.network import Network
from evals.adapter.recipe import Recipe
from evals.adapter.training_set import TrainingSet


def train(
    network: Network,
    maps: Mapping[str, LowRankMap],
    sets: Sequence[TrainingSet],
    recipe: Recipe,
    scale: float,
    progress: Callable[[], None],
) -> float:
    """Train the changes that are at work in the network; returns the mean loss of the last epoch.

    scale: what cosines are multiplied by. progress: called at each step."""
    parameters = [matrix for changed in maps.values() for matrix in (changed.A, changed.B)]
    optimiser = torch.optim.AdamW(parameters, lr=recipe.rate, weight_decay=recipe.decay)
    each = steps(sets, recipe)
    rate = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _share(step, recipe.epochs * each, recipe.warm_up))
    draw = random.Random(recipe.seed)
    last = 0.0
    for _ in range(recipe.epochs):
        total = 0.0
        for batch in epoch(sets, recipe, draw):
            loss = loss_of(network.questions(batch.questions), network.passages(batch.passages), batch, scale, recipe.sentences)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(parameters, recipe.clip)
            optimiser.step()
            rate.step()
            total += loss.item()
            progress()
        last = total / each
    return last


def _share(step: int, of: int, warm_up: float) -> float:
    """Of the highest learning rate, at a step counted from 0: up over the warm-up, and down to nothing at the last."""
    return min(1.0, (step + 1) / (warm_up * of + 1)) * max(0.0, (of - step) / of)
