"""Hard negatives: passages that the untrained encoder takes for answers, and that are none."""

from __future__ import annotations

from dataclasses import replace

import torch
from torch import Tensor
from torch.nn import functional

from evals.adapter.network import AT_ONCE, Network
from evals.adapter.training_set import Pair, TrainingSet

MINED = 13  # of each question
TOO_LIKE = 0.80  # cosine with the right passage from which on another may well answer, too


def mined(network: Network, training: TrainingSet, embedded: Tensor, count: int = MINED) -> TrainingSet:
    """The set with the passages likest to each question as `wrong`.

    Left out are all that answer it, those that are nearly the right one, and passages of curated documents.
    embedded: float32 (passages, dimensions), as the network gives them.
    """
    rows = functional.normalize(embedded, dim=-1)
    curated = torch.tensor([passage.document in training.curated for passage in training.passages], device=network.device)
    answers = training.answers()
    pairs: list[Pair] = []
    for start in range(0, len(training.pairs), AT_ONCE):
        some = training.pairs[start : start + AT_ONCE]
        scores = network.asked([pair.question for pair in some]) @ rows.T
        scores[rows[[pair.right for pair in some]] @ rows.T > TOO_LIKE] = -torch.inf
        scores[:, curated] = -torch.inf
        for row, pair in zip(scores, some, strict=True):
            row[list(answers[pair.question])] = -torch.inf
            pairs.append(replace(pair, wrong=_best(row, count)))
    return replace(training, pairs=tuple(pairs))


def _best(scores: Tensor, count: int) -> tuple[int, ...]:
    top = scores.topk(min(count, len(scores)))
    return tuple(at for score, at in zip(top.values.tolist(), top.indices.tolist(), strict=True) if score > -torch.inf)
