"""`python -m evals peers` compares with others."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def run(
    datasets: Annotated[list[Path], typer.Argument(metavar="DATASET...", help="Folders of datasets.", show_default=False)],
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE.md", help="Write the page to this file.")] = None,
) -> None:
    """Ask isobot and its peers the same questions in one run, and set quality, time and memory side by side.

    The peers are installed for this alone: pip install 'isobot\\[peers]'. Those that are not there are named as not run.
    """
    from evals.loading import load
    from evals.peers.page import page
    from evals.peers.side_by_side import compare_peers
    from isobot.cli.progress import RichProgress

    loaded = [(folder, load(folder)) for folder in datasets]
    with RichProgress() as progress:
        results = {dataset.name: compare_peers(dataset, folder, progress) for folder, dataset in loaded}
    written = page(" ".join(["python -m evals peers", *map(str, datasets)]), results)
    print(written)
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(written, encoding="utf-8")
        print(f"Written to {out}.")
