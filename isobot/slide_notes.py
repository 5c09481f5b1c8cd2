"""Notes of slides, which tell a speaker what a policy says: that policy answers before them."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.generation import Generation, Mask
from indexer.readers.pptx import NOTES
from isobot.hit import Hit
from isobot.referred import places_referred

LOOKED_AT = 5  # best clauses: as many as are cited


def behind_rules(generation: Generation, hits: Sequence[Hit], allowed: Mask) -> list[Hit]:
    """The hits, each on notes right behind the first of a document that they refer to, where one follows it among the best."""
    ordered = list(hits)
    for notes in hits[:LOOKED_AT]:
        rules = _documents_referred(generation, notes, allowed)
        begin = ordered.index(notes)
        rule = next((at for at in range(begin + 1, min(LOOKED_AT, len(ordered))) if ordered[at].document in rules), begin)
        ordered.insert(rule, ordered.pop(begin))
    return ordered


def _documents_referred(generation: Generation, hit: Hit, allowed: Mask) -> set[int]:
    """The documents that a clause of notes refers to; none for another clause."""
    clause = generation.catalogue.clauses(hit.document)[hit.clause]
    if clause.heading != NOTES or not generation.document(hit.document).path.lower().endswith((".pptx", ".pptm")):
        return set()
    return {document for document, _ in places_referred(generation, hit.document, clause, allowed)}
