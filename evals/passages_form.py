"""The form with passages (BEIR): `corpus.jsonl`, `queries.jsonl`, `qrels/SPLIT.tsv`."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from corpus.errors import DatasetError
from evals.dataset import CORPUS, PassagesDataset, PassageText, Query, name_of
from evals.records import Record, lines, records

QUERIES = "queries.jsonl"
QRELS = "qrels"

Judgements = dict[str, dict[str, int]]
"""Query id → passage id → grade."""


def load_passages(folder: Path, split: str | None = None) -> PassagesDataset:
    """Read and check the passages, and the queries that the split judges.

    Raises DatasetError naming the file and line of the first mistake, or the splits there are where none can be chosen.
    """
    file = _split_file(folder / QRELS, split)
    passages = _passages(folder / CORPUS)
    judged, notes = _relevant(_judgements(file), passages)
    texts = _queries(folder / QUERIES)
    if missing := next((id for id in judged if id not in texts), None):
        raise DatasetError(f"{file} judges the query {missing!r}, which {folder / QUERIES} does not hold. Add it there, or take it out.")
    if not judged:
        raise DatasetError(f"{file} judges no query as having a relevant passage. Nothing can be measured with it.")
    queries = tuple(Query(id, texts[id], relevant) for id, relevant in judged.items())
    return PassagesDataset(name_of(folder), file.stem, tuple(passages.values()), queries, tuple(notes))


def _split_file(folder: Path, split: str | None) -> Path:
    found = sorted(path.stem for path in folder.glob("*.tsv"))
    if not found:
        raise DatasetError(f"{folder} holds no judgements. Put them there as SPLIT.tsv: query id, passage id and grade, tab-separated.")
    if split is None and len(found) > 1:
        raise DatasetError(f"{folder} holds several splits: {', '.join(found)}. Choose one with --split.")
    if split is not None and split not in found:
        raise DatasetError(f"{folder} holds no split {split!r}. There is: {', '.join(found)}.")
    return folder / f"{split or found[0]}.tsv"


def _passages(file: Path) -> dict[str, PassageText]:
    passages: dict[str, PassageText] = {}
    for record in records(file):
        id = record.filled("_id")
        if id in passages:
            record.fail(f"the id {id!r} was used before. Give every passage an id of its own.")
        passages[id] = PassageText(id, record.text("title", ""), record.text("text"), _document(record))
    if not passages:
        raise DatasetError(f"{file} holds no passage. Write one JSON object a line.")
    return passages


def _document(record: Record) -> str:
    metadata = record.values.get("metadata")
    named = metadata.get("document") if isinstance(metadata, dict) else None
    return "" if named is None else str(named)


def _queries(file: Path) -> dict[str, str]:
    queries: dict[str, str] = {}
    for record in records(file):
        id = record.filled("_id")
        if id in queries:
            record.fail(f"the id {id!r} was used before. Give every query an id of its own.")
        queries[id] = record.filled("text")
    return queries


def _judgements(file: Path) -> Judgements:
    judgements: Judgements = defaultdict(dict)
    for position, (number, line) in enumerate(lines(file)):
        columns = line.split("\t")
        if len(columns) != 3:
            raise DatasetError(f"{file}, line {number}: has {len(columns)} columns; write query id, passage id and grade, tab-separated.")
        query, passage, grade = columns
        if position == 0 and not _is_integer(grade):
            continue  # the header that BEIR writes
        if not _is_integer(grade):
            raise DatasetError(f"{file}, line {number}: the grade is {grade!r}; it must be a whole number.")
        if passage in judgements[query]:
            raise DatasetError(f"{file}, line {number}: {passage!r} was judged for query {query!r} before. Keep one of the two.")
        judgements[query][passage] = int(grade)
    return judgements


def _is_integer(written: str) -> bool:
    try:
        int(written)
    except ValueError:
        return False
    return True


def _relevant(judgements: Judgements, passages: dict[str, PassageText]) -> tuple[Judgements, list[str]]:
    """Judgements of at least 1, of the queries that have any; and what is to be said of the rest."""
    relevant = {query: {id: grade for id, grade in graded.items() if grade > 0} for query, graded in judgements.items()}
    kept = {query: graded for query, graded in relevant.items() if graded}
    notes = []
    if left_out := len(relevant) - len(kept):
        notes.append(f"{left_out} queries have no relevant passage and were not asked.")
    if unknown := len({id for graded in kept.values() for id in graded} - passages.keys()):
        notes.append(f"The judgements name {unknown} passages that the corpus does not hold; each counts as not found.")
    return kept, notes
