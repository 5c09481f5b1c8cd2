"""Search over rows of one byte a number, scored again by half-precision rows: for more than some 200,000 passages."""

from __future__ import annotations

import math
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from corpus.errors import DamagedGenerationError
from indexer.encoders.base import Rows
from indexer.exporting import cores
from indexer.vectors.base import Allowed, RowIds, Scores
from indexer.vectors.flat import FlatStore, one_thread, selecting

FILE = "bytes.faiss"
SPREAD = 6.2  # standard deviations of a unit row's numbers that a byte spans; what lies beyond is cut off
SPARE = 1.2  # rows that are scored again, for each that is returned
CHUNK = 50_000  # rows that are rounded at a time


class BytesStore:
    """Every row is still compared, at half the memory and time of half precision; then the nearest are scored again, exactly.

    How a row is rounded depends on nothing but its own numbers. A clustered index (IVF) or a graph (HNSW) would be faster still,
    but which rows it finds depends on all the others, so that a document which the asker may not read would show in the answers.
    """

    def __init__(self, rounded: Any, exact: FlatStore) -> None:
        self._rounded = rounded
        self._exact = exact

    @classmethod
    def build(cls, rows: Rows) -> BytesStore:
        exact = FlatStore.build(rows)
        rounded = faiss.IndexScalarQuantizer(rows.shape[1], faiss.ScalarQuantizer.QT_8bit_direct_signed, faiss.METRIC_INNER_PRODUCT)
        for start in range(0, len(rows), CHUNK):
            rounded.add(_rounded(rows[start : start + CHUNK]))
        return cls(rounded, exact)

    def __len__(self) -> int:
        return len(self._exact)

    def search(self, queries: Rows, k: int, allowed: Allowed | None = None) -> tuple[Scores, RowIds]:
        self._exact.check(queries, allowed)
        permitted = len(self) if allowed is None else int(np.count_nonzero(allowed))
        found = max(min(k, permitted), 0)
        scores, ids = np.empty((len(queries), found), np.float32), np.empty((len(queries), found), np.int64)
        if not found:
            return scores, ids
        wanted = min(math.ceil(found * SPARE), permitted)
        shares = _shares(np.ones(len(self), np.bool_) if allowed is None else allowed)
        for at, query in enumerate(queries):
            near = self._nearest(_rounded(query[np.newaxis]), wanted, shares)
            exact = self._exact.scores_of(query, near)
            best = np.argsort(-exact, kind="stable")[:found]
            scores[at], ids[at] = exact[best], near[best]
        return scores, ids

    def _nearest(self, query: Rows, wanted: int, shares: Sequence[Allowed]) -> RowIds:
        """The rows whose rounded numbers are nearest, each share of them searched by a thread of its own."""

        def search(share: Allowed) -> tuple[Scores, RowIds]:
            with one_thread():
                scores, ids = self._rounded.search(query, min(wanted, int(np.count_nonzero(share))), params=selecting(share))
            return scores[0], ids[0]

        scores, ids = map(np.concatenate, zip(*self._threads.map(search, shares), strict=True))
        nearest: RowIds = ids[np.lexsort((ids, -scores))[:wanted]]
        return nearest

    @cached_property
    def _threads(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(cores(), thread_name_prefix="vectors")

    def scores_of(self, query: NDArray[np.float32], ids: RowIds) -> Scores:
        return self._exact.scores_of(query, ids)

    def rows(self) -> Rows:
        return self._exact.rows()

    def save(self, folder: Path) -> None:
        self._exact.save(folder)
        faiss.write_index(self._rounded, str(folder / FILE))

    @classmethod
    def load(cls, folder: Path) -> BytesStore:
        exact = FlatStore.load(folder)
        path = folder / FILE
        try:
            rounded = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
        except RuntimeError as error:
            reason = "missing" if not path.exists() else "damaged"
            raise DamagedGenerationError(f"The vectors in {path} are {reason}. Run `isobot index` to rebuild.") from error
        if rounded.ntotal != len(exact):
            raise DamagedGenerationError(f"The vectors in {folder} do not fit each other. Run `isobot index` to rebuild.")
        return cls(rounded, exact)


def _shares(allowed: Allowed) -> list[Allowed]:
    """The permitted rows dealt out to the cores, as many to each: what is not permitted moves none from one share to another."""
    permitted = np.flatnonzero(allowed)
    shares = []
    for rows in np.array_split(permitted, min(cores(), len(permitted))):
        share = np.zeros_like(allowed)
        share[rows] = True
        shares.append(share)
    return shares


def _rounded(rows: Rows) -> Rows:
    """The rows as whole numbers from -128 to 127, still float32, which is what FAISS takes them in."""
    scale = 127 * math.sqrt(rows.shape[1]) / SPREAD
    rounded: Rows = np.clip(np.rint(np.asarray(rows, np.float32) * scale), -128, 127).astype(np.float32)
    return rounded
