"""How likely it is that the first citation answers."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Evidence:
    """What tells an answer from the nearest text that is none.

    meaning: best cosine between the question and a sentence that would be quoted. passage: cosine of the first passage.
    coverage: share, 0 to 1, of the question's rarity-weighted words in the first passage and its headings.
    known: share of them in the permitted passages at all. agreement: share, 0 to 1, of the first five candidates by
    meaning that are also among the first ten by words.
    """

    meaning: float
    passage: float
    coverage: float
    known: float
    agreement: float


def probability(evidence: Evidence) -> float:
    """Calibrated probability, 0 to 1, that the first citation answers: a logistic regression over the evidence."""
    logit = INTERCEPT + sum(weight * getattr(evidence, name) for name, weight in WEIGHTS.items())
    return 1 / (1 + math.exp(-logit))


INTERCEPT = -4.0
WEIGHTS = {"meaning": 4.0, "passage": 3.0, "coverage": 1.0, "known": 0.5, "agreement": 0.5}
