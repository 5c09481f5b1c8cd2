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

SAME = 0.6  # cosine: of 27 staff questions this near to one of the sample company's FAQ, 25 were that one in other words; what is only
# nearly as near often has its frame alone: "which browser may we use" is no "Which encryption may we use?"
BESIDE = 0.1  # less than the nearest: a question so near may as well be the one that is meant
SURER = 0.3  # the nearer, the likelier that the clause answers: as often as the cosine says, and this
SUREST = 0.95


def curated(generation: Generation, question: Question, query: Rows, allowed: Mask, closest: float) -> list[Hit]:
    """The clause under the question likest to the one asked, where it is the same in other words, and the one under the next where that
    is nearly as near; else none.

    One that asks for another kind of thing is not the same, however near: "who approves it" and "how long does it take". Nor is one
    that does not speak of what a follow-up adds: "and for visitors?".
    query: vector of the question, float32 (1, dimensions). closest: cosine between it and the closest passage: a heading that
    is farther away than what some clause says is another question.
    """
    found = generation.questions.nearest(query, allowed, k=2)
    least = max(SAME, closest, found[0][2] - BESIDE) if found else 0.0
    return [
        replace(whole_clause(generation, document, position), score=cosine)
        for document, position, cosine in found
        if cosine >= least and _answers(generation, question, document, position)
    ]


def _answers(generation: Generation, question: Question, document: int, position: int) -> bool:
    clause = generation.catalogue.clauses(document)[position]
    added, said = set(analyse(question.named)), generation.text(document).characters[clause.start : clause.end]
    return kinds(_asked_last(question.text)) == kinds(clause.heading) and added <= set(analyse(said))


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
