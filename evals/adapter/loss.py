"""How far a batch is from being ranked right."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from evals.adapter.batches import Batch
from evals.adapter.network import PassageVectors

NEVER = -1e4  # a logit that takes no part


def loss_of(questions: Tensor, vectors: PassageVectors, batch: Batch, scale: float, of_sentences: float) -> Tensor:
    """Cross-entropy of the right passage among all of the batch, and, by their weight, of the right sentences.

    questions: unit rows, float32 (n, dimensions). scale: what cosines are multiplied by. of_sentences: the weight of the sentences.
    A passage's score is the mean of its cosines with and without what stands above it, as it is when a question is asked.
    Source: van den Oord and others, "Representation Learning with Contrastive Predictive Coding", 2018, arXiv 1807.03748.
    """
    right = torch.tensor(batch.right, device=questions.device)
    scores = scale * questions @ (vectors.headed + vectors.bare).T / 2
    for question, passage in batch.also_right:
        scores[question, passage] = NEVER
    total = functional.cross_entropy(scores, right)
    known = [number for number, sentence in enumerate(batch.sentence) if sentence is not None]
    if known and of_sentences:
        total = total + of_sentences * _sentence_loss(questions[known], vectors, right[known], batch, known, scale)
    return total


def _sentence_loss(
    questions: Tensor, vectors: PassageVectors, right: Tensor, batch: Batch, known: list[int], scale: float
) -> Tensor:
    """The mean of two: among the sentences of the whole batch, and among those of the right passage."""
    scores = scale * questions @ vectors.sentences.T
    numbers = torch.tensor([batch.sentence[number] for number in known], device=questions.device)
    gold = torch.searchsorted(vectors.owners, right) + numbers
    elsewhere = vectors.owners[None] != right[:, None]
    return (functional.cross_entropy(scores, gold) + functional.cross_entropy(scores.masked_fill(elsewhere, NEVER), gold)) / 2
