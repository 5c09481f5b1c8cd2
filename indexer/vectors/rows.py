"""The one array convention: unit rows, checked on entry."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from corpus.errors import VectorError
from indexer.encoders.base import Rows


def unit_rows(vectors: ArrayLike) -> Rows:
    """A new float32, C-contiguous (n, dim) array whose rows have length 1.

    Raises VectorError on another shape, on a value that is not finite, and on a row of zeros.
    """
    rows = np.array(vectors, dtype=np.float32, order="C")
    if rows.ndim != 2:
        raise VectorError(f"Expected (n, dim) vectors, got shape {rows.shape}. Wrap a single vector as [vector].")
    finite = np.isfinite(rows).all(axis=1)
    if not finite.all():
        raise VectorError(f"Row {int(finite.argmin())} holds a value that is not finite. Was it made by a damaged model?")
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    if not lengths.all():
        raise VectorError(f"Row {int(lengths.argmin())} is all zeros. Was an empty passage embedded?")
    rows /= lengths
    return rows
