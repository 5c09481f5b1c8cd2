"""The usual parts over plain windows: words alone, meaning alone, and both with their ranks fused."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evals.peers.base import Found, Text, windows
from evals.peers.usual import PASSAGES, Usual, prepare

PLACES = "places.json"


class Words:
    """rank_bm25 with its defaults over lower-cased words."""

    embeds = False

    def prepare(self, texts: Sequence[Text], folder: Path) -> None:
        places = [(text, start, end) for text in texts for start, end in windows(text)]
        (folder / PASSAGES).write_text(json.dumps([text.text[start:end] for text, start, end in places]), encoding="utf-8")
        (folder / PLACES).write_text(json.dumps([(text.path, start, end) for text, start, end in places]), encoding="utf-8")
        if self.embeds:
            prepare(folder)
        else:
            np.save(folder / "vectors.npy", np.empty((len(places), 0), np.float32))

    def open(self, folder: Path) -> None:
        self.usual = Usual(folder)
        self._places: list[tuple[str, int, int]] = json.loads((folder / PLACES).read_text(encoding="utf-8"))

    def search(self, question: str, k: int) -> list[Found]:
        scores = self.scores(question)
        return [self._found(int(row), scores[row]) for row in np.argsort(-scores, kind="stable")[:k]]

    def scores(self, question: str) -> NDArray[np.floating[Any]]:
        """Of every window."""
        return self.usual.by_words(question)

    def _found(self, row: int, score: float) -> Found:
        path, start, end = self._places[row]
        return Found(path, start, end, float(score))


class Fused(Words):
    """Both searches, their ranks fused."""

    embeds = True

    def scores(self, question: str) -> NDArray[np.floating[Any]]:
        return self.usual.fused(question)


class Meaning(Words):
    """Cosine similarity in an exact FAISS index."""

    embeds = True

    def open(self, folder: Path) -> None:
        super().open(folder)
        self._index = import_module("faiss").IndexFlatIP(self.usual.vectors.shape[1])
        self._index.add(self.usual.vectors)

    def search(self, question: str, k: int) -> list[Found]:
        scores, rows = self._index.search(self.usual.embed(question), min(k, self._index.ntotal))
        return [self._found(int(row), score) for score, row in zip(scores[0], rows[0], strict=True)]
