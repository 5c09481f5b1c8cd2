"""What a cited clause refers to, of what whoever asked may read."""

from __future__ import annotations

from corpus.citation import Referred
from corpus.clause import Clause, ClauseLink
from indexer.generation import Generation, Mask

MOST = 4  # that a person looks through


def referred(generation: Generation, document: int, clause: Clause, readable: Mask) -> tuple[Referred, ...]:
    """The clauses and documents that the words of a clause refer to, each once, in the order of the text.

    readable: bool array (documents,). What may not be read is as if it were not in the index: of "section 2 of the Key Plan" the title
    counts only where the plan may be read. A reference within a longer one is part of it.
    """
    catalogue = generation.catalogue
    return tuple(
        Referred(generation.document(number), None if position is None else catalogue.clauses(number)[position], number == document)
        for number, position in places_referred(generation, document, clause, readable)[:MOST]
    )


def places_referred(generation: Generation, document: int, clause: Clause, readable: Mask) -> list[tuple[int, int | None]]:
    """As `referred`, by number of the document and position of the clause; None for a document as a whole."""
    found = generation.catalogue.clause_links(document, clause.start, clause.end)
    links = [link for link in found if link.document == document or readable[link.document]]
    outermost = [link for link in links if not any(_within(link, other) for other in links)]
    return list(dict.fromkeys((link.document, link.clause) for link in outermost))


def _within(link: ClauseLink, other: ClauseLink) -> bool:
    return other.start <= link.start and link.end <= other.end and (other.start, other.end) != (link.start, link.end)
