"""Retrieval: from the words of a question to the passages that speak to it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.analysis import analyse, bigrams
from indexer.encoders.base import Encoder, Rows
from indexer.generation import Generation, Mask
from isobot.figures import asks_figure, states_figure
from isobot.fusion import Signals, fused

POOL = 300  # candidates from each signal


@dataclass(frozen=True, slots=True)
class Ranking:
    """Candidates, best first: their passage numbers, int64 (c,), fused scores, float32 (c,), and signals in that order.

    query: the question's vector, float32 (1, dimensions).
    """

    passages: NDArray[np.int64]
    scores: NDArray[np.float32]
    signals: Signals
    query: Rows


class Retriever:
    """Searches one generation. Only what `allowed` permits is looked at, counted or compared."""

    def __init__(self, generation: Generation, encoder: Encoder) -> None:
        self.generation = generation
        self.encoder = encoder

    def rank(self, question: str, documents: Mask) -> Ranking:
        """Rank the passages of the permitted documents; `documents` is a bool array (documents,)."""
        allowed: Mask = documents[self.generation.passages["document"]]
        query = self.encoder.encode([question], "query")
        words = analyse(question, question=True)
        pairs = bigrams(analyse(question))
        groups = self.generation.passages["group"]
        of_clauses = np.zeros(len(self.generation.keywords("clauses")), dtype=np.bool_)
        of_clauses[groups[allowed]] = True
        lexical = {
            "words": self.generation.keywords("passages").scores(words, allowed),
            "clause": self.generation.keywords("clauses").scores(words, of_clauses)[groups],
            "pairs": self.generation.keywords("clause_pairs").scores(pairs, of_clauses)[groups],
        }
        asked = asks_figure(question)
        rows = self._pool(query, list(lexical.values()), allowed)
        signals = Signals(
            bare=self.generation.vectors("bare").scores_of(query[0], rows),
            headed=self.generation.vectors("headed").scores_of(query[0], rows),
            figures=self._figures(rows) if asked else np.zeros(len(rows), dtype=np.float32),
            **{name: scores[rows] for name, scores in lexical.items()},
        )
        scores = fused(signals, len(words), asked)
        order = np.argsort(-scores, kind="stable")
        return Ranking(rows[order], scores[order], _ordered(signals, order), query)

    def _figures(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        found = np.zeros(len(rows), dtype=np.float32)
        for at, row in enumerate(self.generation.passages[rows]):
            text = self.generation.text(int(row["document"])).characters
            found[at] = states_figure(text[int(row["start"]) : int(row["end"])])
        return found

    def _pool(self, query: Rows, lexical: list[NDArray[np.float32]], allowed: Mask) -> NDArray[np.int64]:
        found = [self.generation.vectors(field).search(query, POOL, allowed)[1][0] for field in ("bare", "headed")]
        found.extend(_best(scores, POOL) for scores in lexical)
        return np.unique(np.concatenate(found)).astype(np.int64)


def _best(scores: NDArray[np.float32], k: int) -> NDArray[np.int64]:
    """Positions of the k highest scores above zero."""
    positive = np.flatnonzero(scores > 0)
    if len(positive) > k:
        positive = positive[np.argpartition(-scores[positive], k - 1)[:k]]
    return positive.astype(np.int64)


def _ordered(signals: Signals, order: NDArray[np.int64]) -> Signals:
    return Signals(**{name: getattr(signals, name)[order] for name in Signals.__slots__})
