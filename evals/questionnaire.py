"""`python -m evals init`: a dataset to fill, from somebody's own documents."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from corpus.errors import DatasetError, DocumentError
from evals.dataset import DOCUMENTS, QUESTIONS
from indexer.outline import outline
from indexer.passages import own_ranges, units_of
from indexer.readers.base import Reading

TO_FILL = 60
SHORTEST, LONGEST = 40, 300  # characters of a sentence that somebody might ask about
UNANSWERABLE = 10


def make_questionnaire(documents: Path, folder: Path, count: int = TO_FILL) -> tuple[Path, int]:
    """Copy `documents` into the dataset `folder`, and write a questions file to fill; returns the file and its number of lines.

    Each line has a sentence of a document as its gold quote, and an empty question: write what a colleague would type who
    needs that sentence, or take the line out. Sentences are spread evenly over the documents, the same each time. The last
    lines are for questions that the documents do not answer. Raises DatasetError where there is already such a file, where
    the documents cannot be copied, and where no sentence is found.
    """
    target = folder / QUESTIONS
    if target.exists():
        raise DatasetError(f"{target} is there already. Name another folder, or remove it first.")
    if not documents.is_dir():
        raise DatasetError(f"There is no folder {documents}. Name the folder of your documents.")
    if folder.resolve().is_relative_to(documents.resolve()):
        raise DatasetError(f"{folder} is inside {documents}. Name a folder outside the documents, with --out.")
    sentences = _sentences(documents)
    if not sentences:
        raise DatasetError(f"No sentence was found in {documents}. `isobot index {documents}` says which files cannot be read.")
    lines = [_line(number, file, section, quote) for number, (file, section, quote) in enumerate(_spread(sentences, count), 1)]
    lines += [_line(len(lines) + number, None, "", "") for number in range(1, UNANSWERABLE + 1)]
    folder.mkdir(parents=True, exist_ok=True)
    _copy(documents, folder / DOCUMENTS)
    target.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    return target, len(lines)


def _line(number: int, file: str | None, section: str, quote: str) -> dict[str, Any]:
    gold = [] if file is None else [{"file": file, "section": section, "quote": quote}]
    return {"id": f"q{number:03}", "question": "", "type": "", "answerable": file is not None, "gold": gold}


def _sentences(documents: Path) -> list[list[tuple[str, str, str]]]:
    """Of each readable document: (path, number or heading of the clause, sentence)."""
    from indexer.sources import find

    found = []
    for item in find([documents]):
        try:
            reading = item.read()
        except DocumentError:
            continue
        if of_document := [(item.path, section, quote) for section, quote in _of(reading)]:
            found.append(of_document)
    return found


def _of(reading: Reading) -> Iterator[tuple[str, str]]:
    """(number or heading of the clause, sentence) of one document, in their order; neither headings nor what is very short or long."""
    text, clauses = reading.text.characters, outline(reading)
    for clause, own in zip(clauses, own_ranges(clauses), strict=True):
        for unit in units_of(text, clause, own, reading.blocks):
            if SHORTEST <= unit.end - unit.start <= LONGEST:
                yield clause.number or clause.heading, text[unit.start : unit.end]


def _spread(sentences: Sequence[Sequence[tuple[str, str, str]]], count: int) -> list[tuple[str, str, str]]:
    """About `count` of them: of each document one, then two, and so on, at even distances within it."""
    each = [0] * len(sentences)
    while sum(each) < min(count, sum(map(len, sentences))):
        for number, of_document in enumerate(sentences):
            if sum(each) < count and each[number] < len(of_document):
                each[number] += 1
    chosen = []
    for of_document, wanted in zip(sentences, each, strict=True):
        chosen += [of_document[(2 * place + 1) * len(of_document) // (2 * wanted)] for place in range(wanted)]
    return chosen


def _copy(documents: Path, target: Path) -> None:
    try:
        shutil.copytree(documents, target, ignore=shutil.ignore_patterns(".git", ".isobot"))
    except (OSError, shutil.Error) as problem:
        raise DatasetError(f"{documents} cannot be copied to {target} ({problem}).") from None

