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
        """Similarity of chosen rows, (len(ids),), to one query, (dim,); to the bit what `search` gives."""
        ...

    def rows(self) -> Rows:
        """All rows, (n, dim), as exactly as they are kept."""
        ...

    def save(self, folder: Path) -> None:
        """Write the store into `folder`, which is made when missing."""
        ...

    @classmethod
    def load(cls, folder: Path) -> Self:
        """The store that `save` wrote. Raises DamagedGenerationError when it cannot be read."""
        ...


STORES = {"bytes": "indexer.vectors.byte_rows:BytesStore", "flat": "indexer.vectors.flat:FlatStore"}
"""Name of each store and where its class stands; the chosen one alone is imported."""


AUTO = "auto"
NAMES = (AUTO, *STORES)
FLAT_TO = 200_000  # rows that half precision compares in less than 10 ms
LEAST_RECALL = 0.98
_RECALL_AT = 100
_ASKED = 30


def build_store(name: str, rows: Rows) -> tuple[VectorStore, str]:
    """A store of the rows, and a sentence on why that one; "" where nothing was to choose.

    name: of a store, or "auto", which takes "flat" to 200,000 rows, and beyond them "bytes" if it finds at least 0.98 of what
    "flat" finds: measured on some of the rows, the hundred nearest of each.
    """
    if name != AUTO:
        return store_class(name).build(rows), ""
    if len(rows) <= FLAT_TO:
        return store_class("flat").build(rows), ""
    built = store_class("bytes").build(rows)
    recall = measured_recall(built, rows)
    if recall < LEAST_RECALL:
        return store_class("flat").build(rows), f"Vectors are kept flat: bytes would find {recall:.3f} of the nearest."
    return built, f"Vectors are kept as bytes too, since there are {len(rows):,}: {recall:.3f} of the nearest are found."


def measured_recall(store: VectorStore, rows: Rows) -> float:
    """Share of each row's hundred nearest that the store finds, over thirty rows at even distances; 1 for no rows."""
    if not len(rows):
        return 1.0
    asked = rows[:: max(1, len(rows) // _ASKED)][:_ASKED]
    k = min(_RECALL_AT, len(rows))
    found = store.search(asked, k)[1]
    shares = []
    for query, ids in zip(asked, found, strict=True):
        nearest = np.argpartition(-(rows @ query), k - 1)[:k]
        shares.append(len(set(nearest.tolist()) & set(ids.tolist())) / k)
    return float(np.mean(shares))


def load_store(folder: Path) -> VectorStore:
    """Whichever store was saved in the folder. Raises DamagedGenerationError when it cannot be read."""
    return store_class("bytes" if (folder / "bytes.faiss").exists() else "flat").load(folder)


def store_class(name: str) -> type[VectorStore]:
    """The store of that name. Raises SettingsError for a name that is none."""
    if name not in STORES:
        raise SettingsError(f"There is no vector store {name!r}. Choose one of: {', '.join(sorted(STORES))}.")
    module, _, attribute = STORES[name].partition(":")
    store: type[VectorStore] = getattr(import_module(module), attribute)
    return store
