"""The sentence of a passage that is likest to the question, which counts beside the passage as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from indexer.encoders.base import Rows
from indexer.generation import Generation
from isobot.hit import Hit

LOOKED_AT = 8  # best clauses
SENTENCE = 1.5  # standard deviations that a cosine of 1 counts


def by_closest_sentence(generation: Generation, query: Rows, hits: Sequence[Hit]) -> list[Hit]:
    """The hits of a search, best first, where of the best ones the likest sentence counts too.

    A passage of several sentences is as near as they are on average, so that what one of them says to the question is lost behind a
    passage that says nothing but what is roughly near. query: the vector of the question, float32 (1, dimensions).
    """
    best = hits[:LOOKED_AT]
    likest = generation.sentences.likest(query, [(hit.document, hit.start, hit.end) for hit in best])
    weighed = [replace(hit, score=hit.score + SENTENCE * likeness) for hit, likeness in zip(best, likest, strict=True)]
    return [*sorted(weighed, key=lambda hit: -hit.score), *hits[LOOKED_AT:]]
