"""`python -m evals bench` runs benchmarks."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from evals.cli.options import Out, write


def run(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="A benchmark, or `all`.", show_default=False)] = None,
    documents: Annotated[
        Path | None, typer.Option("--documents", metavar="DIR", help="Run it on a copy of this folder. Default: the sample organisation's.")
    ] = None,
    passages: Annotated[int | None, typer.Option("--passages", metavar="N", min=1, help="Of `scale`. Default: 1,000,000.")] = None,
    out: Out = None,
) -> None:
    """Run the benchmark NAME, or all of them; without a name, list them."""
    from evals.benchmarks import BENCHMARKS, benchmark

    if name is None:
        for known, about in BENCHMARKS.items():
            print(f"{known:10} {about}")
        print("\nRun one with `python -m evals bench NAME`, or every one with `python -m evals bench all`.")
        return
    results: dict[str, Any] = {}
    for chosen in BENCHMARKS if name == "all" else (name,):
        found = benchmark(chosen, documents, passages)
        results[chosen] = found.as_record()
        print(found)
    write(results if name == "all" else results[name], out)
