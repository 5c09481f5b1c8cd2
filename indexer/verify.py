"""Whether a generation still is what it was when it was published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.clause import Clause
from corpus.errors import IsobotError
from indexer.generation import Generation


@dataclass(frozen=True, slots=True)
class Verification:
    """What was checked, and a sentence for each thing that does not hold."""

    generation: str
    documents: int
    clauses: int
    passages: int
    problems: tuple[str, ...]


def verify(generation: Generation) -> Verification:
    """Check every stored text against its hash, every clause and passage against its text, and the counts against each other."""
    clauses = 0
    problems: list[str] = []
    tables: dict[int, tuple[Clause, ...]] = {}
    lengths: dict[int, int] = {}
    for number in generation.catalogue.numbers():
        try:
            document = generation.document(number)
            tables[number] = generation.catalogue.clauses(number)
            lengths[number] = len(generation.text(number).characters)
        except IsobotError as problem:
            problems.append(str(problem))
            continue
        clauses += len(tables[number])
        problems.extend(f"{document.path}: {fault}" for fault in _clause_faults(tables[number], lengths[number]))
    problems.extend(_passage_faults(generation, tables))
    problems.extend(_count_faults(generation, clauses))
    return Verification(generation.name, generation.manifest.documents, clauses, len(generation.passages), tuple(problems))


def _clause_faults(clauses: tuple[Clause, ...], length: int) -> Iterator[str]:
    for position, clause in enumerate(clauses):
        name = f"clause {clause.label or position}"
        if not 0 <= clause.start <= clause.body <= clause.end <= length:
            yield f"{name} spans {clause.start}:{clause.end} (body from {clause.body}) in a text of {length} characters"
        if clause.parent is not None:
            parent = clauses[clause.parent]
            if not parent.start <= clause.start <= clause.end <= parent.end:
                yield f"{name} at {clause.start}:{clause.end} leaves its parent at {parent.start}:{parent.end}"


def _passage_faults(generation: Generation, tables: dict[int, tuple[Clause, ...]]) -> Iterator[str]:
    for row, (number, position, start, end, _) in enumerate(generation.passages.tolist()):
        if number not in tables:
            continue
        if not 0 <= position < len(tables[number]):
            yield f"{generation.document(number).path}: passage {row} belongs to clause {position}, which is not there"
            continue
        clause = tables[number][position]
        if not clause.start <= start < end <= clause.end:
            yield f"{generation.document(number).path}: passage {row} at {start}:{end} leaves its clause at {clause.start}:{clause.end}"


def _count_faults(generation: Generation, clauses: int) -> Iterator[str]:
    said = generation.manifest
    for noun, stated, found in (
        ("documents", said.documents, len(generation.catalogue.numbers())),
        ("clauses", said.clauses, clauses),
        ("passages", said.passages, len(generation.passages)),
        *(("vectors", said.passages, len(generation.vectors(field))) for field in ("bare", "headed")),
        ("keyword lists", said.passages, len(generation.keywords("passages"))),
    ):
        if stated != found:
            yield f"the manifest states {stated} {noun}, {found} are there"
