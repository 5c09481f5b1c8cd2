"""`python -m evals compare` says what got better and worse."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from evals.cli.options import Out, write


def run(
    old: Annotated[Path, typer.Argument(metavar="OLD.json", help="A report of `run`.")],
    new: Annotated[Path, typer.Argument(metavar="NEW.json", help="A later report on the same dataset.")],
    out: Out = None,
) -> None:
    """Say what got better and what got worse between two reports.

    Exit code 1 says that a metric fell by more than its interval.
    """
    from corpus.errors import DONE, FOUND_NOTHING
    from evals.compare import compare_reports, read_report, shown

    comparison = compare_reports(read_report(old), read_report(new))
    print(shown(comparison))
    write(comparison.as_record(), out)
    raise typer.Exit(FOUND_NOTHING if comparison.fallen else DONE)
