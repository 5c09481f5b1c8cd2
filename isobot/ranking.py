"""A ranking: the passages that speak to a question, best first, and what speaks for each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.encoders.base import Rows
from indexer.generation import Mask
from isobot.fusion import Signals


@dataclass(frozen=True, slots=True)
class Ranking:
    """Candidates, best first: their passage numbers, int64 (c,), fused scores, float32 (c,), and signals in that order.

    query: the question's vector, float32 (1, dimensions).
    """

    passages: NDArray[np.int64]
    scores: NDArray[np.float32]
    signals: Signals
    query: Rows

    def only(self, kept: Mask) -> Ranking:
        """The candidates of a bool array (c,), in the same order."""
        return Ranking(self.passages[kept], self.scores[kept], self.signals.ordered(np.flatnonzero(kept)), self.query)
