"""Curated answers: a clause of an FAQ that is headed by the very question that somebody asks."""

from __future__ import annotations

from dataclasses import replace

from indexer.analysis import analyse
from indexer.encoders.base import Rows
from indexer.generation import Generation, Mask
from isobot.figures import kinds
from isobot.follow_up import STEP
from isobot.hit import Hit, whole_clause
from isobot.question import Question
from isobot.referred import places_referred

SAME = 0.65  # cosine: of 27 questions this near to one of the sample company's FAQ, 25 were that one in other words; of 8 nearly as near, 5
SURER = 0.15  # the nearer, the likelier that the clause answers: as often as the cosine says, and this
SUREST = 0.95


def curated(generation: Generation, question: Question, query: Rows, allowed: Mask, closest: float) -> Hit | None:
    """The clause under the question likest to the one asked, where it is the same in other words; else None.

    One that asks for another kind of thing is not the same, however near: "who approves it" and "how long does it take". Nor is one
    that does not speak of what a follow-up adds: "and for visitors?".
    query: vector of the question, float32 (1, dimensions). closest: cosine between it and the closest passage: a heading that
    is farther away than what some clause says is another question.
    """
    found = generation.questions.nearest(query, allowed)
    if found is None or found[2] < max(SAME, closest):
        return None
    document, position, cosine = found
    clause = generation.catalogue.clauses(document)[position]
    added, said = set(analyse(question.named)), generation.text(document).characters[clause.start : clause.end]
    if kinds(_asked_last(question.text)) != kinds(clause.heading) or (added and added.isdisjoint(analyse(said))):
        return None
    return replace(whole_clause(generation, document, position), score=cosine)


def _asked_last(text: str) -> str:
    """Of a question and its follow-ups the last that asks for a kind of thing: "and for visitors?" asks for the same as before."""
    parts = text.split(STEP)
    return next((part for part in reversed(parts) if kinds(part)), parts[-1])


def referred_hits(generation: Generation, answer: Hit, allowed: Mask) -> list[Hit]:
    """The clauses from which a curated answer says it comes, of what may be cited: they stand behind it, for who wants the rule itself."""
    clause = generation.catalogue.clauses(answer.document)[answer.clause]
    places = places_referred(generation, answer.document, clause, allowed)
    wholes = [whole_clause(generation, document, position) for document, position in places if position is not None]
    return [replace(hit, score=answer.score, whole=False) for hit in wholes]


def confidence_in(answer: Hit) -> float:
    """Probability, 0 to 1, that a curated answer is one."""
    return min(answer.score + SURER, SUREST)
