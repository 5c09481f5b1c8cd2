"""Where the right passage stands when all are ranked by their vectors alone."""

from __future__ import annotations

from collections.abc import Sequence

from torch import Tensor

from evals.adapter.network import AT_ONCE, Network
from evals.adapter.training_set import Probe


def ranks(network: Network, embedded: Tensor, probes: Sequence[Probe]) -> list[int]:
    """For each probe the rank, from 1, of its best right passage among all of a set.

    embedded: float32 (passages, dimensions), the passages of the set as the network gives them.
    """
    found: list[int] = []
    for start in range(0, len(probes), AT_ONCE):
        some = probes[start : start + AT_ONCE]
        scores = network.asked([probe.question for probe in some]) @ embedded.T
        found += [int((row > row[list(probe.right)].max()).sum()) + 1 for row, probe in zip(scores, some, strict=True)]
    return found
