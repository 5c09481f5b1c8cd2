"""Asks every question of a dataset, and keeps what came back and how long it took."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from corpus.answer import Answer
from corpus.citation import Citation
from corpus.document import GUIDANCE
from evals.dataset import DocumentsDataset, PassagesDataset, Query, StaffQuestion
from indexer.progress import Progress
from isobot.question import Question

DEPTH = 100  # documents of a ranking that are kept
SHOWN = 5  # citations that a person sees

T = TypeVar("T")


class Answering(Protocol):
    """Answers questions; `isobot.responder.Responder` does."""

    def answer(self, question: Question) -> Answer: ...


class Ranking(Protocol):
    """Ranks the paths of documents, best first, with their scores; `isobot.responder.Responder` does."""

    def rank(self, text: str, k: int = DEPTH) -> list[tuple[str, float]]: ...


@dataclass(frozen=True, slots=True)
class Asked:
    """A staff question and its answer. milliseconds: of wall time."""

    question: StaffQuestion
    answer: Answer
    milliseconds: float

    @property
    def citations(self) -> tuple[Citation, ...]:
        return _policies(self.answer.citations)

    @property
    def nearest(self) -> tuple[Citation, ...]:
        return _policies(self.answer.nearest)

    @property
    def abstained(self) -> bool:
        return not self.citations

    @property
    def shown(self) -> tuple[Citation, ...]:
        """The citations, or what was nearest where there are none."""
        return self.citations or self.nearest


@dataclass(frozen=True, slots=True)
class Ranked:
    """A query and the passages found for it: (id, score), best first."""

    query: Query
    ranking: tuple[tuple[str, float], ...]
    milliseconds: float


def ask_all(dataset: DocumentsDataset, answering: Answering, progress: Progress) -> tuple[Asked, ...]:
    """Ask as a member who belongs to no group. One question is asked beforehand, untimed, so that nothing is loaded in the first."""
    answering.answer(Question(dataset.questions[0].text))
    progress.stage("Asking questions", len(dataset.questions))
    asked = []
    for question in dataset.questions:
        asked.append(ask_one(question, answering))
        progress.advance()
    return tuple(asked)


def ask_one(question: StaffQuestion, answering: Answering) -> Asked:
    wording = Question(question.text)
    answer, milliseconds = _timed(lambda: answering.answer(wording))
    return Asked(question, answer, milliseconds)


def rank_all(dataset: PassagesDataset, ranking: Ranking, progress: Progress) -> tuple[Ranked, ...]:
    """Rank the passages for each query of the split; again one query beforehand, untimed."""
    ranking.rank(dataset.queries[0].text, DEPTH)
    progress.stage("Asking queries", len(dataset.queries))
    ranked = []
    for query in dataset.queries:
        found, milliseconds = _timed(lambda text=query.text: ranking.rank(text, DEPTH))  # type: ignore[misc]
        ranked.append(Ranked(query, tuple(found[:DEPTH]), milliseconds))
        progress.advance()
    return tuple(ranked)


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    began = time.perf_counter()
    result = work()
    return result, (time.perf_counter() - began) * 1000


def _policies(citations: tuple[Citation, ...]) -> tuple[Citation, ...]:
    return tuple(citation for citation in citations if citation.document.collection != GUIDANCE)[:SHOWN]
