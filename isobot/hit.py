"""A hit: a clause to cite, before its words are chosen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from corpus.clause import path_of
from indexer.analysis import analyse
from indexer.generation import Generation
from isobot.citation import SHOWN
from isobot.items import bare_marks, items_marked
from isobot.layout import MAX_QUOTE
from isobot.quotation import clause_units
from isobot.ranking import Ranking


@dataclass(frozen=True, slots=True)
class Hit:
    """A clause to cite: where the words that speak to the question begin and end, and how well they do.

    whole: the clause itself was asked for, and is quoted from its beginning. opening: so it is where the likeliest words are near it.
    alone: the words of the range answer by themselves, without the table or the list around them; never more than a quotation may hold.
    """

    document: int
    clause: int
    start: int
    end: int
    score: float
    whole: bool = False
    opening: bool = False
    alone: bool = False


def whole_clause(generation: Generation, document: int, position: int) -> Hit:
    """A clause that was asked for by its number."""
    clause = generation.catalogue.clauses(document)[position]
    return Hit(document, position, clause.start, clause.end, 1.0, whole=True)


def whole_clauses(generation: Generation, document: int, position: int) -> list[Hit]:
    """A clause that was asked for by its number, or where it says nothing itself, the clauses below it that do."""
    return [whole_clause(generation, document, at) for at in speaking(generation, document, position)]


def items_in(generation: Generation, document: int, position: int, marks: Sequence[str]) -> list[Hit]:
    """What is marked so in a clause, ("c", "ii") outermost first: a clause under it, else items of its own; two where it has two lists.

    An item or a paragraph whose text goes through "(i) …, or (ii) …" without a break holds them all.
    """
    catalogue = generation.catalogue
    clauses = catalogue.clauses(document)
    for at in range(position + 1, len(clauses)):
        own = bare_marks(clauses[at].number or "") if clauses[at].parent == position else []
        if own and own == list(marks[: len(own)]):
            rest = marks[len(own) :]
            return items_in(generation, document, at, rest) if rest else whole_clauses(generation, document, at)
    found = items_marked(generation.text(document).characters, clauses, position, catalogue.blocks(document), marks)
    return [Hit(document, position, start, end, 1.0, whole=True) for start, end in found]


def speaking(generation: Generation, document: int, position: int) -> list[int]:
    """The position of a clause, or where it only gathers others, of those below it that say something, in order; never empty."""
    catalogue = generation.catalogue
    clauses = catalogue.clauses(document)
    below = [at for at in range(position + 1, len(clauses)) if clauses[at].parent == position]
    start = clauses[position].start
    units = partial(clause_units, generation.text(document).characters, clauses, position, catalogue.blocks(document))
    if not below or units((start, start + MAX_QUOTE)) or units():
        return [position]
    return [at for child in below for at in speaking(generation, document, child)]


def found_at(generation: Generation, document: int, start: int, end: int) -> Hit:
    """A row or a sentence that was looked for by what it says: on the innermost clause that holds it."""
    clauses = generation.catalogue.clauses(document)
    inner = max(position for position, clause in enumerate(clauses) if clause.start <= start < clause.end)
    return Hit(document, inner, start, end, 1.0)


def followed(hits: Sequence[Hit], others: Iterable[Hit]) -> list[Hit]:
    """The hits, and behind them the others that are on none of their clauses."""
    taken = {(hit.document, hit.clause) for hit in hits}
    return [*hits, *(other for other in others if (other.document, other.clause) not in taken)]


def ranked_clauses(generation: Generation, ranking: Ranking) -> Iterator[Hit]:
    """Every clause that is ranked, best first, each by its best passage."""
    seen: set[tuple[int, int]] = set()
    for row, score in zip(ranking.passages, ranking.scores, strict=True):
        document, clause, start, end, _ = generation.passages[row].item()
        if (document, clause) not in seen:
            seen.add((document, clause))
            yield Hit(document, clause, start, end, float(score))


def best_clauses(generation: Generation, ranking: Ranking, k: int) -> list[Hit]:
    """The best `k` clauses; words that a document repeats are taken where they stand best."""
    words = lru_cache(maxsize=None)(partial(_words, generation))
    hits: list[Hit] = []
    for hit in ranked_clauses(generation, ranking):
        beside = [other for other in hits if other.document == hit.document]
        if not beside or words(hit) not in map(words, beside):  # no text is opened of a document that is hit once
            hits.append(hit)
        if len(hits) == k:
            break
    return hits


def _words(generation: Generation, hit: Hit) -> list[str]:
    return generation.text(hit.document).characters[hit.start : hit.end].split()


def speaking_first(generation: Generation, hits: Sequence[Hit], named: str) -> list[Hit]:
    """The hits that speak of what a follow-up names before those that do not: what answers the question before it ranks high, too."""
    stems = set(analyse(named))

    def is_silent(hit: Hit) -> bool:
        clauses = generation.catalogue.clauses(hit.document)
        clause = clauses[hit.clause]
        words = generation.text(hit.document).characters[clause.start : clause.end]
        return stems.isdisjoint(analyse(f"{path_of(clauses, hit.clause)} {words}"))

    return [*sorted(hits[:SHOWN], key=is_silent), *hits[SHOWN:]]
