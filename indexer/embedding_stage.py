"""The embedding stage: the vectors of passages, of their sentences and of curated questions, written into a generation's folder."""

from __future__ import annotations

import queue
import threading
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path

import numpy as np

from corpus.errors import IsobotError
from indexer import generation as store
from indexer.cut import parts_within
from indexer.embeddings import COMMITTED_AT_ONCE, EmbeddingCache, Spans
from indexer.encoders.base import Encoder
from indexer.gathered import Gathered, Row
from indexer.progress import Progress
from indexer.sentence_vectors import SentenceVectors
from indexer.vectors import VectorStore, build_store

TAKEN_AT_ONCE = 64  # texts; how long a build that is stopped waits for the encoder


def embed(
    folder: Path, index: Path, gathered: Gathered, encoder: Encoder, vectors: str, progress: Progress, at_once: int = COMMITTED_AT_ONCE
) -> None:
    """vectors: the name of the vector store, or "auto". What was encoded before is taken from the cache of the folder `index`.

    at_once: texts that are encoded between two commits to that cache.
    """
    rows = gathered.rows
    progress.stage("Embedding passages", len(rows))
    cache = EmbeddingCache(index, at_once)
    headed, inner = cache.rows_with_parts(encoder, gathered.headed, _parts(rows, gathered.headed), progress.advance)
    counts = [1 + len(r.passage.parts) for r in rows]
    firsts = np.cumsum([0, *counts[:-1]], dtype=np.int64)[: len(rows)]
    built, why = build_store(vectors, (headed + inner[firsts]) * np.float32(0.5))
    _save(built, folder / "vectors")
    if why:
        progress.say(why)
    places = [(r.document, start) for r in rows for start, _ in r.passage.parts]
    sentences = np.delete(inner, firsts, axis=0)
    SentenceVectors.build([number for number, _ in places], [start for _, start in places], sentences).save(folder / "sentences")
    asked = cache.rows(encoder, [heading for _, _, heading in gathered.questions])
    clauses = [(number, at) for number, at, _ in gathered.questions]
    SentenceVectors.build([number for number, _ in clauses], [at for _, at in clauses], asked).save(folder / "questions")
    cache.close()
    table = [(r.document, r.passage.clause, r.passage.start, r.passage.end, r.group) for r in rows]
    np.save(folder / "passages.npy", np.array(table, dtype=store.PASSAGES))
    np.save(folder / "figures.npy", np.array(gathered.figures, dtype=np.bool_))


def _parts(rows: Sequence[Row], headed: Sequence[str]) -> list[Spans]:
    """Of each passage behind what stands above it: where the passage itself stands in that text, and then each of its sentences."""
    return [parts_within(text, row.passage) for row, text in zip(rows, headed, strict=True)]


class EmbeddingAhead:
    """Embeds into the cache of a folder while documents are still being read, so that no core waits; until the end of its block.

    `embed` finds there what was embedded, and embeds the rest. What fails here fails there again, and is told there.
    """

    def __init__(self, index: Path, encoder: Encoder) -> None:
        self._index, self._encoder = index, encoder
        self._waiting: queue.SimpleQueue[tuple[Sequence[str], Sequence[Spans]] | None] = queue.SimpleQueue()
        self._given_up = threading.Event()
        self._thread = threading.Thread(target=self._work, name="embedding", daemon=True)

    def take(self, rows: Sequence[Row], headed: Sequence[str]) -> None:
        """Passages, and the text of each behind what stands above it."""
        parts = _parts(rows, headed)
        for start in range(0, len(rows), TAKEN_AT_ONCE):
            self._waiting.put((headed[start : start + TAKEN_AT_ONCE], parts[start : start + TAKEN_AT_ONCE]))

    def __enter__(self) -> EmbeddingAhead:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """What is left is left to `embed`, which shows how far it is."""
        self._given_up.set()
        self._waiting.put(None)
        self._thread.join()

    def _work(self) -> None:
        with suppress(IsobotError), closing(EmbeddingCache(self._index)) as cache:
            while (some := self._waiting.get()) is not None and not self._given_up.is_set():
                cache.rows_with_parts(self._encoder, *some)


def _save(vectors: VectorStore, folder: Path) -> None:
    try:
        vectors.save(folder)
    except RuntimeError as problem:  # what FAISS raises when the disk is full
        raise OSError(str(problem)) from problem
