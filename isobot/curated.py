"""Curated answers: a clause of an FAQ that is headed by the very question that somebody asks."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import chain, islice, pairwise

from indexer.analysis import analyse
from indexer.generation import Generation, Mask
from isobot.figures import kinds
from isobot.follow_up import STEP
from isobot.hit import Hit, ranked_clauses, whole_clause
from isobot.ownership import are_opposed
from isobot.question import Question
from isobot.ranking import Ranking
from isobot.referred import places_referred
from isobot.same_question import is_broader, shares_frame

SAME = 0.5  # of 38 staff questions this near to one of the sample company's FAQ, 33 were that one in other words
BEHIND = 0.3  # of nearness for each standard deviation that the passages rank the clause behind the best: what has only the frame of a
# question ("how long are fuel receipts kept", "How long are contracts kept?") is near to it, but what it is on stands elsewhere
NARROWING = 3  # best clauses that are looked at for something narrower
BESIDE = 0.1  # less than the nearest: a question so near may as well be the one that is meant
SURER = 0.25  # the nearer, the likelier that the clause answers: as often as the nearness says, and this
SUREST = 0.95
WHICH = re.compile(r"\b(?:which|how\s+many)\s+(\w+)", re.IGNORECASE)


def curated(generation: Generation, question: Question, ranking: Ranking, allowed: Mask) -> tuple[list[Hit], list[Hit]]:
    """The clause under the question likest to the one asked, where it is the same in other words, and the one under the next where that
    is nearly as near; and clauses that speak of something narrower, which is what was asked instead: "harbour log" beside "log".

    One that asks for another kind of thing is not the same, however near: "who approves it" and "how long does it take"; nor one on
    my own laptop, where the work laptop was asked about. Nor is one that does not speak of what a follow-up adds ("and for
    visitors?"), or of what "which" or "how many" asks for: "which scanner". A heading that is farther away than what some clause says is
    another question.
    """
    found = generation.questions.nearest(ranking.query, allowed, k=2)
    least = max(float(ranking.signals.meaning.max(initial=0.0)), found[0][2] - BESIDE) if found else 0.0
    near = [
        replace(whole_clause(generation, document, position), score=cosine - BEHIND * _behind(generation, ranking, document, position))
        for document, position, cosine in found
        if cosine >= least and _answers(generation, question, document, position)
    ]
    near = sorted((hit for hit in near if hit.score >= SAME), key=lambda hit: -hit.score)
    narrower = {hit: _narrower(generation, ranking, question.text, hit) for hit in near}
    return [hit for hit in near if not narrower[hit]], list(chain.from_iterable(narrower.values()))


def _narrower(generation: Generation, ranking: Ranking, asked: str, clause: Hit) -> list[Hit]:
    """Those of the best clauses in other documents that have two words of the question side by side of which `clause` has one alone."""
    said, telling = set(analyse(_text(generation, clause))), set(analyse(asked, question=True))
    pairs = {pair for pair in pairwise(analyse(asked)) if telling.issuperset(pair) and len(said.intersection(pair)) == 1}
    best = islice(ranked_clauses(generation, ranking), NARROWING) if pairs else ()
    return [hit for hit in best if hit.document != clause.document and not pairs.isdisjoint(pairwise(analyse(_text(generation, hit))))]


def _text(generation: Generation, hit: Hit) -> str:
    return generation.text(hit.document).characters[hit.start : hit.end]


def _behind(generation: Generation, ranking: Ranking, document: int, position: int) -> float:
    """By how much the ranking puts the passages of a clause behind the best one; one that it leaves out is as the last."""
    rows = generation.passages[ranking.passages]
    own = ranking.scores[(rows["document"] == document) & (rows["clause"] == position)]
    return float(ranking.scores[0] - own.max(initial=ranking.scores[-1]))


def _answers(generation: Generation, question: Question, document: int, position: int) -> bool:
    clause = generation.catalogue.clauses(document)[position]
    must = {*analyse(question.named), *analyse(" ".join(WHICH.findall(question.text)), question=True)}
    said = generation.text(document).characters[clause.start : clause.end]
    same_kind = kinds(_asked_last(question.text)) == kinds(clause.heading) and not are_opposed(question.text, clause.heading)
    if not same_kind or is_broader(question.text, clause.heading) or shares_frame(question.text, clause.heading, said):
        return False
    return must <= set(analyse(said))


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
