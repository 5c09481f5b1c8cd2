"""Small datasets and answers that the tests of evaluation share."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from corpus.answer import Answer
from corpus.citation import Citation
from corpus.clause import Clause
from corpus.document import POLICIES, Document
from corpus.text import CanonicalText


def write_lines(file: Path, records: Iterable[Mapping[str, Any] | str]) -> None:
    """A JSON Lines file; a string is written as it is."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join((r if isinstance(r, str) else json.dumps(r)) + "\n" for r in records), encoding="utf-8")


def question(id: str, text: str = "how long?", **more: Any) -> dict[str, Any]:
    return {"id": id, "question": text, "answerable": False, "gold": []} | more


def documents_dataset(folder: Path, records: Iterable[Mapping[str, Any] | str], files: Mapping[str, str] | None = None) -> Path:
    for path, content in (files or {"a.md": "# A\n\nText.\n"}).items():
        target = folder / "documents" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8")
    write_lines(folder / "questions.jsonl", records)
    return folder


def passages_dataset(
    folder: Path,
    corpus: Iterable[Mapping[str, Any] | str],
    queries: Iterable[Mapping[str, Any] | str],
    qrels: Mapping[str, str],
) -> Path:
    write_lines(folder / "corpus.jsonl", corpus)
    write_lines(folder / "queries.jsonl", queries)
    for split, content in qrels.items():
        file = folder / "qrels" / f"{split}.tsv"
        file.parent.mkdir(exist_ok=True)
        file.write_text(content, encoding="utf-8")
    return folder


def citation(path: str, quote: str, context: str | None = None, collection: str = POLICIES) -> Citation:
    """A citation of `quote`, shown within `context`, from a document that is that context alone."""
    text = CanonicalText(context or quote)
    start = text.characters.index(quote)
    clause = Clause("1", "", 1, 0, len(text.characters), 0)
    document = Document(path, "Title", "0" * 64, text.sha256, collection=collection)
    return Citation(document, text, (clause,), 0, start, start + len(quote), 0, len(text.characters))


def answer(text: str, *citations: Citation, confidence: float = 0.9, abstains: bool = False) -> Answer:
    return Answer(text, () if abstains else citations, citations if abstains else (), confidence, None, "g1", 1.0)
