"""Retrieval: from the words of a question to the passages that speak to it."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from indexer.analysis import analyse, bigrams
from indexer.encoders.base import Encoder, Rows
from indexer.exporting import cores
from indexer.generation import Generation, Mask
from indexer.keywords import Statistics
from isobot.figures import asks_figure, asks_prohibition, prohibits
from isobot.fusion import Signals, fused
from isobot.ranking import Ranking
from isobot.rerank import reranked
from isobot.spelling import Readable

POOL = 300  # candidates from each signal
VARIED = 60  # different texts that candidates should have
WIDE_POOL = 20_000  # candidates from each signal where they have fewer
SCOPES = 16  # audiences whose masks are kept
ENCODED = 64  # questions whose vectors are kept
SAMPLED = 50  # one score of so many is looked at first


@dataclass(frozen=True, slots=True)
class Scope:
    """What may be looked at, as masks, and what is counted over it; the same for every question of one audience on one day.

    passages: bool array (passages,). clauses: bool array (clauses with passages,).
    """

    passages: Mask
    clauses: Mask
    passage_statistics: Statistics
    clause_statistics: Statistics
    pair_statistics: Statistics


class Retriever:
    """Searches one generation. Only what `allowed` permits is looked at, counted or compared."""

    def __init__(self, generation: Generation, encoder: Encoder) -> None:
        self.generation = generation
        self.encoder = encoder
        self._scope = lru_cache(maxsize=SCOPES)(self._counted)
        self._begun = lru_cache(maxsize=ENCODED)(self._begin)

    def rank(self, question: str, documents: Mask) -> Ranking:
        """Rank the passages of the permitted documents; `documents` is a bool array (documents,)."""
        scope = self._scope(documents.tobytes())
        encoding = self.encoding(question)
        words = analyse(question, question=True)
        pairs = bigrams(analyse(question))
        of = self.generation.keywords
        by_words = of("passages").scores(words, scope.passages, scope.passage_statistics)
        by_clause = of("clauses").scores(words, scope.clauses, scope.clause_statistics)
        by_pairs = of("clause_pairs").scores(pairs, scope.clauses, scope.pair_statistics)
        matching = self._matching(by_words, by_clause, by_pairs, POOL)
        query = encoding.result()
        rows, meaning = self._candidates(query, matching, scope.passages, POOL)
        if len(rows) >= POOL and len(np.unique(meaning)) < VARIED:  # the same words over and over, which keep out all others
            matching = self._matching(by_words, by_clause, by_pairs, WIDE_POOL)
            rows, meaning = self._candidates(query, matching, scope.passages, WIDE_POOL)
        groups = self.generation.passages["group"][rows]
        signals = Signals(
            meaning=meaning,
            kind=self._kind(question, rows),
            words=by_words[rows],
            clause=by_clause[groups],
            pairs=by_pairs[groups],
        )
        scores = fused(signals, len(words))
        order = np.argsort(-scores, kind="stable")
        ranking = Ranking(rows[order], scores[order], signals.ordered(order), query)
        reranker = self.generation.reranker
        return reranked(ranking, self.generation, reranker, question) if reranker else ranking

    def encoding(self, question: str) -> Future[Rows]:
        """The vector of a question, float32 (1, dimensions), which is made while other work goes on."""
        begun = self._begun(question)
        if begun.done() and begun.exception() is not None:  # whoever asks again is not told of a failure that is past
            self._begun.cache_clear()
            return self._begun(question)
        return begun

    def _begin(self, question: str) -> Future[Rows]:
        return self._threads.submit(self.encoder.encode, [question], "query")

    def readable(self, documents: Mask) -> Readable:
        """The words of the permitted documents."""
        scope = self._scope(documents.tobytes())
        return Readable(self.generation, self.encoder, scope.passages, scope.clauses)

    def _counted(self, documents: bytes) -> Scope:
        """The scope of a mask over documents, by its bytes."""
        passages: Mask = np.frombuffer(documents, np.bool_)[self.generation.passages["document"]]
        of = self.generation.keywords
        clauses = np.zeros(len(of("clauses")), dtype=np.bool_)
        clauses[self.generation.passages["group"][passages]] = True
        return Scope(
            passages,
            clauses,
            of("passages").statistics(passages),
            of("clauses").statistics(clauses),
            of("clause_pairs").statistics(clauses),
        )

    def _matching(
        self, by_words: NDArray[np.float32], by_clause: NDArray[np.float32], by_pairs: NDArray[np.float32], k: int
    ) -> NDArray[np.int64]:
        """The best `k` passages of each search for words together, each once, as they stand in the index."""
        matching = np.zeros(len(by_words), dtype=np.bool_)
        for found in (_best(by_words, k), self._passages_of(by_clause, k), self._passages_of(by_pairs, k)):
            matching[found] = True
        return np.flatnonzero(matching)

    def _candidates(self, query: Rows, matching: NDArray[np.int64], allowed: Mask, k: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Passages that match a question's words and the `k` nearest to it, each once, as they stand in the index, and how near each is."""
        vectors = self.generation.vectors
        # Begun here, not as soon as there is a vector: it keeps the interpreter to itself, and the search would have to wait for it.
        compared = self._threads.submit(vectors.scores_of, query[0], matching)
        closeness, nearest = vectors.search(query, k, allowed)
        rows, first = np.unique(np.concatenate([matching, nearest[0]]), return_index=True)
        return rows, np.concatenate([compared.result(), closeness[0]])[first]

    def _kind(self, question: str, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """For each passage 1 where it states what kind of thing is asked for, else 0."""
        if asks_prohibition(question):
            return np.fromiter(map(self._prohibits, rows), np.float32, len(rows))
        return self.generation.figures[rows].astype(np.float32) if asks_figure(question) else np.zeros(len(rows), np.float32)

    def _prohibits(self, row: int) -> bool:
        document, clause, start, end, _ = self.generation.passages[row].item()
        heading = self.generation.catalogue.clauses(document)[clause].heading
        return prohibits(heading) or prohibits(self.generation.text(document).characters[start:end])

    def _passages_of(self, scores: NDArray[np.float32], k: int) -> NDArray[np.int64]:
        """The passages of the best clauses, so many of these as have the best `k` passages."""
        best = _best(scores, k)
        best = best[np.argsort(-scores[best], kind="stable")]
        starts, ends = self._starts[best], self._starts[best + 1]
        counts = ends - starts
        enough = int(np.searchsorted(np.cumsum(counts), k)) + 1
        counts = counts[:enough]
        before = np.cumsum(counts) - counts  # places in the result that earlier clauses take
        return np.repeat(starts[:enough] - before, counts) + np.arange(counts.sum())

    @cached_property
    def _starts(self) -> NDArray[np.int64]:
        """Where the passages of each clause begin, with the end of the last; they stand side by side."""
        counts = np.bincount(self.generation.passages["group"])
        return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)

    @cached_property
    def _threads(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(cores(), thread_name_prefix="retrieve")


def _best(scores: NDArray[np.float32], k: int) -> NDArray[np.int64]:
    """Positions of the k highest scores above zero."""
    positive = np.flatnonzero(scores > 0)
    values = scores[positive]
    if len(positive) > SAMPLED * k:  # a sample says above which score a few times k stand, and only those are sorted out
        place = 4 * k // SAMPLED
        least = np.partition(values[::SAMPLED], -place)[-place]
        if np.count_nonzero(enough := values >= least) >= k:
            positive, values = positive[enough], values[enough]
    if len(positive) > k:
        positive = positive[np.argpartition(-values, k - 1)[:k]]
    return positive.astype(np.int64)
