"""`python -m evals outlines` scores clauses read from PDFs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from evals.cli.options import Out, write


def run(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="PDFs, each with a JSON of its author's bookmarks beside it.")],
    out: Out = None,
) -> None:
    """Score the clauses that are read from PDFs against the bookmarks that their authors made."""
    from evals.outlines import score_outlines, shown

    score = score_outlines(folder)
    print(shown(score))
    write(score, out)
