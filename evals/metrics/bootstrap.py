"""How far a figure would move, had other questions of the same kind been asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from evals.metrics.abstention import roc_auc

RESAMPLES = 1000
SEED = 27001
Interval = tuple[float, float]
"""Lower and upper end, both included."""


def mean_interval(values: Sequence[float], seed: int = SEED) -> Interval | None:
    """95 % percentile interval of the mean, by drawing questions with replacement; None for no values. Same seed, same interval.

    Source: Efron, "Bootstrap Methods: Another Look at the Jackknife", 1979.
    """
    if not values:
        return None
    array = np.asarray(values, dtype=np.float64)
    draw = np.random.default_rng(seed)
    return _middle([float(_again(array, draw).mean()) for _ in range(RESAMPLES)])


def difference_interval(old: Mapping[str, float], new: Mapping[str, float], seed: int = SEED) -> Interval | None:
    """95 % interval of how much the mean rose, over the questions that both have; None where they share none.

    old, new: question id → value. Each question is drawn with both its values, so that what is hard for both cancels out.
    """
    return mean_interval([new[id] - old[id] for id in old if id in new], seed)


def auc_interval(answerable: Sequence[float], unanswerable: Sequence[float], seed: int = SEED) -> Interval | None:
    """The same for the ROC AUC, each of the two kinds drawn on its own; None where either is empty."""
    if not answerable or not unanswerable:
        return None
    above, below = np.asarray(answerable, dtype=np.float64), np.asarray(unanswerable, dtype=np.float64)
    draw = np.random.default_rng(seed)
    statistic: Callable[[], float | None] = lambda: roc_auc(_again(above, draw), _again(below, draw))  # noqa: E731
    return _middle([value for _ in range(RESAMPLES) if (value := statistic()) is not None])


def _again(values: NDArray[np.float64], draw: np.random.Generator) -> NDArray[np.float64]:
    drawn: NDArray[np.float64] = values[draw.integers(0, len(values), len(values))]
    return drawn


def _middle(values: Sequence[float]) -> Interval:
    low, high = np.percentile(values, (2.5, 97.5))
    return float(low), float(high)
