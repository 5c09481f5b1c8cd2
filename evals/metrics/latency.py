"""How long a person waits."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def percentiles(milliseconds: Sequence[float]) -> dict[str, float]:
    """{"p50", "p95"} in milliseconds, interpolated between neighbours; 0.0 each for no values."""
    if not milliseconds:
        return {"p50": 0.0, "p95": 0.0}
    half, most = np.percentile(milliseconds, (50, 95))
    return {"p50": float(half), "p95": float(most)}
