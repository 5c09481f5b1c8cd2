"""`python -m evals pictures` draws what people see."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def run(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder that the pictures are written to.")] = Path("docs/pictures"),
) -> None:
    """Draw what people see in Slack, answered from the sample organisation's index. Chromium is needed."""
    from evals.pictures import make
    from isobot.settings import Settings

    for picture in make(Settings.load(), out):
        print(picture)
