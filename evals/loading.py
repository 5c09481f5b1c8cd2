"""From a folder to the dataset that it holds."""

from __future__ import annotations

from pathlib import Path

from corpus.errors import DatasetError
from evals.dataset import CORPUS, DOCUMENTS, QUESTIONS, Dataset
from evals.documents_form import load_documents
from evals.passages_form import load_passages


def load(folder: Path, split: str | None = None) -> Dataset:
    """The dataset in a folder, in whichever form it has.

    Raises DatasetError when the folder has neither form or both, and for any line that does not fit, with its file and number.
    """
    if not folder.is_dir():
        raise DatasetError(f"There is no folder {folder}. Name the folder of a dataset.")
    has_documents, has_passages = (folder / QUESTIONS).is_file(), (folder / CORPUS).is_file()
    if has_documents and has_passages:
        raise DatasetError(f"{folder} holds both {QUESTIONS} and {CORPUS}. Keep the two forms in folders of their own.")
    if has_documents:
        if split is not None:
            raise DatasetError(f"{folder} is a set of documents, which has no splits. Leave out --split {split}.")
        return load_documents(folder)
    if has_passages:
        return load_passages(folder, split)
    raise DatasetError(
        f"{folder} is no dataset. It needs {QUESTIONS} beside a folder {DOCUMENTS}/, or {CORPUS}, queries.jsonl and qrels/SPLIT.tsv."
    )
