"""Vectors of sentences by where they stand: of those that may be quoted, and of the questions above curated answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.errors import DamagedGenerationError
from indexer.encoders.base import Rows

FILES = ("places", "vectors")
_DOCUMENT = 32  # bits that a place leaves for the start of a sentence


@dataclass(frozen=True, slots=True)
class SentenceVectors:
    """Unit rows of sentences, memory-mapped.

    places: int64 (s,), ascending: the number of the document, shifted by 32 bits, and where the sentence starts in its canonical
    text, in code points; for a heading, the position of its clause. vectors: float16 (s, dimensions), in the same order.
    """

    places: NDArray[np.int64]
    vectors: NDArray[np.float16]

    @classmethod
    def build(cls, documents: Sequence[int], starts: Sequence[int], rows: Rows) -> SentenceVectors:
        """From the document and the start of each sentence and its row, float32 (s, dimensions), in any order."""
        places = (np.asarray(documents, np.int64) << _DOCUMENT) | np.asarray(starts, np.int64)
        order = np.argsort(places, kind="stable")
        return cls(places[order], rows[order].astype(np.float16))

    def __len__(self) -> int:
        return len(self.places)

    def within(self, document: int, start: int, end: int) -> tuple[NDArray[np.int64], Rows]:
        """Where the sentences that start in `start:end` of a document do, int64 (n,), and their vectors, float32 (n, dimensions)."""
        low, high = self.places.searchsorted([(document << _DOCUMENT) | start, (document << _DOCUMENT) | end])
        return self.places[low:high] & ((1 << _DOCUMENT) - 1), self.vectors[low:high].astype(np.float32)

    def likenesses(self, query: Rows, document: int, spans: Sequence[tuple[int, int]]) -> list[float]:
        """Cosine between the question, float32 (1, dimensions), and what starts in each `start:end` of a document, in its order.

        A long sentence may have been cut into several: the likest counts. 0 where nothing starts there.
        """
        starts, rows = self.within(document, spans[0][0], spans[-1][1])
        places = starts.searchsorted(spans).tolist()
        return [float((rows[low:high] @ query[0]).max(initial=-1.0)) if low < high else 0.0 for low, high in places]

    def likest(self, query: Rows, ranges: Sequence[tuple[int, int, int]]) -> list[float]:
        """Cosine between the question and the likest of what starts in each range: its document, start and end. 0 where nothing does."""
        if not ranges:
            return []
        ends = [(document << _DOCUMENT) | at for document, *both in ranges for at in both]
        places = self.places.searchsorted(ends).reshape(-1, 2).tolist()
        cosines = np.concatenate([self.vectors[low:high] for low, high in places]).astype(np.float32) @ query[0]
        behind = accumulate((high - low for low, high in places), initial=0)
        return [float(cosines[low:high].max()) if low < high else 0.0 for low, high in pairwise(behind)]

    def nearest(self, query: Rows, allowed: NDArray[np.bool_], k: int) -> list[tuple[int, int, float]]:
        """Document, place and cosine of the `k` sentences likest to the question, the likest first.

        query: float32 (1, dimensions). allowed: bool array (documents,); what stands in others is not looked at.
        """
        rows = np.flatnonzero(allowed[self.places >> _DOCUMENT])
        cosines = self.vectors[rows].astype(np.float32) @ query[0]
        best = np.argsort(-cosines, kind="stable")[:k]
        places = self.places[rows[best]].tolist()
        return [(place >> _DOCUMENT, place & ((1 << _DOCUMENT) - 1), float(cosines[at])) for place, at in zip(places, best, strict=True)]

    def save(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for name in FILES:
            np.save(folder / f"{name}.npy", getattr(self, name))

    @classmethod
    def load(cls, folder: Path) -> SentenceVectors:
        """Map the arrays of `folder` into memory. Raises DamagedGenerationError when one is missing, cut short or of another length."""
        try:
            places, vectors = (np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)) for name in FILES)
        except (OSError, ValueError, EOFError) as problem:
            told = f"The sentences in {folder} cannot be read ({problem}). Run `isobot index` to rebuild the index."
            raise DamagedGenerationError(told) from problem
        if len(places) != len(vectors) or vectors.ndim != 2:
            raise DamagedGenerationError(f"The sentences in {folder} do not fit each other. Run `isobot index` to rebuild the index.")
        return cls(places, vectors)
