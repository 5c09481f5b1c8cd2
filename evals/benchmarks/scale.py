"""How long a question takes over very many passages, and in how much memory.

The passages are those of real documents, many times over, and no copy is like another: a seventh of its words is drawn anew, as
often as each occurs, so that the postings of words are as long as in so many real passages; its vectors are moved by half their
length in a random direction. All other parts of the index are the real ones, and questions are answered with citations.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evals.benchmarks.query import asked_of, dataset_folder, times_of
from evals.loading import load
from evals.metrics.latency import percentiles
from evals.peers.side_by_side import process

PASSAGES = 1_000_000
DRAWN = 1 / 7  # share of a copy's words
MOVED = 0.5
SEED = 27001


@dataclass(frozen=True, slots=True)
class ScaleTimes:
    """Milliseconds of each question. megabytes: the most that the asking process had resident, mapped files included."""

    passages: int
    vectors: str
    milliseconds: tuple[float, ...]
    megabytes: float

    def as_record(self) -> dict[str, Any]:
        return {**asdict(self), **percentiles(self.milliseconds)}

    def __str__(self) -> str:
        found = percentiles(self.milliseconds)
        return (
            f"{self.passages:,} passages, vectors kept as {self.vectors}; {len(self.milliseconds)} questions:\n"
            f"  p50 {found['p50']:.1f} ms   p95 {found['p95']:.1f} ms   {self.megabytes:,.0f} MB"
        )


def measure(documents: Path | None = None, passages: int = PASSAGES) -> ScaleTimes:
    """Index a dataset or a folder of documents (default: the sample organisation's), enlarge it, and ask.

    Raises DatasetError where the dataset does not fit, and IsobotError when a process fails.
    """
    from indexer.generation import Generation

    with TemporaryDirectory(prefix="isobot-scale-") as work, dataset_folder(documents) as where:
        folder = Path(work)
        (folder / "questions.json").write_text(json.dumps(asked_of(load(where))), encoding="utf-8")
        process("evals.peers.ours", "prepare", str(where), str(folder))
        generation = Generation.current(folder / "index")
        kept = enlarge(generation, passages)
        generation.close()
        measured = times_of("evals.peers.ours", "time", str(where), folder)
    return ScaleTimes(passages, kept, tuple(measured["milliseconds"]), measured["megabytes"])


def enlarge(generation: Any, count: int) -> str:
    """Rewrite a generation's passages, vectors and words, so that it has `count` passages; returns the store that was chosen."""
    table = np.array(generation.passages)
    copies = -(-count // len(table))
    texts = [generation.text(int(row["document"])).characters[row["start"] : row["end"]] for row in table]
    clauses = int(table["group"].max()) + 1
    large = np.tile(table, copies)
    large["group"] += np.repeat(np.arange(copies, dtype=np.int32) * clauses, len(table))
    large = large[:count]
    kept = _vectors(generation, count, np.random.default_rng(SEED))
    _words(generation, texts, table["group"], large["group"], np.random.default_rng(SEED))
    np.save(generation.folder / "figures.npy", np.tile(np.array(generation.figures), copies)[:count])
    np.save(generation.folder / "passages.npy", large)
    return kept


def _vectors(generation: Any, count: int, draw: np.random.Generator) -> str:
    from indexer.vectors import build_store

    real = generation.vectors.rows()
    rows = np.empty((count, real.shape[1]), np.float32)
    for start in range(0, count, len(real)):
        part = rows[start : start + len(real)]
        moved = draw.standard_normal(part.shape, np.float32)
        part[:] = real[: len(part)] + MOVED * moved / np.linalg.norm(moved, axis=1, keepdims=True)
        part /= np.linalg.norm(part, axis=1, keepdims=True)
    built, _ = build_store("auto", rows)
    built.save(generation.folder / "vectors")
    return type(built).__name__.removesuffix("Store").lower()


def _words(
    generation: Any, texts: Sequence[str], groups: NDArray[np.int32], large: NDArray[np.int32], draw: np.random.Generator
) -> None:
    """Words of every copy, its clauses' and their pairs', as the build indexes them."""
    from indexer.analysis import analyse, bigrams
    from indexer.keywords import Keywords

    tokens = [analyse(text) for text in texts]
    every = np.array([token for one in tokens for token in one])
    of_clauses: list[list[str]] = [[] for _ in range(int(groups.max()) + 1)]
    for one, group in zip(tokens, groups, strict=True):
        of_clauses[group] += one

    def varied(lists: Sequence[list[str]], count: int) -> Iterator[list[str]]:
        for number in range(count):
            one = list(lists[number % len(lists)])
            for place in draw.integers(0, max(len(one), 1), int(len(one) * DRAWN)):
                one[place] = str(every[draw.integers(len(every))])
            yield one

    keywords = generation.folder / "keywords"
    clauses = int(large.max()) + 1
    Keywords.build(varied(tokens, len(large))).save(keywords / "passages")
    Keywords.build(varied(of_clauses, clauses)).save(keywords / "clauses")
    Keywords.build(bigrams(one) for one in varied(of_clauses, clauses)).save(keywords / "clause_pairs")
