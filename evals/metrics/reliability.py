"""Whether confidence means what it says, and what each threshold would refuse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """The questions whose confidence is in a tenth of 0 to 1. confidence: their mean. right: share whose first citation answers."""

    questions: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class OperatingPoint:
    """What answering from `threshold` on would do. refused: share of the answerable. answered: share of the unanswerable."""

    threshold: float
    refused: float
    answered: float


def reliability(confidences: Sequence[float], right: Sequence[bool]) -> tuple[Bin, ...]:
    """A bin for each tenth that holds questions, ascending; calibrated confidence has `confidence` and `right` alike.

    right: of each question, whether its first citation answers; False for one that has no answer.
    Source: DeGroot and Fienberg, "The Comparison and Evaluation of Forecasters", 1983.
    """
    tenths: dict[int, list[tuple[float, bool]]] = {}
    for pair in zip(confidences, right, strict=True):
        tenths.setdefault(min(int(pair[0] * BINS), BINS - 1), []).append(pair)
    return tuple(
        Bin(len(pairs), sum(confidence for confidence, _ in pairs) / len(pairs), sum(hit for _, hit in pairs) / len(pairs))
        for _, pairs in sorted(tenths.items())
    )


def operating_points(answerable: Sequence[float], unanswerable: Sequence[float]) -> tuple[OperatingPoint, ...]:
    """One for each threshold that changes something, ascending; none where either kind of question is missing."""
    if not answerable or not unanswerable:
        return ()
    return tuple(
        OperatingPoint(threshold, _below(answerable, threshold), 1 - _below(unanswerable, threshold))
        for threshold in sorted({0.0, *answerable, *unanswerable, 1.0})
    )


def _below(confidences: Sequence[float], threshold: float) -> float:
    return sum(confidence < threshold for confidence in confidences) / len(confidences)
