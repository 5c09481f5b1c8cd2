"""The embedding stage: the vectors of passages, of their sentences and of curated questions, written into a generation's folder."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from indexer import generation as store
from indexer.embeddings import COMMITTED_AT_ONCE, EmbeddingCache, Spans
from indexer.encoders.base import Encoder
from indexer.gathered import Gathered
from indexer.progress import Progress
from indexer.sentence_vectors import SentenceVectors
from indexer.vectors import VectorStore, build_store


def embed(
    folder: Path, index: Path, gathered: Gathered, encoder: Encoder, vectors: str, progress: Progress, at_once: int = COMMITTED_AT_ONCE
) -> None:
    """vectors: the name of the vector store, or "auto". What was encoded before is taken from the cache of the folder `index`.

    at_once: texts that are encoded between two commits to that cache.
    """
    rows = gathered.rows
    progress.stage("Embedding passages", len(rows))
    cache = EmbeddingCache(index, at_once)
    headed, inner = cache.rows_with_parts(encoder, gathered.headed, _parts(gathered), progress.advance)
    counts = [1 + len(r.passage.parts) for r in rows]
    firsts = np.cumsum([0, *counts[:-1]], dtype=np.int64)[: len(rows)]
    for field, found in (("bare", inner[firsts]), ("headed", headed)):
        target = folder / "vectors" / field
        target.mkdir(parents=True)
        built, why = build_store(vectors, found)
        _save(built, target)
        if why and field == "bare":
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


def _parts(gathered: Gathered) -> list[Spans]:
    """Of each passage with what stands above it: where the passage itself stands in that text, and then each of its sentences."""
    found: list[Spans] = []
    for row, headed in zip(gathered.rows, gathered.headed, strict=True):
        passage = row.passage
        shift = len(headed) - passage.end  # the passage ends its text
        found.append(tuple((start + shift, end + shift) for start, end in ((passage.start, passage.end), *passage.parts)))
    return found


def _save(vectors: VectorStore, folder: Path) -> None:
    try:
        vectors.save(folder)
    except RuntimeError as problem:  # what FAISS raises when the disk is full
        raise OSError(str(problem)) from problem
