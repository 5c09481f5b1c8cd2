"""The seam behind which vectors are searched."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

from corpus.errors import SettingsError
from indexer.encoders.base import Rows

Scores = NDArray[np.float32]
"""Cosine similarity, higher is better."""

RowIds = NDArray[np.int64]
"""Positions of rows, in the order in which they were built in."""

Allowed = NDArray[np.bool_]
"""(n,), True for the rows that may be found."""


class VectorStore(Protocol):
    """Nearest rows by cosine similarity. Every store returns the same meaning."""

    @classmethod
    def build(cls, rows: Rows) -> Self:
        """A store of these rows, (n, dim), n from 0. Raises VectorError on another shape."""
        ...

    def __len__(self) -> int: ...

    def search(self, queries: Rows, k: int, allowed: Allowed | None = None) -> tuple[Scores, RowIds]:
        """The `k` nearest allowed rows of each query, best first: two (q, k') arrays, k' the lesser of k and what is allowed.

        The filter acts inside the search, so that k' rows come however few are allowed. Raises VectorError on queries of another
        width and on a filter of another length.
        """
        ...

    def scores_of(self, query: NDArray[np.float32], ids: RowIds) -> Scores:
        """Similarity of chosen rows, (len(ids),), to one query, (dim,)."""
        ...

    def save(self, folder: Path) -> None:
        """Write the store into `folder`, which is made when missing."""
        ...

    @classmethod
    def load(cls, folder: Path) -> Self:
        """The store that `save` wrote. Raises DamagedGenerationError when it cannot be read."""
        ...


STORES = {"flat": "indexer.vectors.flat:FlatStore"}
"""Name of each store and where its class stands; the chosen one alone is imported."""


def store_class(name: str) -> type[VectorStore]:
    """The store of that name. Raises SettingsError for a name that is none."""
    if name not in STORES:
        raise SettingsError(f"There is no vector store {name!r}. Choose one of: {', '.join(sorted(STORES))}.")
    module, _, attribute = STORES[name].partition(":")
    store: type[VectorStore] = getattr(import_module(module), attribute)
    return store
