"""What several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

Out = Annotated[Path | None, typer.Option("--out", metavar="FILE.json", help="Write the report as JSON to this file.")]


def write(record: dict[str, Any], out: Path | None) -> None:
    """Where a file is named, the record as JSON in it."""
    if out is not None:
        from evals.report_files import write_json

        write_json(record, out)
        print(f"\nWritten to {out}.")
