"""How likely it is that the first citation answers."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

RUNNER_UP = 5  # candidates after the first; what the best is compared with stands behind them
LOOKED_UP = 0.97  # an id or a section that was asked for and stands there: wrong only where the document numbers it twice
SILENT = 0.2  # at most, where the first citation states no value of the kind asked for: of 26 such, asked of real policies, none answered
INTERCEPT, CLOSEST, LEAD = -4.885, 8.234, 0.861


def probability(closeness: NDArray[np.floating], scores: NDArray[np.floating]) -> float:
    """Calibrated probability, 0 to 1, that the first citation answers; 0 where there is no candidate.

    closeness: float array (c,), cosine between the question and each candidate, as `Signals.meaning`.
    scores: float array (c,), their fused scores, best first.
    A logistic regression over how close the closest candidate is, and how far the best leads the sixth. Which weights tell
    answerable questions from others was fitted on 660 questions to two sets of documents, 363 of them unanswerable (of which
    297 only because the documents that answer had been left out); the scale, on whether the first clause cited held the answer, each
    question asked of an encoder that had not been taught with the document that answers.
    """
    if not len(scores):
        return 0.0
    lead = float(scores[0] - scores[min(RUNNER_UP, len(scores) - 1)])
    return 1 / (1 + math.exp(-(INTERCEPT + CLOSEST * float(closeness.max()) + LEAD * lead)))
