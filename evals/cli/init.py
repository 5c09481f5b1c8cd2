"""`python -m evals init` makes a dataset of one's own documents."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def run(
    documents: Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder of your documents.", show_default=False)],
    out: Annotated[Path, typer.Option("--out", metavar="DATASET", help="Folder that the dataset is made in.")] = Path("evaluation"),
    count: Annotated[int, typer.Option("--questions", metavar="N", min=1, help="Sentences to ask about.")] = 60,
) -> None:
    """Make a dataset of your own documents: a copy of them, and a questions file to fill.

    Each line of questions.jsonl has a sentence of a document. Write as its "question" what a colleague would type who needs
    that sentence, in their words and not the document's, or take the line out. The last ten lines, "answerable": false, are
    for questions that the documents do not answer. Then: python -m evals run DATASET.
    """
    from evals.questionnaire import make_questionnaire

    file, lines = make_questionnaire(documents, out, count)
    print(f"{file} has {lines} lines. Write a question in each, or take it out; then run `python -m evals run {out}`.")
