"""From folders to training sets."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from corpus.errors import DatasetError
from evals.adapter.documents_set import documents_set
from evals.adapter.passages_set import passages_set
from evals.adapter.reading import cut_documents
from evals.adapter.training_set import TrainingSet
from evals.adapter.written import FORM, TRAINING, read_written
from evals.dataset import CORPUS, DOCUMENTS, QUESTIONS, DocumentsDataset, name_of
from evals.documents_form import read_questions
from evals.passages_form import load_passages
from indexer.progress import Progress
from isobot.settings import Settings

NAMED_LINES = 10  # of those that do not fit, in a message


def load_sets(
    folders: Sequence[Path], questions: Sequence[Path], split: str | None, settings: Settings, progress: Progress
) -> list[TrainingSet]:
    """The training set of each folder, of whichever form.

    questions: files of written questions for the folders of documents, in their order; empty where each holds a `training.jsonl`.
    Raises DatasetError for a folder or a line that does not fit, and SourceError where no document is found.
    """
    of_documents = [folder for folder in folders if not _has_passages(folder)]
    if questions and len(questions) != len(of_documents):
        raise DatasetError(
            f"--questions names {len(questions)} files, and {len(of_documents)} of the datasets hold documents. "
            "Give one for each of these, in their order, or none."
        )
    files = dict(zip(of_documents, questions or [folder / TRAINING for folder in of_documents], strict=True))
    _check(files)
    return [
        _of_documents(folder, files[folder], settings, progress) if folder in files else _of_passages(folder, split, progress)
        for folder in folders
    ]


def _has_passages(folder: Path) -> bool:
    if not folder.is_dir():
        raise DatasetError(f"There is no folder {folder}. Name the folder of a dataset.")
    has_passages = (folder / CORPUS).is_file()
    if has_passages and (folder / TRAINING).is_file():
        raise DatasetError(f"{folder} holds both {TRAINING} and {CORPUS}. Keep the two forms in folders of their own.")
    return has_passages


def _check(files: dict[Path, Path]) -> None:
    """What is missing is said before documents are read."""
    for folder, file in files.items():
        if not file.is_file():
            raise DatasetError(
                f"The questions on {folder} are not there: {file}. Write one JSON object a line, {FORM}, "
                "or name another file with --questions."
            )


def _of_documents(folder: Path, file: Path, settings: Settings, progress: Progress) -> TrainingSet:
    written = read_written(file)
    documents = folder / DOCUMENTS if (folder / DOCUMENTS).is_dir() else folder
    asked = read_questions(folder / QUESTIONS, documents) if (folder / QUESTIONS).is_file() else ()
    dataset = DocumentsDataset(name_of(folder), documents, asked)
    found = documents_set(dataset.name, list(cut_documents(dataset, settings, progress)), written, asked)
    if len(found.unresolved) == len(written):
        raise DatasetError(f"None of the {len(written)} questions of {file} is about a sentence in {documents}. Are they on others?")
    if found.unresolved:
        progress.say(_left_out(file, found.unresolved, len(written)))
    return found


def _of_passages(folder: Path, split: str | None, progress: Progress) -> TrainingSet:
    dataset = load_passages(folder, split)
    for note in dataset.notes:
        progress.say(f"{folder}: {note}")
    found = passages_set(dataset)
    if not found.pairs:
        raise DatasetError(f"{folder} judges no passage that has text. Nothing can be learnt from it.")
    return found


def _left_out(file: Path, lines: Sequence[int], of: int) -> str:
    more = f" and {len(lines) - NAMED_LINES} more" if len(lines) > NAMED_LINES else ""
    named = ", ".join(map(str, lines[:NAMED_LINES]))
    return (
        f"{file}: {len(lines)} of {of} questions are left out, since their range is no sentence of a document as it is now: "
        f"lines {named}{more}. Drop these lines, or give the range anew."
    )
