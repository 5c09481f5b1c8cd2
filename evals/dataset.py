"""A dataset in one of its two forms: a folder of documents with questions, or passages with queries and judgements (BEIR)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

QUESTIONS = "questions.jsonl"
DOCUMENTS = "documents"
CORPUS = "corpus.jsonl"


@dataclass(frozen=True, slots=True)
class Gold:
    """Words that answer. file: POSIX path relative to `documents/`. page: physical, from 1, or None."""

    file: str
    quote: str
    section: str = ""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class StaffQuestion:
    """A question as staff type it. Any of `gold` answers it, also where it stands in a file of `also_in`.

    gold is empty for a question that the documents do not answer.
    """

    id: str
    text: str
    gold: tuple[Gold, ...] = ()
    also_in: tuple[str, ...] = ()
    type: str = ""
    corpus: str = ""

    @property
    def answerable(self) -> bool:
        return bool(self.gold)


@dataclass(frozen=True, slots=True)
class DocumentsDataset:
    """Files of any format, and questions about them.

    documents: the folder that holds the files. notes: sentences on what does not fit, for the report.
    """

    name: str
    documents: Path
    questions: tuple[StaffQuestion, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PassageText:
    """One passage of a corpus. Ids are opaque: they may hold "/" or any other character. document: what it was taken from, "" if unsaid."""

    id: str
    title: str
    text: str
    document: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """A query and its judgements. relevant: passage id → grade, at least 1; never empty."""

    id: str
    text: str
    relevant: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class PassagesDataset:
    """Passages, and the queries of one split. notes: sentences on what does not fit, for the report."""

    name: str
    split: str
    passages: tuple[PassageText, ...]
    queries: tuple[Query, ...]
    notes: tuple[str, ...] = ()


Dataset = DocumentsDataset | PassagesDataset


def name_of(folder: Path) -> str:
    """What a report calls the dataset: the name of its folder."""
    return folder.resolve().name
