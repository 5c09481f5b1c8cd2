"""Curated answers: a clause of an FAQ that is headed by the very question that somebody asks."""

from __future__ import annotations

from dataclasses import replace

from indexer.encoders.base import Rows
from indexer.generation import Generation, Mask
from isobot.figures import same_kind
from isobot.hit import Hit, whole_clause

SAME = 0.65  # cosine: of 27 questions this near to one of the sample company's FAQ, 25 were that one in other words; of 8 nearly as near, 5
SURER = 0.15  # the nearer, the likelier that the clause answers: as often as the cosine says, and this
SUREST = 0.95


def curated(generation: Generation, question: str, query: Rows, allowed: Mask, closest: float) -> Hit | None:
    """The clause under the question likest to the one asked, where it is the same in other words; else None.

    One that asks for another kind of thing is not the same, however near: "who approves it" and "how long does it take".
    query: vector of the question, float32 (1, dimensions). closest: cosine between it and the closest passage: a heading that
    is farther away than what some clause says is another question.
    """
    found = generation.questions.nearest(query, allowed)
    if found is None or found[2] < max(SAME, closest):
        return None
    document, position, cosine = found
    if not same_kind(question, generation.catalogue.clauses(document)[position].heading):
        return None
    return replace(whole_clause(generation, document, position), score=cosine)


def confidence_in(answer: Hit) -> float:
    """Probability, 0 to 1, that a curated answer is one."""
    return min(answer.score + SURER, SUREST)
