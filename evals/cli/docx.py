"""`python -m evals docx` scores headings read from the PDF of a Word document."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from evals.cli.options import Out, write


def run(
    folders: Annotated[list[Path], typer.Argument(metavar="FOLDER...", help="Folders with Word documents.", show_default=False)],
    out: Out = None,
) -> None:
    """Score the headings that are read from the PDF of a Word document against its heading styles. LibreOffice is needed."""
    from evals.docx_outlines import score_docx, shown

    score = score_docx(folders)
    print(shown(score))
    write(score, out)
