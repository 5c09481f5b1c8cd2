"""The best candidates put in a new order by a model that reads question and passage together."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from corpus.clause import path_of
from indexer.generation import Generation
from indexer.rerankers.session import OnnxReranker
from isobot.ranking import Ranking

RERANKED = 50  # passages; the right one is nearly always among them, and each costs a run of the network


def reranked(ranking: Ranking, generation: Generation, reranker: OnnxReranker, question: str) -> Ranking:
    """The first `RERANKED` passages as the re-ranker orders them; those after them stay where they are.

    Scores stay with their places: a re-ranker's own numbers mean something else with each model, and confidence is calibrated on these.
    """
    first = ranking.passages[:RERANKED]
    scores = reranker.scores(question, [_headed(generation, int(row)) for row in first])
    order = np.concatenate([np.argsort(-scores, kind="stable"), np.arange(len(first), len(ranking.passages))])
    return replace(ranking, passages=ranking.passages[order], signals=ranking.signals.ordered(order))


def _headed(generation: Generation, row: int) -> str:
    """A passage with its document's title and the path of its clause above it."""
    document, clause, start, end, _ = (int(value) for value in generation.passages[row])
    above = f"{generation.document(document).title} › {path_of(generation.catalogue.clauses(document), clause)}"
    return f"{above}\n{generation.text(document).characters[start:end]}"
