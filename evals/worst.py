"""The questions to read first: those that went wrong, with what was shown instead."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from evals.metrics.hits import first_hit
from evals.runner import Asked, Ranked
from isobot.citation import citation_line

LISTED = 25


@dataclass(frozen=True, slots=True)
class Miss:
    """One question that went wrong. expected, shown: words of documents, as they are; shown is "" where nothing was."""

    id: str
    question: str
    why: str
    expected: str
    where: str
    shown: str
    shown_where: str


def worst_answers(asked: Sequence[Asked]) -> tuple[Miss, ...]:
    """Wrong answers to unanswerable questions and answers without the quotation, the most confident first; then wrong refusals."""
    answered, refused = [], []
    for one in sorted(asked, key=lambda one: -one.answer.confidence):
        if one.abstained:
            if one.question.answerable:
                refused.append(_miss(one, _refusal(one)))
        elif not one.question.answerable:
            answered.append(_miss(one, "answered, though the documents do not"))
        elif not _answers(one, 1):
            answered.append(_miss(one, "right further down" if _answers(one, len(one.shown)) else "right in none of the citations"))
    return (*answered, *refused)[:LISTED]


def worst_rankings(ranked: Sequence[Ranked], texts: dict[str, str]) -> tuple[Miss, ...]:
    """Queries whose first relevant passage stands lowest. texts: passage id → its words."""
    missed = sorted(((_place(one), one) for one in ranked if _place(one) > 1), key=lambda pair: -pair[0])
    return tuple(_ranking_miss(place, one, texts) for place, one in missed[:LISTED])


def answers_first(one: Asked) -> bool:
    """Whether the first clause shown holds the answer; False for a question that has none."""
    return one.question.answerable and _answers(one, 1)


def _answers(one: Asked, depth: int) -> bool:
    return first_hit(one.question, [(c.document.path, c.clause_text) for c in one.shown[:depth]]) is not None


def _refusal(one: Asked) -> str:
    return "refused, though the answer was nearest" if _answers(one, 1) else "refused, and the answer was not nearest"


def _miss(one: Asked, why: str) -> Miss:
    first = one.shown[0] if one.shown else None
    gold = one.question.gold[0] if one.question.gold else None
    return Miss(
        id=one.question.id,
        question=one.question.text,
        why=f"{why} (confidence {one.answer.confidence:.2f})",
        expected=gold.quote if gold else "",
        where=" · ".join(part for part in (gold.file, gold.section) if part) if gold else "",
        shown=first.quote if first else "",
        shown_where=f"{first.document.path} · {citation_line(first)}" if first else "",
    )


def _place(one: Ranked) -> float:
    """Place, from 1, of the first relevant passage; infinite where there is none."""
    return next((place for place, (id, _) in enumerate(one.ranking, 1) if id in one.query.relevant), math.inf)


def _ranking_miss(place: float, one: Ranked, texts: dict[str, str]) -> Miss:
    wanted = max(one.query.relevant, key=lambda id: one.query.relevant[id])
    first = one.ranking[0][0] if one.ranking else ""
    return Miss(
        id=one.query.id,
        question=one.query.text,
        why=f"first relevant passage at place {place}" if place < math.inf else f"no relevant passage among {len(one.ranking)}",
        expected=texts.get(wanted, ""),
        where=wanted,
        shown=texts.get(first, ""),
        shown_where=first,
    )
