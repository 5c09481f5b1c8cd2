"""A topic in a word or two ("visitors", "clean desk"): who types no more looks for the section that is headed so."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from corpus.clause import Clause, ancestry
from indexer.analysis import analyse
from indexer.generation import Generation
from isobot.everyday import other_names
from isobot.hit import Hit
from isobot.permission import without_leave

LONGEST = 3  # words of a topic
LONGEST_HEADING = 6  # words, as stems: a longer heading is on more than the topic
HEADED = 0.6  # probability that such a section is what was looked for


def under_heading(generation: Generation, question: str, hits: Sequence[Hit]) -> list[Hit]:
    """Those of the hits that stand under a heading that begins with the topic and has every word of it, or else in a document with such
    a title; none where the question is more than a topic."""
    words = question.strip(" ?!.")
    asked = without_leave(words)
    if len(asked.split()) > LONGEST:
        return []
    topic = frozenset(analyse(asked, question=True))
    if not topic or (asked == words and len(topic) < len(analyse(words))):  # "who may travel": a question, however short
        return []
    headed = [hit for hit in hits if any(_is_on(clause.heading, topic) for clause in _line(generation, hit))]
    titled = [hit for hit in hits if _is_on(generation.document(hit.document).title, topic)]
    return headed or titled or _by_other_name(generation, asked, hits)


def _by_other_name(generation: Generation, topic: str, hits: Sequence[Hit]) -> list[Hit]:
    """Those of the hits that have the words of the topic, and stand in a document whose title calls it otherwise."""
    names, words = [set(analyse(name)) for name in other_names(topic)], set(analyse(topic, question=True))
    titled = (hit for hit in hits if any(_is_on(generation.document(hit.document).title, name) for name in names))
    return [hit for hit in titled if words <= set(analyse(generation.text(hit.document).characters[hit.start : hit.end]))]


def _line(generation: Generation, hit: Hit) -> Sequence[Clause]:
    return ancestry(generation.catalogue.clauses(hit.document), hit.clause)


def _is_on(heading: str, topic: AbstractSet[str]) -> bool:
    words = analyse(heading)
    return topic <= set(words) and words[0] in topic and len(words) <= LONGEST_HEADING
