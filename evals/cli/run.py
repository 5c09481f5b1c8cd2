"""`python -m evals run` asks a dataset's questions and reports."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from evals.report import Report


def run(
    dataset: Annotated[Path, typer.Argument(metavar="DATASET", help="A dataset's folder.", show_default=False)],
    split: Annotated[str | None, typer.Option("--split", metavar="S", help="Split of a set of passages. Default: the only one.")] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE.json", help="Write it as JSON here, and as .md and .html beside it.")
    ] = None,
    index: Annotated[
        Path | None, typer.Option("--index", metavar="DIR", help="Keep the dataset's index here. Default: a folder of the cache.")
    ] = None,
    hide_gold: Annotated[
        bool, typer.Option("--hide-gold", help="Also ask each answerable question with the documents that answer it hidden.")
    ] = False,
) -> None:
    """Ask every question of DATASET and report how good the answers are.

    DATASET is a folder in one of two forms. Documents: documents/… of any format, and questions.jsonl with one question a
    line ({"id","question","answerable","gold":[{"file","quote"}]}, and optionally "type", "corpus", "also_in"). Passages
    (BEIR): corpus.jsonl, queries.jsonl and qrels/SPLIT.tsv.

    The index is made first. In the cache it is built anew each time, from vectors that are kept; a folder named with
    --index is brought up to date.
    """
    from evals.loading import load
    from evals.report_files import write
    from evals.run import run_dataset
    from isobot.cli.progress import RichProgress
    from isobot.settings import Settings

    loaded = load(dataset, split)
    settings = Settings.load()
    with RichProgress() as progress:
        report = run_dataset(loaded, index, settings, progress, hide_gold)
    _show(report)
    if out is not None:
        print(f"\nWritten to {out}, {' and '.join(map(str, write(report, out)))}.")


def _show(report: Report) -> None:
    from rich.console import Console
    from rich.table import Table

    from evals.markdown import metric_rows

    table = Table(box=None, padding=(0, 2, 0, 0))
    for title in ("metric", "value", "95 % interval", "what it says"):
        table.add_column(title, no_wrap=title != "what it says")
    for row in metric_rows(report):
        table.add_row(*(cell.replace("[", r"\[") for cell in row))
    console = Console(highlight=False)
    console.print(table)
    built, latency = report.index, report.latency
    console.print(
        f"\n{report.questions:,} questions, {built.documents:,} documents, {built.passages:,} passages, "
        f"{len(built.skipped):,} not indexed; p50 {latency['p50']:.1f} ms, p95 {latency['p95']:.1f} ms."
    )
    for note in report.notes:
        console.print(note, markup=False)
