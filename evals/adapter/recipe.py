"""How an adapter is trained."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Recipe:
    """What the shipped adapter was trained with.

    What is kept is the mean of one training for each of the `scales`, by which cosines are multiplied before the softmax, taken at `share`.

    rank: of each change. epochs: times that every pair is seen. rate: the highest learning rate of AdamW, reached after the share
    `warm_up` of the steps, falling linearly to 0. decay: of its weights. clip: length that a gradient is cut to. batch: pairs of a
    step, at most, of one corpus. wrong: hard negatives that come with a pair, drawn anew each time.
    sentences: weight of the loss over sentences. seed: of everything drawn.
    """

    rank: int = 16
    epochs: int = 3
    rate: float = 7e-4
    warm_up: float = 0.1
    decay: float = 0.01
    clip: float = 1.0
    batch: int = 64
    wrong: int = 4
    scales: tuple[float, ...] = (20.0, 40.0)
    share: float = 0.9
    sentences: float = 0.5
    seed: int = 0
