"""The seam behind which text becomes vectors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.float32]
"""float32, C-contiguous, (n, dimensions), each row of length 1."""

Kind = Literal["query", "passage"]


class Encoder(Protocol):
    """Turns texts into unit rows whose inner product is cosine similarity.

    fingerprint: hex; differs whenever the same text may get another vector (model, weights, prompts, precision, pooling).
    model: the setting that named it. dimensions: of a row. max_tokens: what is longer is cut.
    folder: where its exported files lie; a copy of it elsewhere loads as well.
    """

    folder: Path
    fingerprint: str
    model: str
    dimensions: int
    max_tokens: int

    def encode(self, texts: Sequence[str], kind: Kind, progress: Callable[[int], None] | None = None) -> Rows:
        """Rows in the order of `texts`; `progress` is called with the count just done. Raises VectorError on an empty text."""
        ...

    def encode_parts(
        self, texts: Sequence[str], parts: Sequence[Sequence[tuple[int, int]]], progress: Callable[[int], None] | None = None
    ) -> list[Rows]:
        """For each passage, unit rows of it and of its parts: float32 (1 + number of parts, dimensions), the whole first.

        parts: for each text, code point ranges of it that are not blank. Raises VectorError on an empty text or part.
        """
        ...

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, without the special ones at its ends."""
        ...
