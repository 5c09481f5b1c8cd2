"""`python -m evals tune` chooses from which confidence on to answer."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from evals.cli.options import Out, write


def run(
    dataset: Annotated[Path, typer.Argument(metavar="DATASET", help="A dataset of documents.", show_default=False)],
    most_refused: Annotated[
        float, typer.Option("--refuse", metavar="SHARE", min=0.0, max=1.0, help="Share of answerable questions that may be refused.")
    ] = 0.15,
    hide_gold: Annotated[
        bool, typer.Option("--hide-gold", help="Ask each answerable question without its documents, too, as one without an answer.")
    ] = False,
    index: Annotated[
        Path | None, typer.Option("--index", metavar="DIR", help="Keep the dataset's index here. Default: a folder of the cache.")
    ] = None,
    out: Out = None,
) -> None:
    """Choose from which confidence on isobot answers (the setting answer_from), by questions to your own documents.

    Some must have an answer in the documents and some none. The choice is judged by cross-validation, and nothing is changed.
    """
    from corpus.errors import DatasetError
    from evals.dataset import PassagesDataset
    from evals.loading import load
    from evals.run import run_dataset
    from evals.runner import Asked
    from evals.scoring import confidences
    from evals.tune import shown, tuned
    from isobot.cli.progress import RichProgress
    from isobot.settings import Settings

    loaded, settings = load(dataset), Settings.load()
    if isinstance(loaded, PassagesDataset):
        raise DatasetError(f"{dataset} holds passages, whose questions all have an answer. Give a dataset of documents.")
    with RichProgress() as progress:
        report = run_dataset(loaded, index, settings, progress, hide_gold)
    answerable, others = confidences(one for one in report.outcomes if isinstance(one, Asked))
    result = tuned(answerable, [*others, *(one.answer.confidence for one in report.hidden)], settings.answer_from, most_refused)
    print(shown(result))
    write(result.as_record(), out)
