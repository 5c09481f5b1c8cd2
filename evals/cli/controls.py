"""`python -m evals controls` scores where controls are found."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from evals.cli.options import Out, write


def run(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="*.jsonl files that list where controls are documented.")],
    dataset: Annotated[
        Path | None,
        typer.Option("--dataset", metavar="DIR", help="The dataset whose documents they name. Default: policies/ beside FOLDER."),
    ] = None,
    out: Out = None,
) -> None:
    """Score where isobot finds controls documented against where people found them, and whether what is numbered by an id is a clause."""
    from corpus.clock import today
    from evals.clause_ids import score_clause_ids
    from evals.clause_ids import shown as shown_ids
    from evals.controls import read_places, score_controls, shown
    from evals.dataset import DocumentsDataset
    from evals.indexing import indexed
    from evals.loading import load
    from isobot.cli.progress import RichProgress
    from isobot.responder import Responder
    from isobot.settings import Settings

    places, settings = read_places(folder), Settings.load()
    documents = load(dataset or folder.resolve().parent / "policies")
    with RichProgress() as progress, indexed(documents, settings, None, progress) as (where, _):
        responder = Responder.open(where, settings)
        score = score_controls(places, responder.generation, today())
        if isinstance(documents, DocumentsDataset):
            ids = score_clause_ids(responder.generation, documents.documents, (file for place in places for file in place.files))
            score |= {"clause_ids": ids}
    print(shown({framework: figures for framework, figures in score.items() if framework != "clause_ids"}))
    if "clause_ids" in score:
        print(shown_ids(score["clause_ids"]))
    write(score, out)
