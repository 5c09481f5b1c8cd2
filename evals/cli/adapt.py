"""`python -m evals adapt` trains an adapter of the encoder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer


def run(
    datasets: Annotated[list[Path], typer.Argument(metavar="DATASET...", help="Folders of datasets.", show_default=False)],
    out: Annotated[Path, typer.Option("--out", metavar="FILE.safetensors", help="Write the adapter to this file.", show_default=False)],
    questions: Annotated[
        list[Path] | None,
        typer.Option("--questions", metavar="FILE", help="Instead of training.jsonl; once for each DATASET of documents, in their order."),
    ] = None,
    split: Annotated[str | None, typer.Option("--split", metavar="S", help="Split of sets of passages. Default: the only one.")] = None,
    folds: Annotated[int, typer.Option("--folds", metavar="N", min=0, help="Folds of documents to measure with; 0 measures nothing.")] = 5,
    rank: Annotated[int, typer.Option("--rank", metavar="N", min=1, help="Rank of the change to each linear map.")] = 16,
    epochs: Annotated[int, typer.Option("--epochs", metavar="N", min=1, help="Times that every question is seen.")] = 3,
    as_json: Annotated[bool, typer.Option("--json", help="Print what was made as JSON.")] = False,
) -> None:
    """Train an adapter of the encoder on questions about your documents, and measure it on documents held out.

    DATASET is a folder of documents (or one with a folder documents/) and training.jsonl: one question a line,
    {"question","file","start","end"}, where start and end are the range of the sentence that answers in the text of the file,
    as `isobot ask --json` cites it. Or passages (BEIR), with queries.jsonl and qrels/SPLIT.tsv. Questions of a questions.jsonl
    are measured with and never trained on. CUDA is used where there is one.
    """
    from evals.adapter.command import adapt as make_adapter
    from evals.adapter.recipe import Recipe
    from isobot.cli.progress import RichProgress
    from isobot.settings import Settings

    with RichProgress() as progress:
        recipe = Recipe(rank=rank, epochs=epochs)
        record = make_adapter(datasets, questions or [], split, recipe, folds, out, Settings.load(), progress)
    if as_json:
        print(json.dumps(record, ensure_ascii=False, indent=2))
    else:
        from evals.adapter.report import show

        show(record)
