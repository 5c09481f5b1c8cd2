"""Whether a generation still is what it was when it was published."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.clause import Clause
from corpus.errors import IsobotError
from indexer.encoders.card import EncoderCard
from indexer.generation import Generation, document_row, model_folder
from indexer.kept_models import keeps
from indexer.manifest import hashes_of

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Verification:
    """What was checked, and a sentence for each thing that does not hold."""

    generation: str
    documents: int
    clauses: int
    passages: int
    problems: tuple[str, ...]


def verify(generation: Generation) -> Verification:
    """Check every file and every kept model against its hash, every stored text against its own, every clause, passage and whatever
    else is a range against its text, who may read each document, and the counts against each other."""
    tables: dict[int, tuple[Clause, ...]] = {}
    problems = [*_held(_file_faults(generation)), *_held(_documents_faults(generation, tables))]
    clauses = sum(map(len, tables.values()))
    for faults in (_passage_faults(generation, tables), _count_faults(generation, clauses), _model_faults(generation)):
        problems.extend(_held(faults))
    return Verification(generation.name, generation.manifest.documents, clauses, len(generation.passages), tuple(dict.fromkeys(problems)))


def _held(faults: Iterator[str]) -> Iterator[str]:
    """The faults, the last of them what kept the check from going on."""
    try:
        yield from faults
    except IsobotError as problem:
        yield str(problem)


def _file_faults(generation: Generation) -> Iterator[str]:
    try:
        found = hashes_of(generation.folder)
    except OSError as problem:
        yield f"{problem.filename} cannot be read ({problem.strerror})"
        return
    for name, stated in generation.manifest.files.items():
        if name not in found:
            yield f"the file {generation.folder / name} is missing"
        elif found[name] != stated:
            yield f"the file {generation.folder / name} was altered: its SHA-256 is {found[name][:12]}, the manifest states {stated[:12]}"


def _documents_faults(generation: Generation, tables: dict[int, tuple[Clause, ...]]) -> Iterator[str]:
    """Fills `tables` with the clauses of every document that can be read."""
    for number in generation.catalogue.numbers():
        yield from _held(_document_faults(generation, number, tables))


def _document_faults(generation: Generation, number: int, tables: dict[int, tuple[Clause, ...]]) -> Iterator[str]:
    catalogue = generation.catalogue
    document = generation.document(number)
    tables[number] = clauses = catalogue.clauses(number)
    if generation.manifest.inputs.get(document.path) != document.sha256:
        yield f"{document.path}: the manifest states another SHA-256 of its file"
    if (fault := _access_fault(generation, number)) is not None:
        yield f"{document.path}: {fault}"
    length = len(generation.text(number).characters)
    for fault in _clause_faults(clauses, length):
        yield f"{document.path}: {fault}"
    ranges: dict[str, list[Span]] = {
        "block": [(block.start, block.end) for block in catalogue.blocks(number)],
        "page": [(page.start, page.end) for page in catalogue.pages(number)],
        "control id": [
            (link.start, link.end) for link in catalogue.links(number) if link.start is not None and link.end is not None
        ],
    }
    references, numbers = catalogue.clause_links(number, 0, length), catalogue.numbers()
    ranges["reference"] = [(link.start, link.end) for link in references]
    for link in references:
        known = link.document in numbers
        if not known or (link.clause is not None and not 0 <= link.clause < len(catalogue.clauses(link.document))):
            yield f"{document.path}: the reference at {link.start}:{link.end} leads to a document or a clause that is not there"
    for noun, spans in ranges.items():
        for start, end in spans:
            if not 0 <= start <= end <= length:
                yield f"{document.path}: a {noun} spans {start}:{end} in a text of {length} characters"


def _access_fault(generation: Generation, number: int) -> str | None:
    """What decides access and dates inside the search must say what the document says."""
    document, said = generation.document(number), generation.manifest
    if number >= len(generation.document_rows()):
        return "documents.npy does not say who may read it"
    audiences = [frozenset(groups) for groups in said.audiences]
    if (document.audience is not None and document.audience not in audiences) or document.collection not in said.collections:
        return "the manifest does not know its audience or its collection"
    audience = -1 if document.audience is None else audiences.index(document.audience)
    meant = document_row(document, audience, said.collections.index(document.collection))
    return None if generation.document_rows()[number].item() == meant else "who may read it, or when, was altered in documents.npy"


def _clause_faults(clauses: Sequence[Clause], length: int) -> Iterator[str]:
    for position, clause in enumerate(clauses):
        name = f"clause {clause.label or position}"
        if not 0 <= clause.start <= clause.body <= clause.end <= length:
            yield f"{name} spans {clause.start}:{clause.end} (body from {clause.body}) in a text of {length} characters"
        if clause.parent is None:
            continue
        if not 0 <= clause.parent < position:
            yield f"{name} names clause {clause.parent} as its parent, which does not stand before it"
            continue
        parent = clauses[clause.parent]
        if not parent.start <= clause.start <= clause.end <= parent.end:
            yield f"{name} at {clause.start}:{clause.end} leaves its parent at {parent.start}:{parent.end}"


def _passage_faults(generation: Generation, tables: dict[int, tuple[Clause, ...]]) -> Iterator[str]:
    for row, (number, position, start, end, _) in enumerate(generation.passages.tolist()):
        if number not in tables:
            if number not in generation.catalogue.numbers():
                yield f"passage {row} belongs to document {number}, which is not there"
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
    ):
        if stated != found:
            yield f"the manifest states {stated} {noun}, {found} are there"
    generation.load()


def _model_faults(generation: Generation) -> Iterator[str]:
    index, stated = generation.index, str(generation.manifest.encoder["fingerprint"])
    reranker = generation.manifest.settings.get("reranker_fingerprint")
    for kind, name in (("encoder", stated), *([("re-ranker", str(reranker))] if reranker else [])):
        if not keeps(index, name):
            yield f"the {kind} {name[:12]} in the index is missing or was altered. Run `isobot index` to put it back"
    found = EncoderCard.read(model_folder(index, stated)).fingerprint
    if found != stated:
        yield f"the encoder in the index is {found[:12]}, the passages were encoded by {stated[:12]}"
