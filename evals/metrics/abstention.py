"""Whether confidence tells the questions that the documents answer from those that they do not."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def roc_auc(answerable: Sequence[float] | NDArray[np.float64], unanswerable: Sequence[float] | NDArray[np.float64]) -> float | None:
    """Probability that an answerable question has more confidence than an unanswerable one; a tie counts half.

    answerable, unanswerable: confidences, any order. Returns 0 to 1, or None where either is empty.
    Source: the rank statistic of Mann and Whitney, 1947, divided by the number of pairs.
    """
    if not len(answerable) or not len(unanswerable):
        return None
    below = np.sort(np.asarray(unanswerable, dtype=np.float64))
    above = np.asarray(answerable, dtype=np.float64)
    beaten = np.searchsorted(below, above, side="left")
    tied = np.searchsorted(below, above, side="right") - beaten
    return float((beaten + tied / 2).sum() / (len(above) * len(below)))
